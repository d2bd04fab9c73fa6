import { fail, ok, type Result } from './result.ts';

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

/** Reads `http://localhost:5001`, `https://[::1]:8443/base`; explains what is wrong with anything else. */
export function parseOrigin(text: string): Result<Origin, string> {
  if (/[\s\p{Cc}]/u.test(text)) return fail('has a space or a control character in it; remove it');
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) {
    return fail(
      text === ''
        ? 'is empty; write a URL such as "http://localhost:5001"'
        : `has no scheme; write "http://${text}"`,
    );
  }
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    return fail('is not a URL; write it like "http://localhost:5001"');
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    return fail(`has the scheme "${url.protocol.slice(0, -1)}"; only http and https can be balanced`);
  }
  if (url.hostname === '') return fail('has no host; write it like "http://localhost:5001"');
  if (url.username !== '' || url.password !== '') return fail('has a user name or password in it; remove it');
  if (text.includes('?') || text.includes('#'))
    return fail('has a query or a fragment; a base path is all that may follow the port');
  const protocol = url.protocol === 'http:' ? 'http' : 'https';
  const basePath = url.pathname.replace(/\/+$/, '');
  return ok({
    url: `${protocol}://${url.host}${basePath}`,
    protocol,
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? (protocol === 'http' ? 80 : 443) : Number(url.port),
    authority: url.host,
    basePath,
  });
}
