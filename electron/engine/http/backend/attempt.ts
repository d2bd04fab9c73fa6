import type { DrawnFaults } from '../../faults/backend-faults.ts';
import type { Hit } from '../../faults/trigger.ts';
import type { Backend } from '../../pool/backend.ts';
import { NOT_NOTED } from '../../pool/pick-tape.ts';
import type { DetachedSocket } from '../exchange/tunnel.ts';
import type { Wire } from '../exchange/wire.ts';
import type { Fields } from '../message/fields.ts';
import { NO_REPAIRS, type ResponseHead } from '../message/response-head.ts';
import type { EndedAttempt } from '../record/observer.ts';
import type { AttemptOwner, BackendConnection } from './backend-connection.ts';
import type { ConnectionPool } from './connection-pool.ts';
import type { Dialling } from './dial.ts';
import type { AttemptFailure } from './retry.ts';

/** What an attempt tells its exchange. After `answerEnd` or `attemptFailed` it says nothing more. */
export interface AttemptListener {
  /** A connection is ready: the request, as far as it has come, belongs on it. */
  sendRequest(connection: BackendConnection, backend: Backend): void;
  requestDrained(): void;
  /** Whether bytes of an answer wait for the client to take them. */
  readonly isAnswerWaiting: boolean;
  answerHead(head: ResponseHead, attempt: Attempt): void;
  answerData(payload: Buffer): void;
  answerFlush(): void;
  answerEnd(trailers: Fields): void;
  /** A private connection whose exchange is over is its client's to keep. */
  keepPrivate(connection: BackendConnection, attempt: Attempt): void;
  attemptFailed(failure: AttemptFailure): void;
}

const NO_FAULTS: readonly string[] = [];

/** One try of an exchange at one backend: gets a connection, and listens to it until the answer has ended. */
export class Attempt implements AttemptOwner {
  readonly backend: Backend;
  connection: BackendConnection | null = null;
  /** The final answer's head, once it has come. */
  answer: ResponseHead | null = null;
  readonly #wire: Wire;
  readonly #listener: AttemptListener;
  readonly #connections: ConnectionPool;
  readonly #startMs: number;
  /** Of `ConnectionPool.responses`, at the start. */
  readonly #responsesBefore: number;
  readonly #why: number;
  #connectedMs: number | null = null;
  #answeredMs: number | null = null;
  #bytesOut = 0;
  #dialling: Dialling | null = null;
  #faults: DrawnFaults | null = null;
  /** Whether the request itself asked for what goes wrong. */
  isAskedFor = false;
  /** The client's own connection to the backend, to use if faults allow; null for none. */
  own: BackendConnection | null = null;

  /** @param why the pick fell on this backend, on the tape; `NOT_NOTED` when nobody watches: no times are taken either */
  constructor(wire: Wire, listener: AttemptListener, backend: Backend, why: number) {
    this.#wire = wire;
    this.#listener = listener;
    this.backend = backend;
    this.#why = why;
    this.#connections = wire.connectionsTo(backend);
    this.#responsesBefore = this.#connections.responses;
    this.#startMs = wire.deadlines.now();
  }

  /** Since its start, milliseconds. */
  get elapsedMs(): number {
    return this.#wire.deadlines.now() - this.#startMs;
  }

  /** Whether its backend has responded to other requests since its start. */
  get haveOthersGotResponses(): boolean {
    return this.#connections.responses !== this.#responsesBefore;
  }

  /**
   * @param mayReuse false to insist on a new connection
   * @param wanted what is to go wrong in the place of what is wrong with the backend; null for that
   */
  start(request: Hit, connectMs: number, mayReuse: boolean, wanted: DrawnFaults | null): void {
    this.#wire.observer.attemptStarted(this.backend);
    this.isAskedFor = wanted !== null;
    this.#faults = wanted ?? this.#connections.faults?.draw('traffic', request) ?? null;
    const { method } = request;
    const kept = mayReuse && this.#faults === null ? (this.own ?? this.#connections.takeIdle()) : null;
    if (this.own !== kept) this.own?.destroy();
    if (kept) {
      if (this.#why !== NOT_NOTED) this.#connectedMs = 0;
      this.#begin(kept, method);
      return;
    }
    this.#dialling = this.#connections.open(connectMs, this.#faults, (dialled) => {
      this.#dialling = null;
      if (this.#why !== NOT_NOTED && dialled.ok) this.#connectedMs = this.elapsedMs;
      if (dialled.ok) this.#begin(dialled.value, method);
      else this.attemptFailed({ code: 'unreachable', ...dialled.error, hasAnswered: false });
    });
  }

  /**
   * Closes the books on this attempt, and gives its connection back when it can serve another.
   *
   * @param failure null when the backend answered in full
   * @param outcome `exchangeStartMs` on the deadlines' clock
   */
  end(
    failure: string | null,
    outcome: {
      readonly hasFailed: boolean;
      readonly isEvidence: boolean;
      readonly isRequestSent: boolean;
      readonly bytesIn: number;
      readonly exchangeStartMs: number;
    },
  ): EndedAttempt {
    const { backend, answer } = this;
    const durationMs = this.elapsedMs;
    this.#dialling?.cancel();
    this.#dialling = null;
    this.#releaseConnection(failure === null && outcome.isRequestSent);
    this.#wire.observer.attemptEnded(backend, {
      status: answer?.status ?? 0,
      hasFailed: outcome.hasFailed,
      isEvidence: outcome.isEvidence && !this.isAskedFor,
      durationMs,
      bytesIn: outcome.bytesIn,
      bytesOut: this.#bytesOut,
    });
    return {
      backend: backend.config.name,
      startMs: this.#startMs - outcome.exchangeStartMs,
      durationMs,
      connectedMs: this.#connectedMs,
      answeredMs: this.#answeredMs,
      failure,
      hasFailed: outcome.hasFailed,
      repairs: answer?.repairs ?? NO_REPAIRS,
      faults: this.#faults?.plan.words ?? NO_FAULTS,
      why: this.#why,
    };
  }

  get isAnswerWaiting(): boolean {
    return this.#listener.isAnswerWaiting;
  }

  /** Hands the connection to a tunnel. Given back with the attempt, a dead one would wait for the next request. */
  detach(connection: BackendConnection, goAway: (reason: string) => void): DetachedSocket {
    this.connection = null;
    return connection.detach(goAway);
  }

  bodyData(payload: Buffer): void {
    this.#bytesOut += payload.length;
    this.#listener.answerData(payload);
  }

  responseHead(head: ResponseHead): void {
    if (head.status >= 200 || head.status === 101) {
      this.answer = head;
      this.#connections.responses++;
      if (this.#why !== NOT_NOTED) this.#answeredMs = this.elapsedMs;
    }
    this.#listener.answerHead(head, this);
  }

  responseEnd(trailers: Fields): void {
    this.#listener.answerEnd(trailers);
  }

  responseFlush(): void {
    this.#listener.answerFlush();
  }

  requestDrained(): void {
    this.#listener.requestDrained();
  }

  attemptFailed(failure: AttemptFailure): void {
    this.connection = null;
    this.#listener.attemptFailed(failure);
  }

  #begin(connection: BackendConnection, method: string): void {
    this.connection = connection;
    connection.begin(this, method);
    // Switched off while it was being dialled: nothing has been sent yet.
    if (this.backend.admin === 'disabled') connection.cut();
    else this.#listener.sendRequest(connection, this.backend);
  }

  #releaseConnection(isReusable: boolean): void {
    const { connection, answer } = this;
    this.connection = null;
    if (!connection) return;
    if (!isReusable || !answer?.isPersistent || connection.isPoisoned) {
      connection.destroy();
      return;
    }
    if (connection.socket.isPaused()) connection.socket.resume();
    if (connection.isPrivate) this.#listener.keepPrivate(connection, this);
    else this.#connections.giveBack(connection, answer.keepAliveSeconds);
  }
}
