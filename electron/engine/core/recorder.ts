import type { HealthCause } from '../../../shared/view/health-cause.ts';
import type { AttemptFailure } from '../http/backend/retry.ts';
import { BodyCaptures } from '../http/record/body-captures.ts';
import { HeadTape } from '../http/record/head-tape.ts';
import type {
  AttemptResult,
  EndedAttempt,
  EndedExchange,
  ExchangeObserver,
} from '../http/record/observer.ts';
import type { Backend } from '../pool/backend.ts';
import { PickTape } from '../pool/pick-tape.ts';
import type { Pool } from '../pool/pool.ts';
import { RefusalCounters } from '../stats/refusal-counters.ts';
import type { Tally } from '../stats/tally.ts';
import { ExchangeLog } from './exchange-log.ts';
import { type FailedRequestSink, failedRequestOf } from './failed-request.ts';
import type { Member, PoolRuntime } from './pool-runtime.ts';

/** What takes a backend out when it was reached: see `isBackendDown`. */
const CONNECTION_RESET: HealthCause = { kind: 'reset' };

/** Turns what the wire reports into figures. */
export class Recorder implements ExchangeObserver {
  /** Counts for a run of a scenario; null while none is watched. */
  tally: Tally | null = null;
  /** Hears of failed requests; null while nobody wants to. */
  failures: FailedRequestSink | null = null;
  tape: PickTape | null = null;
  heads: HeadTape | null = null;
  bodies: BodyCaptures | null = null;
  readonly #tape = new PickTape();
  readonly #heads = new HeadTape(Date.now);
  readonly captures = new BodyCaptures();
  readonly refusals = new RefusalCounters();
  readonly log = new ExchangeLog(this.#tape, this.#heads, this.captures);
  readonly #find: (backend: Backend) => { readonly pool: PoolRuntime; readonly member: Member } | undefined;
  readonly #findPool: (name: string) => PoolRuntime | undefined;

  constructor(
    find: (backend: Backend) => { readonly pool: PoolRuntime; readonly member: Member } | undefined,
    findPool: (name: string) => PoolRuntime | undefined,
  ) {
    this.#find = find;
    this.#findPool = findPool;
  }

  attemptStarted(backend: Backend): void {
    const found = this.#find(backend);
    if (!found) return;
    found.member.stats.started();
    found.pool.series.started(backend.config.name, Date.now());
    this.tally?.attemptStarted(backend.pool, backend.config.name);
  }

  attemptEnded(backend: Backend, result: AttemptResult): void {
    const found = this.#find(backend);
    if (!found) return;
    const { pool, member } = found;
    member.stats.ended(result);
    pool.series.ended(backend.config.name, result.hasFailed, result.durationMs, Date.now());
    if (result.status !== 0) pool.latency.record(result.durationMs);
    this.tally?.attemptEnded(backend.pool, backend.config.name, result);
    // An attempt that its client gave up says nothing of the backend.
    if (!result.isEvidence || (result.status === 0 && !result.hasFailed)) return;
    const hasErred = result.hasFailed || result.status >= 500;
    noteIn(member, result, hasErred);
    pool.outliers.record(backend, hasErred);
  }

  looksForBackend(pool: Pool): boolean {
    return this.#findPool(pool.name)?.look() ?? false;
  }

  noBackend(pool: Pool, attempts: readonly EndedAttempt[]): void {
    const found = this.#findPool(pool.name);
    if (found) {
      found.unavailable++;
      // Those that were tried hear of it when the exchange has ended.
      for (const { backend, incidents } of found.members)
        if (isOut(backend) && !attempts.some((one) => one.backend === backend.name))
          incidents.requestEnded(false);
    }
    this.tally?.unavailable(pool.name);
  }

  handshakeFailed(listener: string, client: string, reason: string): void {
    this.refusals.handshakeFailed(listener);
    const request = { method: '', target: '', status: 0, pool: null, backend: null };
    this.failures?.({ code: 'handshake', listener, client, reason, ...request });
  }

  connectionRefused(listener: string, client: string, reason: string): void {
    const request = { method: '', target: '', status: 0, pool: null, backend: null };
    this.failures?.({ code: 'connection', listener, client, reason, ...request });
  }

  requestHeld(pool: Pool): void {
    this.#findPool(pool.name)?.requestHeld();
  }

  exchangeEnded(exchange: EndedExchange): void {
    this.log.push(exchange);
    const { attempts, status, refusal, listener } = exchange;
    if (refusal !== null) this.refusals.refused(listener, refusal.code);
    if (attempts.length > 1 || status >= 500 || attempts[0]?.hasFailed) this.#countInIncidents(exchange);
    this.tally?.exchangeEnded(hasErred(exchange), exchange.durationMs);
    if (this.failures !== null && (refusal !== null || hasErred(exchange))) this.#tellFailure(exchange);
  }

  #tellFailure(exchange: EndedExchange): void {
    const found = exchange.pool === null ? undefined : this.#findPool(exchange.pool);
    const urlOf = (backend: string) => found?.member(backend)?.backend.config.origin.url ?? null;
    this.failures?.(failedRequestOf(exchange, urlOf));
  }

  /** Whoever failed at this one hears whether the client did too. */
  #countInIncidents(exchange: EndedExchange): void {
    const { pool, status, attempts } = exchange;
    const found = pool === null ? undefined : this.#findPool(pool);
    const isRescued = !hasErred(exchange);
    for (const { backend, hasFailed, failure } of attempts)
      if (hasFailed || (failure === null && status >= 500))
        found?.member(backend)?.incidents.requestEnded(isRescued);
  }

  /** Whether it is noted why each attempt goes where it goes, and heads are kept. */
  setWatched(isWatched: boolean): void {
    this.tape = isWatched ? this.#tape : null;
    this.heads = isWatched ? this.#heads : null;
  }

  /** Whether bodies are kept of what goes to a pool. */
  setCaptured(pool: string, isOn: boolean): void {
    this.captures.set(pool, isOn);
    this.bodies = this.captures.isOn ? this.captures : null;
  }

  backendFailed(backend: Backend, { words, cause = CONNECTION_RESET }: AttemptFailure): void {
    this.#find(backend)?.member.checker.reportFailure(words, cause);
  }

  backendSuspected(backend: Backend): void {
    this.#find(backend)?.member.checker.suspect();
  }
}

/** Whether its checks or traffic have taken it out, and not the user. */
function isOut(backend: Backend): boolean {
  const why = backend.whyNot();
  return why === 'down' || why === 'ejected';
}

/** Whether its client got an error, or an answer that was cut short by its backend. */
function hasErred({ status, attempts }: EndedExchange): boolean {
  return status >= 500 || status === 0 || attempts.at(-1)?.hasFailed === true;
}

function noteIn({ incidents, faults }: Member, result: AttemptResult, hasErred: boolean): void {
  if (hasErred) {
    const cause = result.hasFailed ? 'no answer' : `status ${result.status}`;
    incidents.failed('traffic', cause, result.durationMs);
    return;
  }
  incidents.succeeded('traffic', result.durationMs);
  // What was to hit so many requests has, and here is one that it has not hit.
  if (incidents.current?.isSimulated && faults.isSpent) incidents.faultEnded();
}
