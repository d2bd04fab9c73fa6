import type { Observed } from './observed.ts';

/**
 * How binding a case is: `must` and `should` (SHOULD, or a lower-case ought) are the RFC's words; `house` is where
 * the RFC leaves a choice and this project has made a stricter one.
 */
export type Level = 'must' | 'should' | 'house';

/** What the client does next. Text is sent as latin1. */
export type ClientStep =
  | string
  /** Waits until the current connection has received this. */
  | { readonly until: string | RegExp }
  /** Waits until the backend has received this. */
  | { readonly backendUntil: string | RegExp }
  /** Sends no more, and reads on. */
  | 'half-close'
  /** Goes away. */
  | 'leave'
  /** Opens another connection; what follows happens there. */
  | 'reconnect';

/** What the backend does next on the connection that the request came by. */
export type BackendStep =
  | string
  /** Waits until this connection has received this. */
  | { readonly until: string | RegExp }
  /** Waits until the client has received this. */
  | { readonly clientUntil: string | RegExp }
  | 'end'
  | 'reset';

export interface BackendAnswer {
  /** Whether to begin when the request's head is there, or when its body is as well. */
  readonly on: 'head' | 'request';
  readonly steps: readonly BackendStep[];
}

/** Null when it holds; otherwise what happened instead, in a few words. */
export type Check = (seen: Observed) => string | null;

export interface Case {
  /** Unique, kebab-case. */
  readonly id: string;
  /** What ought to happen. */
  readonly title: string;
  /** `RFC 9112 6.3` */
  readonly section: string;
  readonly level: Level;
  readonly client: readonly ClientStep[];
  /** One answer a request, the last one for all that follow; without any, a plain 200 with the body `ok`. */
  readonly backend?: readonly (string | BackendAnswer)[];
  /** Methods of the requests in their order, where one is not GET and its answer is framed otherwise. */
  readonly methods?: readonly string[];
  readonly checks: readonly Check[];
}

export interface Group {
  readonly name: string;
  readonly cases: readonly Case[];
}
