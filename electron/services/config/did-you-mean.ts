/** Fields people look for in the wrong form, by where they are written there. */
const IN_FULL_FORM: Readonly<Record<string, string>> = {
  port: 'with "listeners" and "pools", write it as the "address" of a listener',
  servers: 'with "listeners" and "pools", write it in a pool',
  policy: 'with "listeners" and "pools", write it in a pool',
  healthCheckInterval: 'with "listeners" and "pools", write it as the "interval" of a pool\'s "healthCheck"',
  exposeBackend: 'with "listeners" and "pools", write it in a listener',
};

const POOL_FIELD = 'it is a field of a pool, which needs the full form with "listeners" and "pools"';
const LISTENER_FIELD = 'it is a field of a listener, which needs the full form with "listeners" and "pools"';
const IN_SIMPLE_FORM: Readonly<Record<string, string>> = {
  healthCheck: POOL_FIELD,
  retries: POOL_FIELD,
  timeouts: POOL_FIELD,
  hostHeader: POOL_FIELD,
  mapBack: POOL_FIELD,
  limits: LISTENER_FIELD,
  routes: LISTENER_FIELD,
  trustedProxies: LISTENER_FIELD,
  allowedHosts: LISTENER_FIELD,
  upgrades: LISTENER_FIELD,
  tls: LISTENER_FIELD,
  address: 'write it as "port"',
  interval: 'write it as "healthCheckInterval"',
  backends: 'write it as "servers"',
};

export interface UnknownField {
  readonly key: string;
  /** The fields there are at this place. */
  readonly known: readonly string[];
  /** Whether it stands at the top of the file, where the two forms differ. */
  readonly isTop: boolean;
  readonly isFull: boolean;
}

/** What to do about a field that there is not: the other form's place, the right spelling, or all there are. */
export function unknownFieldWords({ key, known, isTop, isFull }: UnknownField): string {
  const hints = !isTop ? {} : isFull ? IN_FULL_FORM : IN_SIMPLE_FORM;
  const hint = Object.hasOwn(hints, key) ? hints[key] : undefined;
  if (hint !== undefined) return `is not a field here; ${hint}`;
  const close = closest(key, known);
  if (close !== null) return `is not a field here; did you mean "${close}"?`;
  const list = known.filter((name) => name !== '$schema').map((name) => `"${name}"`);
  return list.length > 0 ? `is not a field here; the fields are ${list.join(', ')}` : 'is not a field here';
}

/** Edits that still make it likely that one name was meant by another. */
const FARTHEST = 2;

/** The name that was probably meant, if one is near. */
export function closest(key: string, known: readonly string[]): string | null {
  const [best] = known
    .filter((name) => Math.abs(name.length - key.length) <= FARTHEST)
    .map((name) => ({ name, distance: distance(key.toLowerCase(), name.toLowerCase()) }))
    .filter((one) => one.distance <= (one.name.length < 5 ? 1 : FARTHEST))
    .sort((a, b) => a.distance - b.distance);
  return best?.name ?? null;
}

/** Edits from one word to the other, two letters swapped being one (optimal string alignment). */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swapped = isSwap ? (before[j - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY;
      next.push(Math.min(replaced, swapped, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    before = row;
    row = next;
  }
  return row[b.length] ?? 0;
}
