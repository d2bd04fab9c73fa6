import { type KnownField, knownField } from './fields.ts';
import type { RequestHead } from './request-head.ts';

/** Where a URL starts for the client: what it reached, through all the proxies that are believed. */
export interface ClientOrigin {
  /** `http` or `https`. */
  readonly scheme: 'http' | 'https';
  /** As in a Host header: brackets kept, the scheme's usual port left out. */
  readonly authority: string;
}

/**
 * The port that the client reached: the one that stands in its authority, else the usual one of its scheme.
 *
 * @param authority as in a Host or X-Forwarded-Host header; of a list, the first counts, which is the first hop's
 * @param proto as in X-Forwarded-Proto, also as a list
 * @returns decimal digits
 */
export function portOfClient(authority: string, proto: string): string {
  const first = firstOf(authority);
  const colon = first.lastIndexOf(':');
  const port = colon > first.lastIndexOf(']') ? first.slice(colon + 1) : '';
  if (port !== '' && isDigits(port)) return port;
  return isSecure(proto) ? '443' : '80';
}

/**
 * @param forwarded the values of the X-Forwarded headers as the backend got them; null for one there was not
 */
export function clientOrigin(forwarded: {
  readonly host: string;
  readonly proto: string;
  readonly port: string | null;
}): ClientOrigin {
  const scheme = isSecure(forwarded.proto) ? 'https' : 'http';
  const host = firstOf(forwarded.host);
  const port = firstOf(forwarded.port ?? '');
  const usual = scheme === 'https' ? '443' : '80';
  const own = portOfClient(host, scheme);
  const name = hostOf(host);
  // The port that is told beside the host counts where the host comes without one.
  const used = name === host && isDigits(port) && port !== '' ? port : own;
  return { scheme, authority: used === usual ? name : `${name}:${used}` };
}

/**
 * What the backend was told of the client, as `rewriteRequest` tells it.
 *
 * @param fallback the authority of a request without a Host
 */
export function clientOriginOf(
  { fields, host }: RequestHead,
  { isTrusted, proto }: { readonly isTrusted: boolean; readonly proto: 'http' | 'https' },
  fallback: string,
): ClientOrigin {
  const own = host === '' ? fallback : host;
  if (!isTrusted) return clientOrigin({ host: own, proto, port: null });
  const told = (name: KnownField) => {
    const at = fields.findIndex((text, index) => index % 2 === 0 && knownField(text) === name);
    return at === -1 ? null : (fields[at + 1] ?? '');
  };
  return clientOrigin({
    host: told('x-forwarded-host') ?? own,
    proto: told('x-forwarded-proto') ?? proto,
    port: told('x-forwarded-port'),
  });
}

/** `[::1]` of `[::1]:8080`, `localhost` of `localhost:8080`. */
export function hostOf(authority: string): string {
  const colon = authority.lastIndexOf(':');
  return colon > authority.lastIndexOf(']') ? authority.slice(0, colon) : authority;
}

function firstOf(list: string): string {
  const comma = list.indexOf(',');
  return comma === -1 ? list : list.slice(0, comma).trim();
}

function isSecure(proto: string): boolean {
  const first = firstOf(proto);
  return first === 'https' || first === 'wss' || /^(?:https|wss)$/i.test(first);
}

function isDigits(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 0x30 || code > 0x39) return false;
  }
  return true;
}
