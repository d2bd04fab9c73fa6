import { badName, badValue } from './bad-field.ts';
import { COLON, CR, FIELD_VALUE, isBlank, LF, PLAIN_NAME, TCHAR } from './grammar.ts';
import { Malformed } from './malformed.ts';

/** Header lines as they came: name, value, name, value, with case, order and duplicates kept. */
export type Fields = string[];

/** The fields the wire itself has to understand. Everything else is carried through unread. */
const KNOWN = [
  'authorization',
  'cdn-loop',
  'connection',
  'content-length',
  'content-location',
  'date',
  'expect',
  'forwarded',
  'host',
  'keep-alive',
  'location',
  'max-forwards',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'refresh',
  'set-cookie',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-port',
  'x-forwarded-prefix',
  'x-forwarded-proto',
  'x-forwarded-server',
] as const;
export type KnownField = (typeof KNOWN)[number];

const BY_NAME = new Map<string, KnownField>(KNOWN.map((name) => [name, name]));
/** Which lengths and first letters known names have together: most others are told apart without a look-up. */
const BEGINNINGS = new Uint8Array(32 * 32);
for (const name of KNOWN) BEGINNINGS[beginningOf(name)] = 1;

/** Which known field a name in any case is; undefined for any other. */
export function knownField(name: string): KnownField | undefined {
  return BEGINNINGS[beginningOf(name)] === 1 ? BY_NAME.get(name.toLowerCase()) : undefined;
}

/** Upper and lower case letters agree in their last five bits. A long name has the beginning of a shorter one. */
function beginningOf(name: string): number {
  return ((name.length & 31) << 5) | (name.charCodeAt(0) & 31);
}

/**
 * The name in lower case with every mark as `-`. Servers that hand headers on as variables (CGI, WSGI, PHP, Rack) read
 * `X_Forwarded_For` and `X-Forwarded-For` as one; PHP does so with `.` as well, lighttpd with every mark.
 */
export function canonicalName(name: string): string {
  return name.toLowerCase().replace(/[^0-9a-z]/g, '-');
}

/**
 * Whether the name is another spelling of a header that Switchyard sets, removes or believes. Such a line is never
 * passed on: a backend could read it as the header itself.
 */
export function isAlias(name: string): boolean {
  const canonical = canonicalName(name);
  if (canonical === name.toLowerCase()) return false;
  return knownField(canonical) !== undefined || /^x-(?:forwarded|switchyard)-/.test(canonical);
}

/**
 * Reads header or trailer lines (RFC 9112 section 5). Strict: no space before the colon, no folded line, no
 * control character, CRLF only.
 *
 * @param text one byte a character (latin1); every line ends with CRLF, the empty line is left out
 */
export function parseFields(text: string, from: number, maxLines: number): Fields | Malformed {
  const fields: Fields = [];
  const names = readFields(text, from, maxLines, fields);
  return names instanceof Malformed ? names : fields;
}

/**
 * The same, into `fields`.
 *
 * @returns `marked` when a name has a mark in it other than `-`, so that `isAlias` has to be asked about it
 */
export function readFields(
  text: string,
  from: number,
  maxLines: number,
  fields: Fields,
): 'plain' | 'marked' | Malformed {
  const end = text.length;
  let names: 'plain' | 'marked' = 'plain';
  let at = from;
  while (at < end) {
    if (fields.length === maxLines * 2) {
      return new Malformed('too-many-headers', `More than ${maxLines} header lines.`);
    }
    const nameAt = at;
    while (PLAIN_NAME[text.charCodeAt(at)] === 1) at++;
    if (text.charCodeAt(at) !== COLON) {
      names = 'marked';
      while (TCHAR[text.charCodeAt(at)] === 1) at++;
    }
    if (at === nameAt || text.charCodeAt(at) !== COLON) return badName(text, nameAt, at);
    const name = text.slice(nameAt, at++);
    while (isBlank(text.charCodeAt(at))) at++;
    const valueAt = at;
    while (FIELD_VALUE[text.charCodeAt(at)] === 1) at++;
    if (text.charCodeAt(at) !== CR || text.charCodeAt(at + 1) !== LF)
      return badValue(name, text.charCodeAt(at));
    let valueEnd = at;
    while (valueEnd > valueAt && isBlank(text.charCodeAt(valueEnd - 1))) valueEnd--;
    fields.push(name, text.slice(valueAt, valueEnd));
    at += 2;
  }
  return names;
}

/** Writes what `parseFields` reads. */
export function serialiseFields(fields: Fields): string {
  let text = '';
  for (let at = 0; at < fields.length; at += 2) text += `${fields[at]}: ${fields[at + 1]}\r\n`;
  return text;
}
