import { fieldsOf, isUtf8Text, readable } from '../view/message-head.ts';
import { escapeControls } from './control-characters.ts';
import { redact, redactUrl } from './sensitive-headers.ts';

/** In the place of what is not to be given away; ASCII, so that it survives every terminal. */
const REDACTED = 'REDACTED';

export interface CurlRequest {
  /** Of the listener: `http://localhost:8080`. */
  readonly url: string;
  /** Absolute; of the certificate that curl has to be told to trust, where there is one. */
  readonly certificatePath?: string | undefined;
  readonly method: string;
  readonly target: string;
  /** As the client sent it, one character a byte. */
  readonly head: string;
  /** One character a byte; null when there was none, or it is not known. */
  readonly body: string | null;
}

/** What curl says of itself unless told otherwise. */
const OF_CURL = ['Host', 'User-Agent', 'Accept'];
const FRAMING = /^(?:content-length|transfer-encoding)$/i;

/**
 * A command for a POSIX shell with which curl sends the same request; of `HEAD` without its body, which curl cannot.
 * Credentials, in the URL too, and cookies are `REDACTED` unless they are to be in it.
 */
export function curlCommand(asked: CurlRequest, withSecrets: boolean): string {
  const request = withSecrets ? asked : { ...asked, target: redactUrl(asked.target, REDACTED) };
  const { head } = request;
  const fields = fieldsOf(head);
  const length = fields.find(({ name }) => name.toLowerCase() === 'content-length')?.value;
  const body = request.method === 'HEAD' ? null : (request.body ?? (length === '0' ? '' : null));
  const isPiped = body !== null && !isQuotable(body);
  const trust = request.certificatePath;
  const parts = [`curl ${[...urlParts(request), ...methodParts(request.method, body)].join(' ')}`];
  if (/ HTTP\/1\.0$/.test(head.slice(0, head.indexOf('\r\n')))) parts.push('--http1.0');
  if (trust !== undefined) parts.push(`--cacert ${pathWord(trust)}`);
  for (const field of fields) {
    if (isCurlsOwn(field.name, field.value, request.url, body)) continue;
    const { name, value } = withSecrets ? field : redact(field, REDACTED);
    // Without a value, the form with a colon would take the field away.
    parts.push(`-H ${word(value === '' ? `${name};` : `${name}: ${value}`)}`);
  }
  const has = (name: string) => fields.some((field) => field.name.toLowerCase() === name.toLowerCase());
  const unsaid = body === null ? OF_CURL : [...OF_CURL, 'Content-Type', 'Expect'];
  for (const name of unsaid) if (!has(name)) parts.push(`-H '${name}:'`);
  if (has('Accept-Encoding')) parts.push('--compressed');
  if (isPiped) parts.push('--data-binary @-');
  else if (body !== null) parts.push(`--data-raw ${word(body)}`);
  const command = parts.join(' \\\n  ');
  return isPiped ? `printf '${octal(body)}' | ${command}` : command;
}

function urlParts({ url, target }: CurlRequest): readonly string[] {
  const isPlain = target.startsWith('/') && /^[\x21\x24-\x7e]*$/.test(target);
  if (!isPlain) return [`--request-target ${word(target)}`, word(url)];
  const options: string[] = [];
  if (/[[\]{}]/.test(target)) options.push('--globoff');
  if (/\/\.{1,2}(?:[/?]|$)/.test(target)) options.push('--path-as-is');
  return [...options, word(`${url}${target}`)];
}

function methodParts(method: string, body: string | null): readonly string[] {
  if (method === 'HEAD') return ['--head'];
  return method === (body === null ? 'GET' : 'POST') ? [] : [`-X ${word(method)}`];
}

/** Whether curl sends it by itself, for the URL and the body it is given. */
function isCurlsOwn(name: string, value: string, url: string, body: string | null): boolean {
  if (FRAMING.test(name)) return !(body !== null && name.toLowerCase() === 'transfer-encoding');
  return name.toLowerCase() === 'host' && (url === `http://${value}` || url === `https://${value}`);
}

/** One word for the shell, whatever is in it. @param text one character a byte */
function word(text: string): string {
  if (/^[\w@%+=:,./-]+$/.test(text)) return text;
  if (isQuotable(text)) return `'${readable(text).replaceAll("'", `'\\''`)}'`;
  return `"$(printf '${octal(text)}')"`;
}

/** A path is text as people write it. */
function pathWord(path: string): string {
  const encoded = encodeURIComponent(path.replace(/[\ud800-\udfff]/gu, '\ufffd'));
  return word(encoded.replace(/%(..)/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))));
}

/**
 * Whether a terminal passes it on as it is: text, and no control characters but those of lines. Bidirectional controls
 * would show another command than the one that runs.
 */
function isQuotable(text: string): boolean {
  const read = readable(text);
  return isUtf8Text(text) && escapeControls(read, 'line-breaks') === read;
}

/** For `printf`, in single quotes. */
function octal(text: string): string {
  return (
    text
      .replaceAll('%', '%%')
      .replaceAll('\\', '\\\\')
      // A dash at the start would be an option; an interactive bash replaces words after an exclamation mark.
      .replace(/[^\x20-\x7e]|['!]|^-/g, (one) => `\\${one.charCodeAt(0).toString(8).padStart(3, '0')}`)
  );
}
