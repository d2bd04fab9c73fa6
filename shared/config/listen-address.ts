import { fail, ok, type Result } from '../calls/result.ts';
import { trimEnd } from '../text/trim-end.ts';

/**
 * Where a listener binds. `host: null` means loopback, IPv4 and IPv6 both; `::` every address, IPv4 and IPv6 both. Port 0
 * takes a free one.
 */
export interface ListenAddress {
  readonly host: string | null;
  readonly port: number;
}

/** Longest text that is read, in characters: a name of a host may have 253. */
export const MAX_ADDRESS_TEXT = 300;
const FORMS = 'write ":8080", 8080, "127.0.0.1:8080", "[::1]:8080" or "0.0.0.0:8080"';
const SHAPE = /^(?:\[([^[\]]*)\]|([^:[\]]*)):(\d{1,5})$|^(\d{1,5})$/;
const HOST_NAME = /^(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]{0,62})(\.[a-z0-9_]([a-z0-9_-]{0,62}))*$/;

/** Reads `":8080"`, `8080`, `"127.0.0.1:8080"`, `"[::1]:8080"`, `"localhost:8080"` or `"0.0.0.0:8080"`. */
export function parseListenAddress(input: string | number): Result<ListenAddress, string> {
  const text = String(input).trim();
  if (text.length > MAX_ADDRESS_TEXT) return fail(`is longer than an address to listen on can be; ${FORMS}`);
  const shape = SHAPE.exec(text);
  if (!shape) return fail(`is not an address to listen on; ${mendFor(text)}`);
  const [, six, name = '', port = shape[4]] = shape;
  if (Number(port) > 65_535) return fail('has a port above 65535; use 1 to 65535, or 0 for a free one');
  const host = six === undefined ? readName(name.toLowerCase()) : readIPv6(six);
  return host.ok ? ok({ host: host.value, port: Number(port) }) : host;
}

/** One spelling for one address, as `parseListenAddress` reads it: `:8080`, `[::1]:8080`. */
export function formatListenAddress({ host, port }: ListenAddress): string {
  return `${host?.includes(':') ? `[${host}]` : (host ?? '')}:${port}`;
}

/** The port of an address as people write it, whatever stands before it; NaN without one. */
export function portIn(address: string): number {
  const port = address.slice(address.lastIndexOf(':') + 1);
  return /^\d{1,5}$/.test(port) ? Number(port) : Number.NaN;
}

/** Whether binding this host lets other machines in. Names are not resolved: anything not loopback counts. */
export function isReachableFromNetwork(host: string | null): boolean {
  return !(host === null || host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host));
}

/** Whether one of the two cannot be bound while the other is. Names are not resolved. */
export function isSameSocket(one: ListenAddress, other: ListenAddress): boolean {
  if (one.port !== other.port || one.port === 0) return false;
  return boundBy(one.host).some((a) => boundBy(other.host).some((b) => covers(a, b) || covers(b, a)));
}

function boundBy(host: string | null): readonly string[] {
  return host === null ? ['127.0.0.1', '::1'] : [host];
}

function covers(a: string, b: string): boolean {
  return a === b || a === '::' || (a === '0.0.0.0' && !b.includes(':'));
}

function readName(name: string): Result<string | null, string> {
  // The name stands for both loopback addresses; binding it would take the one the resolver names first.
  if (name === '' || name === 'localhost') return ok(null);
  if (name === '*') return fail('is not an address to listen on; "0.0.0.0" is what lets other machines in');
  if (/^[\d.]+$/.test(name)) {
    const parts = name.split('.');
    const isIPv4 = parts.length === 4 && parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256);
    return isIPv4 ? ok(parts.map(Number).join('.')) : fail(`has no IPv4 address for its host; ${FORMS}`);
  }
  return HOST_NAME.test(name) ? ok(name) : fail(`has no host that can be listened on; ${FORMS}`);
}

function readIPv6(text: string): Result<string, string> {
  try {
    return ok(new URL(`http://[${text}]`).hostname.slice(1, -1));
  } catch {
    return fail(`has no IPv6 address in its brackets; ${FORMS}`);
  }
}

/** `::1:8080` lacks its brackets, `http://localhost:8080` has too much; anything else gets all the forms. */
function mendFor(text: string): string {
  const scheme = /^https?:\/\//i.exec(text)?.[0] ?? '';
  const rest = scheme === '' ? '' : trimEnd(text.slice(scheme.length), '/');
  if (rest !== '' && parseListenAddress(rest).ok) return `write "${rest}"`;
  const six = /^([\da-f]*:[\da-f:]*):(\d{1,5})$/i.exec(text);
  if (six?.[1] && readIPv6(six[1]).ok) return `write "[${six[1]}]:${six[2]}"`;
  return FORMS;
}
