import type { RouteConfig } from '../../shared/config.ts';
import { HeaderEdits } from './header-edits.ts';
import type { LocalAnswer } from './local-answer.ts';
import type { RequestHead } from './request-head.ts';

/** One route of a listener, ready to be matched. */
export class Route {
  readonly config: RouteConfig;
  readonly requestEdits: HeaderEdits | null;
  readonly responseEdits: HeaderEdits | null;
  /** The matched part without the slash at its end, which belongs to what follows. */
  readonly #prefix: string;

  constructor(config: RouteConfig) {
    this.config = config;
    this.requestEdits = HeaderEdits.of(config.requestHeaders);
    this.responseEdits = HeaderEdits.of(config.responseHeaders);
    this.#prefix = config.path.replace(/\/$/, '');
  }

  /** @param path without the query; matched by whole segments, byte for byte */
  matches(host: string, path: string): boolean {
    return this.#matchesHost(host) && this.#matchesPath(path);
  }

  /** The target a backend gets. */
  rewrite(target: string): string {
    const { stripPrefix, replacePrefix } = this.config;
    const replacement = stripPrefix ? '' : replacePrefix;
    return replacement === undefined || target === '*' ? target : this.#behind(replacement, target);
  }

  /** What the backend is told was taken off (`X-Forwarded-Prefix`); null when nothing was. */
  get strippedPrefix(): string | null {
    return this.config.stripPrefix && this.#prefix !== '' ? this.#prefix : null;
  }

  /** The fixed answer or the redirect; null for a route to a pool. */
  answer(target: string): LocalAnswer | null {
    const { respond, redirect } = this.config;
    if (respond) return { status: respond.status, words: respond.body, contentType: respond.contentType };
    if (!redirect) return null;
    const location = this.#behind(redirect.to, target);
    // RFC 3986 section 4.2: two slashes first would lead to another host, which the path of a request must not name.
    const safe = redirect.to.startsWith('/') ? location.replace(/^\/+/, '/') : location;
    return { status: redirect.status, words: '', fields: `Location: ${safe}\r\n` };
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

/** The routes of one listener: an exact host before a wildcard before any, then the longest path. */
export class Router {
  readonly #routes: readonly Route[];

  constructor(configs: readonly RouteConfig[]) {
    this.#routes = configs.map((config) => new Route(config)).sort((a, b) => rank(b.config) - rank(a.config));
  }

  /** @returns null when it is the default pool's */
  find(head: RequestHead): Route | null {
    if (this.#routes.length === 0) return null;
    const host = head.host.replace(/:\d*$/, '').toLowerCase();
    const query = head.target.indexOf('?');
    const path = query === -1 ? head.target : head.target.slice(0, query);
    return this.#routes.find((route) => route.matches(host, path)) ?? null;
  }
}

/** Longer than any path may be. */
const HOST_STEP = 1_000_000;

function rank({ host, path }: RouteConfig): number {
  const byHost = host === undefined ? 0 : host.startsWith('*.') ? host.length : 1_000;
  return byHost * HOST_STEP + path.length;
}
