import { fieldsOf, type HeaderField } from '../view/message-head.ts';

/** In the place of what is not shown. */
export const HIDDEN = '••••••';
/** The same in files. */
export const REDACTED = 'REDACTED';

const SENSITIVE =
  /^(?:proxy-)?authorization$|^(?:set-)?cookie$|^authentication|^x-auth|(?:api|access|auth|subscription)[-_]?key|secret|passw(?:or)?d|token|jwt|sess(?:ion|id)|credential|^(?:x-amz-signature|sig)$/i;
const OF_URLS = /^(?:content-)?location$|^referer$/i;

/** Whether the value of a header or a query lets whoever has it act in somebody's name, as far as its name tells. */
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
  if (OF_URLS.test(name)) return { name, value: redactUrl(value, mark) };
  if (!isSensitive(name)) return field;
  return { name, value: redactedValue(name.toLowerCase(), value, mark) };
}

/** A URL or a request's target with what is secret of its query and its fragment taken out: `/a?token=••••••`. */
export function redactUrl(url: string, mark: string = HIDDEN): string {
  return url.replace(/([?&#])([^?&#=]+)=[^&#]*/g, (pair: string, before: string, name: string) =>
    isSensitive(name) ? `${before}${name}=${mark}` : pair,
  );
}

/** @param head of a request, as it was on the wire */
export function hasSecrets(head: string): boolean {
  const line = head.slice(0, head.indexOf('\r\n'));
  return redactUrl(line) !== line || fieldsOf(head).some((field) => redact(field).value !== field.value);
}

function redactedValue(name: string, value: string, mark: string): string {
  if (name.endsWith('cookie') && !value.includes('=')) return mark;
  if (name === 'cookie') return value.replace(/=[^;]*/g, `=${mark}`);
  if (name === 'set-cookie') return value.replace(/=[^;]*/, `=${mark}`);
  const scheme = name.endsWith('authorization') ? /^[\w-]+(?= )/.exec(value)?.[0] : undefined;
  return scheme === undefined ? mark : `${scheme} ${mark}`;
}
