import type { RouteSettings } from './route-schema.ts';

/** Which requests a route is for: unique among those of one listener. */
export interface RouteKey {
  readonly host?: string | undefined;
  readonly path: string;
}

/** One route, ready to be matched. The engine and the window ask the same one, so that they agree. */
export class RouteMatch {
  readonly config: RouteSettings;
  /** The matched part without the slash at its end, which belongs to what follows. */
  readonly #prefix: string;

  constructor(config: RouteSettings) {
    this.config = config;
    this.#prefix = config.path.replace(/\/$/, '');
  }

  /**
   * @param host lower case, without a port
   * @param path without the query; matched by whole segments, byte for byte
   */
  matches(host: string, path: string): boolean {
    return this.#matchesHost(host) && this.#matchesPath(path);
  }

  /** The target a backend gets. */
  rewrite(target: string): string {
    const { stripPrefix, replacePrefix } = this.config;
    const replacement = stripPrefix ? '' : replacePrefix;
    return replacement === undefined || target === '*' ? target : this.#behind(replacement, target);
  }

  /**
   * What `rewrite` takes off the client's paths and puts in its place, both without a slash at the end; empty where it
   * changes nothing.
   */
  get prefixes(): { readonly client: string; readonly backend: string } {
    const { stripPrefix, replacePrefix } = this.config;
    const replacement = stripPrefix ? '' : replacePrefix;
    if (replacement === undefined) return { client: '', backend: '' };
    return {
      client: this.#prefix,
      backend: replacement.endsWith('/') ? replacement.slice(0, -1) : replacement,
    };
  }

  /** What the backend is told was taken off (`X-Forwarded-Prefix`); null when nothing was. */
  get strippedPrefix(): string | null {
    return this.config.stripPrefix && this.#prefix !== '' ? this.#prefix : null;
  }

  /** Where a redirect sends the client; null when it is none. */
  location(target: string): string | null {
    const { redirect } = this.config;
    if (!redirect) return null;
    const location = this.#behind(redirect.to, target);
    // RFC 3986 section 4.2: two slashes first would lead to another host, which the path of a request must not name.
    return redirect.to.startsWith('/') ? location.replace(/^\/+/, '/') : location;
  }

  #behind(replacement: string, target: string): string {
    const rest = target.slice(this.#prefix.length);
    // A slash on both sides of the seam is one too many.
    const joined = (rest.startsWith('/') ? replacement.replace(/\/$/, '') : replacement) + rest;
    return joined === '' || joined.startsWith('?') ? `/${joined}` : joined;
  }

  #matchesHost(host: string): boolean {
    const wanted = this.config.host;
    if (wanted === undefined || wanted === host) return true;
    return wanted.startsWith('*.') && host.endsWith(wanted.slice(1)) && host.length > wanted.length - 1;
  }

  #matchesPath(path: string): boolean {
    if (!path.startsWith(this.#prefix)) return false;
    const next = path.charAt(this.#prefix.length);
    // A path that ends with a slash is for what is below it alone.
    return next === '/' || (next === '' && !(this.config.path.length > 1 && this.config.path.endsWith('/')));
  }
}

/**
 * The first that fits takes a request: an exact host before a wildcard (the longest first) before any host, then the
 * longest path. Of two that differ in nothing else the names decide, which no request can tell: they never both fit.
 */
export function inMatchingOrder(routes: readonly RouteSettings[]): readonly RouteSettings[] {
  return [...routes].sort(
    (a, b) =>
      hostRank(b.host) - hostRank(a.host) ||
      compareText(a.host ?? '', b.host ?? '') ||
      b.path.length - a.path.length ||
      compareText(a.path, b.path),
  );
}

/**
 * @param authority as in a Host header: `Users.localhost:8080`
 * @param target as in a request line: `/users/7?full`
 * @returns the first of `ordered` that fits; null when the request is the default pool's
 */
export function findRoute<R extends RouteMatch>(
  ordered: readonly R[],
  authority: string,
  target: string,
): R | null {
  if (ordered.length === 0) return null;
  const host = hostName(authority);
  const query = target.indexOf('?');
  const path = query === -1 ? target : target.slice(0, query);
  return ordered.find((route) => route.matches(host, path)) ?? null;
}

/** Lower case, without the port and without the dot that makes a name absolute (RFC 1034 section 3.1). */
export function hostName(authority: string): string {
  const colon = authority.lastIndexOf(':');
  const end = colon > authority.lastIndexOf(']') ? colon : authority.length;
  return authority.slice(0, authority.charCodeAt(end - 1) === 0x2e ? end - 1 : end).toLowerCase();
}

/** Longer than any wildcard may be. */
const EXACT = 1_000_000;

function hostRank(host: string | undefined): number {
  if (host === undefined) return 0;
  return host.startsWith('*.') ? host.length : EXACT;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
