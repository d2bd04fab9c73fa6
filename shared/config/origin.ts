import { fail, ok, type Result } from '../calls/result.ts';
import { trimEnd } from '../text/trim-end.ts';

/** Longest URL that is read, in characters: as long as what browsers and servers take. */
export const MAX_ORIGIN_TEXT = 2_000;

/** A backend's address, taken apart once. `url` is its one spelling, used as its identity and on screen. */
export interface Origin {
  readonly url: string;
  readonly protocol: 'http' | 'https';
  /** Without the brackets of an IPv6 address. */
  readonly host: string;
  readonly port: number;
  /** As a `Host` header: brackets kept, default port left out. */
  readonly authority: string;
  /** Put before the path of every request; empty, or starts with `/` and does not end with one. */
  readonly basePath: string;
}

const EXAMPLE = '"http://localhost:5001"';

/** Reads `http://localhost:5001`, `https://[::1]:8443/base`; says what is wrong with anything else. */
export function parseOrigin(text: string): Result<Origin, string> {
  if (text.length > MAX_ORIGIN_TEXT) return fail(`is longer than ${MAX_ORIGIN_TEXT} characters; shorten it`);
  if (text.trim() === '') return fail(`is empty; write a URL such as ${EXAMPLE}`);
  if (/[\s\p{Cc}]/u.test(text)) return fail('has a space or a control character in it; remove it');
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(text)?.[1]?.toLowerCase();
  if (scheme === undefined) return fail(`has no scheme; write ${schemeMend(text)}`);
  if (scheme !== 'http' && scheme !== 'https') {
    return fail(`has the scheme "${scheme}"; a backend has "http" or "https"`);
  }
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    const port = /^[^/]*\/\/[^/?#]*:(\d+)(?:[/?#]|$)/.exec(text)?.[1];
    return fail(
      Number(port) > 65_535
        ? 'has a port above 65535; use 1 to 65535'
        : `is not a URL; write it like ${EXAMPLE}`,
    );
  }
  if (url.username !== '' || url.password !== '') return fail('has a user name or password in it; remove it');
  if (text.includes('?') || text.includes('#'))
    return fail('has a query or a fragment; a base path is all that may follow the port');
  const protocol = scheme;
  const basePath = trimEnd(url.pathname, '/');
  const port = url.port === '' ? (protocol === 'http' ? 80 : 443) : Number(url.port);
  if (port === 0) return fail('has port 0, which nothing can be reached at; use 1 to 65535');
  return ok({
    url: `${protocol}://${url.host}${basePath}`,
    protocol,
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port,
    authority: url.host,
    basePath,
  });
}

/** Whether a host is this machine without asking a resolver: `localhost`, names below it (RFC 6761), loopback addresses. */
export function isThisMachine(host: string): boolean {
  return (
    host === 'localhost' || host.endsWith('.localhost') || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host)
  );
}

/** `localhost:5003`, `:5003`, `5003` and `http:/localhost:5003` each say what was meant. */
function schemeMend(text: string): string {
  const rest = text.replace(/^(?:https?:?)?[\\/:]+/i, '');
  const scheme = rest !== text && /^https/i.test(text) ? 'https' : 'http';
  const meant = `${scheme}://${/^\d{1,5}(?:\/|$)/.test(rest) ? 'localhost:' : ''}${rest}`;
  return rest !== '' && parseOrigin(meant).ok ? `"${meant}"` : `it like ${EXAMPLE}`;
}
