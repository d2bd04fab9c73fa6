import type { RouteConfig } from '../../../../shared/config/config.ts';
import { findRoute, inMatchingOrder, RouteMatch } from '../../../../shared/config/route-match.ts';
import { HeaderEdits } from '../message/header-edits.ts';
import type { RequestHead } from '../message/request-head.ts';
import type { LocalAnswer } from './local-answer.ts';

/** One route of a listener, with what it does to the messages that take it. */
export class Route extends RouteMatch {
  readonly requestEdits: HeaderEdits | null;
  readonly responseEdits: HeaderEdits | null;

  constructor(config: RouteConfig) {
    super(config);
    this.requestEdits = HeaderEdits.of(config.requestHeaders);
    this.responseEdits = HeaderEdits.of(config.responseHeaders);
  }

  /** The fixed answer or the redirect; null for a route to a pool. */
  answer(target: string): LocalAnswer | null {
    const { respond, redirect } = this.config;
    if (respond) return { status: respond.status, words: respond.body, contentType: respond.contentType };
    const location = this.location(target);
    if (!redirect || location === null) return null;
    return { status: redirect.status, words: '', fields: `Location: ${location}\r\n` };
  }
}

/** The routes of one listener, in the order they are tried. */
export class Router {
  readonly #routes: readonly Route[];

  constructor(configs: readonly RouteConfig[]) {
    this.#routes = inMatchingOrder(configs).map((config) => new Route(config));
  }

  /** @returns null when it is the default pool's */
  find(head: RequestHead): Route | null {
    return findRoute(this.#routes, head.host, head.target);
  }
}
