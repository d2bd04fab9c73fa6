import type { RefusalCode } from '../../../shared/view/refusal.ts';
import type { EndedExchange } from '../http/record/observer.ts';

/** A request whose client got an error or half a response, or a client that did not get as far as a request. */
export interface FailedRequest {
  /** `backend-status`: the backend's own 5xx. `cut`: a response without its end. `handshake`: TLS, before any request.
   * `connection`: it was not taken. */
  readonly code: RefusalCode | 'backend-status' | 'cut' | 'handshake' | 'connection';
  readonly listener: string;
  readonly pool: string | null;
  readonly client: string;
  /** Empty, like the target, when what came was not a readable request. */
  readonly method: string;
  readonly target: string;
  /** What the client got; 0 for nothing. */
  readonly status: number;
  /** The last backend that was tried; null for none. */
  readonly backend: { readonly name: string; readonly url: string } | null;
  /** Why, for people; empty when the status says it all. */
  readonly reason: string;
}

/** Hears of every failed request, and of no other. */
export type FailedRequestSink = (failed: FailedRequest) => void;

/** @param urlOf a backend of the exchange's pool; null when it has left the config */
export function failedRequestOf(
  exchange: EndedExchange,
  urlOf: (backend: string) => string | null,
): FailedRequest {
  const { attempts, refusal, backend, status, listener, pool, client, method, target } = exchange;
  const last = attempts.at(-1);
  const name = backend ?? last?.backend ?? null;
  const isCut = refusal === null && last?.failure != null;
  const isOfBackend = refusal === null || refusal.code.startsWith('backend-');
  return {
    code: refusal?.code ?? (isCut ? 'cut' : 'backend-status'),
    listener,
    pool,
    client,
    method,
    target,
    status,
    backend: name === null || !isOfBackend ? null : { name, url: urlOf(name) ?? '' },
    // The client may not be told where a backend is; who runs Switchyard is.
    reason: (isOfBackend ? last?.failure : refusal?.message) ?? '',
  };
}
