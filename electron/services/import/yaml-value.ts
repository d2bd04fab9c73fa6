export function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** What an object has under a key of its own; undefined otherwise. */
export function field(value: unknown, key: string): unknown {
  return isObject(value) && Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined;
}

/** A text or a number as text; empty for what is neither. An object may have a `toString` that is no function. */
export function scalarText(value: unknown): string {
  return isObject(value) || value === undefined || value === null ? '' : String(value);
}
