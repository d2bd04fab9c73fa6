import type { HeaderField } from './message-head.ts';

/** In the place of what is not shown. */
export const HIDDEN = '••••••';

const SENSITIVE =
  /^(?:proxy-)?authorization$|^(?:set-)?cookie$|^authentication|api-?key|secret|password|token|session|credential/i;

/** Whether a header's value lets whoever has it act in somebody's name, as far as its name tells. */
export function isSensitive(name: string): boolean {
  return SENSITIVE.test(name);
}

/**
 * The field with what is secret of it taken out: names of cookies, their attributes and the scheme of credentials stay,
 * since those are what one looks for.
 *
 * @param mark in the place of each secret
 */
export function redact(field: HeaderField, mark: string = HIDDEN): HeaderField {
  const { name, value } = field;
  if (!isSensitive(name)) return field;
  return { name, value: redactedValue(name.toLowerCase(), value, mark) };
}

function redactedValue(name: string, value: string, mark: string): string {
  if (name.endsWith('cookie') && !value.includes('=')) return mark;
  if (name === 'cookie') return value.replace(/=[^;]*/g, `=${mark}`);
  if (name === 'set-cookie') return value.replace(/=[^;]*/, `=${mark}`);
  const scheme = name.endsWith('authorization') ? /^[\w-]+(?= )/.exec(value)?.[0] : undefined;
  return scheme === undefined ? mark : `${scheme} ${mark}`;
}
