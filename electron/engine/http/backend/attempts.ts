import type { RefusalCode } from '../../../../shared/view/refusal.ts';
import type { DrawnFaults } from '../../faults/backend-faults.ts';
import { createEffect } from '../../faults/effect.ts';
import { planOf } from '../../faults/plan.ts';
import type { Backend } from '../../pool/backend.ts';
import { NOT_NOTED } from '../../pool/pick-tape.ts';
import type { Pool } from '../../pool/pool.ts';
import type { Waiter } from '../../pool/wait-queue.ts';
import type { ClientConnection } from '../client/client-connection.ts';
import { NO_HEALTHY_SERVER } from '../client/local-answer.ts';
import type { RequestTraits } from '../client/request-traits.ts';
import { BACKEND_HEADER, type RequestWish, readWish } from '../client/request-wish.ts';
import type { ExchangeDeadline } from '../exchange/exchange-deadline.ts';
import type { RequestBody } from '../exchange/request-body.ts';
import type { RequestHead } from '../message/request-head.ts';
import type { EndedAttempt } from '../record/observer.ts';
import { Attempt, type AttemptListener } from './attempt.ts';
import type { DialFailure } from './dial.ts';
import {
  type AttemptFailure,
  decideRetry,
  describeFailure,
  isBackendDown,
  isLost,
  isOurs,
  refusalCodeOf,
  withBodyInMind,
} from './retry.ts';
import { type Unreachable, unservedText } from './unserved-text.ts';

/** One for all that have met nothing of the kind. */
const NONE: readonly Unreachable[] = [];
/** How long a backend that reset a connection has to take another. */
const GONE_MS = 1_000;

/** What an exchange and its attempts work on together. */
export interface ExchangeParts {
  readonly client: ClientConnection;
  readonly head: RequestHead;
  readonly pool: Pool;
  readonly body: RequestBody;
  readonly deadline: ExchangeDeadline;
}

export interface AttemptsListener extends AttemptListener {
  /** No attempt is left: the client gets this instead. @param body where the client gets more, or less, than the log */
  refuse(code: RefusalCode, message: string, body?: string): void;
}

/**
 * One exchange's attempts, one at a time: where the next goes, whether there is one, and the wait for a backend to be
 * free. Every backend that was picked is released when its attempt closes.
 */
export class Attempts implements Waiter {
  /** Those that are closed, in their order. */
  readonly records: EndedAttempt[] = [];
  current: Attempt | null = null;
  /** Why no backend was left, by its number on the tape; `NOT_NOTED` unless that was so and somebody watches. */
  unserved = NOT_NOTED;
  readonly #parts: ExchangeParts;
  readonly #listener: AttemptsListener;
  readonly #tried: Backend[] = [];
  /** What kept its connections from being made. */
  #unreachable: readonly Unreachable[] = NONE;
  #wish: RequestWish | null = null;
  #isHeld = false;
  /** How many attempts lost their connection after the request had been sent. */
  #lost = 0;
  /** A connection that is being opened to see whether a backend is still there; null for none. */
  #lookup: { readonly backend: Backend; readonly cancel: () => void } | null = null;

  constructor(parts: ExchangeParts, listener: AttemptsListener) {
    this.#parts = parts;
    this.#listener = listener;
  }

  /** What a policy or a fault may ask of the request. */
  get request(): RequestTraits {
    return this.#parts.client.traits.of(this.#parts.head);
  }

  /** What the request asks for itself, if anything. @returns why it cannot have that, for the client; null when it can */
  takeWish(): string | null {
    const wish = readWish(this.request);
    if (!wish.ok) return wish.error;
    this.#wish = wish.value;
    const { backend = null, isPreference = true } = wish.value ?? {};
    if (backend === null || isPreference) return null;
    const { name, backends } = this.#parts.pool;
    if (backends.some((one) => one.config.name === backend)) return null;
    if (!this.#parts.client.listener.config.exposeBackend)
      return `${BACKEND_HEADER}: there is no such backend.`;
    const names = backends.map((one) => one.config.name).join(', ');
    return `${BACKEND_HEADER}: there is no backend "${backend}" in pool ${name}; there is ${names}.`;
  }

  /** @param last what went wrong before; null for the first */
  startNext(last: AttemptFailure | null): void {
    if (this.#startAtPicked()) return;
    if (last !== null && isOurs(last)) this.#refuseAfter(last, this.#tried.at(-1));
    else if (this.#isWorthWaiting) this.#wait();
    else if (this.#hold() || (last === null && this.#look())) return;
    else if (this.#wish?.isPreference === false)
      this.refuseUnserved(
        'no-backend',
        `${this.#wish.backend}, which the request asks for, is not available.`,
      );
    else if (last === null || last.code === 'unreachable')
      this.refuseUnserved('no-backend', NO_HEALTHY_SERVER);
    else this.#refuseAfter(last, this.#tried.at(-1));
  }

  /** After a failure before any of the answer was passed on: elsewhere, if that is safe, or an error for the client. */
  retry(reported: AttemptFailure): void {
    const { client, head, pool, body, deadline } = this.#parts;
    const attempt = this.current;
    if (!attempt) {
      // Its time was up while it was being found out whether the backend is still there.
      if (this.#lookup) this.#refuseAfter(reported, this.#lookup.backend);
      return;
    }
    const { backend, isAskedFor, haveOthersGotResponses } = attempt;
    const hasBody = head.framing.kind !== 'none';
    const failure = hasBody ? withBodyInMind(reported, body) : reported;
    const mayBeRefusal = failure.code === 'unread' || (hasBody && failure.code === 'reset');
    const hasFailed = failure.code !== 'cut' && failure.code !== 'stale' && !isOurs(failure);
    this.close(failure.words, hasFailed, !mayBeRefusal && !isOurs(failure));
    if (isLost(failure)) this.#lost++;
    const { words: said, cause } = failure;
    if (cause && !isOurs(failure))
      this.#unreachable = [...this.#unreachable, { backend, words: said, cause }];
    if (isBackendDown(failure) && !isAskedFor) client.wire.observer.backendFailed(backend, failure);
    else if (isLost(failure) && !isAskedFor && !mayBeRefusal && !haveOthersGotResponses)
      client.wire.observer.backendSuspected(backend);
    const decision = decideRetry(failure, {
      method: head.method,
      isBodyReplayable: body.isReplayable,
      attempts: this.records.length,
      lost: this.#lost,
      elapsedMs: deadline.elapsedMs,
      limits: pool.config.retries,
    });
    if (decision === 'same-backend' && pool.mayServe(backend)) {
      const why = this.#explain('it had closed the connection kept from an earlier request', []);
      this.#start(pool.acquireAgain(backend), false, why);
    } else if (decision === 'next-if-gone') this.#nextIfGone(backend, failure);
    else if (decision !== 'give-up') this.startNext(failure);
    else if (failure.code !== 'unreachable' || !this.#hold()) {
      this.#refuseAfter(failure, backend);
    }
  }

  /** Finds out whether a backend is still there that has reset a connection; see `decideRetry`. */
  #nextIfGone(backend: Backend, failure: AttemptFailure): void {
    // Not at once: a process that ends resets its connections before all of it is gone.
    const soon = setImmediate(() => {
      const { client, pool } = this.#parts;
      const connections = client.wire.connectionsTo(backend);
      const limitMs = Math.min(pool.config.timeouts.connect, GONE_MS);
      const faults = connections.faults?.draw('checks', null) ?? null;
      const dialling = connections.open(limitMs, faults, (dialled) => {
        this.#lookup = null;
        if (dialled.ok) dialled.value.destroy();
        if (dialled.ok || !isGone(dialled.error)) {
          this.#refuseAfter(failure, backend);
          return;
        }
        this.#unreachable = [...this.#unreachable, { backend, ...dialled.error }];
        client.wire.observer.backendFailed(backend, {
          code: 'unreachable',
          ...dialled.error,
          hasAnswered: false,
        });
        this.startNext(failure);
      });
      this.#lookup = { backend, cancel: () => dialling.cancel() };
    });
    this.#lookup = { backend, cancel: () => clearImmediate(soon) };
  }

  /** The client learns the backend's address only where the listener exposes it. */
  #refuseAfter(failure: AttemptFailure, backend: Backend | undefined): void {
    const { exposeBackend } = this.#parts.client.listener.config;
    const url = exposeBackend ? (backend?.config.origin.url ?? null) : null;
    this.#listener.refuse(refusalCodeOf(failure), describeFailure(url, failure));
  }

  turn(): boolean {
    // Who was away when it was tried may be back.
    if (this.#isHeld) this.#tried.length = 0;
    if (this.#startAtPicked()) {
      this.#isHeld = false;
      this.#parts.deadline.leaveQueue();
    } else if (this.#isHeld || this.#isWorthWaiting) return false;
    else this.refuseUnserved('no-backend', NO_HEALTHY_SERVER);
    return true;
  }

  /** @param message the first line of the response; the reasons of the backends follow it */
  refuseUnserved(code: RefusalCode, message: string): void {
    const { client, pool } = this.#parts;
    const unserved = unservedText(message, pool.backends, this.#unreachable);
    this.unserved = this.#explain(unserved.message, this.#tried);
    client.wire.observer.noBackend(pool, this.records);
    const { exposeBackend } = client.listener.config;
    this.#listener.refuse(code, unserved.message, exposeBackend ? unserved.body : message);
  }

  /**
   * @param failure null when the backend answered in full
   * @param isEvidence whether it says anything of the backend
   */
  close(failure: string | null, hasFailed: boolean, isEvidence = true): void {
    const { pool, body, deadline } = this.#parts;
    const attempt = this.current;
    pool.queue.leave(this);
    pool.held.leave(this);
    pool.looking.leave(this);
    this.#lookup?.cancel();
    this.#lookup = null;
    if (!attempt) return;
    this.current = null;
    pool.release(attempt.backend);
    const record = attempt.end(failure, {
      hasFailed,
      isEvidence,
      isRequestSent: body.isDone,
      bytesIn: body.bytes,
      exchangeStartMs: deadline.startMs,
    });
    if (!attempt.answer) pool.observe(attempt.backend, record.durationMs);
    this.records.push(record);
  }

  /** Whether one that was not tried is there, and only busy. */
  get #isWorthWaiting(): boolean {
    return this.#parts.pool.hasBusy(this.#tried);
  }

  #wait(): void {
    const { pool, deadline } = this.#parts;
    const { size, timeout } = pool.config.queue;
    if (pool.queue.join(this, size)) deadline.enterQueue(timeout);
    else
      this.refuseUnserved(
        'queue-full',
        `Every backend is busy, and ${size} requests wait already. The limit is queue.size of pool ${pool.name}.`,
      );
  }

  /** Waits for a backend to be back. @returns whether that is worth it, and there is room and time for it */
  #hold(): boolean {
    const { pool, deadline, client } = this.#parts;
    const { holdFor, queue } = pool.config;
    if (holdFor === 0 || !pool.mayComeBack || !deadline.enterHold(holdFor)) return false;
    if (!pool.held.join(this, queue.size)) {
      this.refuseUnserved(
        'queue-full',
        `Every backend is away, and ${queue.size} requests wait already. The limit is queue.size of pool ${pool.name}.`,
      );
      return true;
    }
    this.#isHeld = true;
    client.wire.observer.requestHeld(pool);
    return true;
  }

  /** Waits for the end of a probe that is sent because of this request, where that can find a backend back. */
  #look(): boolean {
    const { pool, client } = this.#parts;
    // One that wants a certain backend gets its own reason at once.
    if (this.#wish?.isPreference === false) return false;
    return client.wire.observer.looksForBackend(pool) && pool.looking.join(this, pool.config.queue.size);
  }

  /** @returns whether the policy had one to pick */
  #startAtPicked(): boolean {
    const { pool, client } = this.#parts;
    const { tape } = client.wire.observer;
    const start = tape ? pool.note(tape, this.#tried) : null;
    const backend = this.#acquire();
    if (!backend) return false;
    this.#tried.push(backend);
    const why = tape && start !== null ? tape.note(pool.picker, this.#whyPicked(backend), start) : NOT_NOTED;
    this.#start(backend, true, why);
    return true;
  }

  #whyPicked(backend: Backend): string {
    if (this.#parts.client.privates?.backendIn(this.#parts.pool) === backend)
      return 'the client has authenticated on its connection (NTLM or Negotiate)';
    const isWished = this.#wish?.backend === backend.config.name;
    return isWished ? 'the request asked for it' : this.#parts.pool.why(backend, this.request);
  }

  #acquire(): Backend | null {
    const { pool } = this.#parts;
    const { backend: name = null, isPreference = true } = this.#wish ?? {};
    const own = name === null ? this.#ownBackend() : null;
    if (own) return this.#acquireOwn(own);
    const wished = name === null ? null : pool.acquireNamed(name, this.#tried);
    return wished ?? (isPreference ? pool.acquire(this.#tried, this.request) : null);
  }

  /** The backend on whose connection the client has authenticated; null for none. */
  #ownBackend(): Backend | null {
    const { client, pool } = this.#parts;
    const own = client.privates?.backendIn(pool) ?? null;
    return own === null || this.#tried.includes(own) ? null : own;
  }

  /** @returns null to wait for it, at its limit */
  #acquireOwn(own: Backend): Backend | null {
    const { client, pool } = this.#parts;
    const backend = pool.acquireNamed(own.config.name, this.#tried);
    if (backend || own.whyNot() === 'full') return backend;
    // It is out: the client has to authenticate again, elsewhere.
    client.privates?.take(own)?.destroy();
    return pool.acquire(this.#tried, this.request);
  }

  /** What the request asks to go wrong, at its first attempt. */
  #wishedFaults(): DrawnFaults | null {
    const faults = this.records.length === 0 ? this.#wish?.faults : null;
    const plan = faults ? planOf(faults.map((fault) => createEffect(fault, Math.random))) : null;
    return plan && { plan, onConnected: () => undefined };
  }

  /** @param words why nobody was picked, or the same backend again */
  #explain(words: string, tried: readonly Backend[]): number {
    const { pool, client } = this.#parts;
    const { tape } = client.wire.observer;
    return tape ? tape.note(pool.picker, words, pool.note(tape, tried)) : NOT_NOTED;
  }

  /** @param why by its number on the tape */
  #start(backend: Backend, mayReuse: boolean, why: number): void {
    const { client, pool } = this.#parts;
    this.current = new Attempt(client.wire, this.#listener, backend, why);
    if (client.privates) this.current.own = client.privates.take(backend);
    this.current.start(this.request, pool.config.timeouts.connect, mayReuse, this.#wishedFaults());
  }
}

function isGone({ cause }: DialFailure): boolean {
  return cause.kind === 'refused' || cause.kind === 'unreachable';
}
