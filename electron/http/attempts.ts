import type { AttemptRecord } from '../../shared/snapshot.ts';
import type { PickRequest } from '../balancing/policy.ts';
import type { Backend } from '../pool/backend.ts';
import type { Pool } from '../pool/pool.ts';
import { Attempt, type AttemptListener } from './attempt.ts';
import type { RequestBody } from './request-body.ts';
import type { Wire } from './wire.ts';

/** One exchange's attempts, one at a time; every backend that was picked for one is released when it closes. */
export class Attempts {
  /** Those that are closed, in their order. */
  readonly records: AttemptRecord[] = [];
  current: Attempt | null = null;
  readonly #tried: Backend[] = [];
  readonly #wire: Wire;
  readonly #pool: Pool;
  readonly #listener: AttemptListener;
  readonly #method: string;

  constructor(wire: Wire, pool: Pool, method: string, listener: AttemptListener) {
    this.#wire = wire;
    this.#pool = pool;
    this.#method = method;
    this.#listener = listener;
  }

  get lastTried(): Backend | undefined {
    return this.#tried.at(-1);
  }

  /** @returns whether there was a backend left to try */
  startNext(request: PickRequest): boolean {
    const backend = this.#pool.acquire(this.#tried, request);
    if (!backend) return false;
    this.#tried.push(backend);
    this.#start(backend, true);
    return true;
  }

  /** At the same backend, over a new connection. */
  startAgain(backend: Backend): void {
    this.#start(this.#pool.acquireAgain(backend), false);
  }

  /**
   * @param failure null when the backend answered in full
   * @param about `startMs` is the exchange's, on the deadlines' clock
   * @returns the backend that was tried; null when there is no attempt to close
   */
  close(
    failure: string | null,
    about: { readonly hasFailed: boolean; readonly body: RequestBody; readonly startMs: number },
  ): Backend | null {
    const attempt = this.current;
    if (!attempt) return null;
    this.current = null;
    this.#pool.release(attempt.backend);
    const { hasFailed, body, startMs } = about;
    const outcome = { hasFailed, isRequestSent: body.isDone, bytesIn: body.bytes, exchangeStartMs: startMs };
    const record = attempt.end(failure, outcome);
    if (!attempt.answer) this.#pool.observe(attempt.backend, record.durationMs);
    this.records.push(record);
    return attempt.backend;
  }

  #start(backend: Backend, mayReuse: boolean): void {
    this.current = new Attempt(this.#wire, this.#listener, backend);
    this.current.start(this.#method, this.#pool.config.timeouts.connect, mayReuse);
  }
}
