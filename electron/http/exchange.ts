import type { AttemptRecord } from '../../shared/snapshot.ts';
import type { Backend } from '../pool/backend.ts';
import type { Pool } from '../pool/pool.ts';
import { Answer } from './answer.ts';
import { Attempt, type AttemptListener } from './attempt.ts';
import type { BackendConnection } from './backend-connection.ts';
import type { BodySink } from './body-decoder.ts';
import type { ClientConnection } from './client-connection.ts';
import type { Fields } from './fields.ts';
import { NO_HEALTHY_SERVER } from './local-answer.ts';
import type { Malformed } from './malformed.ts';
import { RequestBody } from './request-body.ts';
import type { RequestHead } from './request-head.ts';
import type { ResponseHead } from './response-head.ts';
import { type AttemptFailure, decideRetry, describeFailure, isBackendDown } from './retry.ts';
import { forwardableTrailers, rewriteRequest } from './rewrite-request.ts';
import { rewriteResponse } from './rewrite-response.ts';
import { Tunnel } from './tunnel.ts';

const CLIENT_LEFT = 499;

/**
 * One client request and its answer, over as many attempts as it takes. It ends exactly once, in `#end`, and by
 * then every attempt has been closed and every counter it raised lowered.
 */
export class Exchange implements BodySink, AttemptListener {
  readonly #client: ClientConnection;
  readonly #head: RequestHead;
  readonly #pool: Pool;
  readonly #startMs: number;
  readonly #body: RequestBody;
  readonly #answer: Answer;
  readonly #tried: Backend[] = [];
  readonly #attempts: AttemptRecord[] = [];
  #attempt: Attempt | null = null;
  #answeredBy: string | null = null;
  #isEnded = false;

  constructor(client: ClientConnection, head: RequestHead, pool: Pool) {
    this.#client = client;
    this.#head = head;
    this.#pool = pool;
    this.#startMs = client.wire.deadlines.now();
    this.#body = new RequestBody(head.framing.kind === 'none');
    this.#answer = new Answer(client, head);
  }

  get isRequestRead(): boolean {
    return this.#body.isDone;
  }

  /** Whether the client may send another request after this one. */
  get isKeptAlive(): boolean {
    return this.#head.isPersistent;
  }

  start(): void {
    this.#client.deadlineMs = this.#startMs + this.#pool.config.timeouts.firstByte;
    this.#tryNext(null);
  }

  // The request, as the client sends it.

  bodyData(payload: Buffer): void {
    if (this.#isEnded) return;
    this.#body.add(payload);
    const limit = this.#client.listener.config.limits.body;
    if (limit !== undefined && this.#body.bytes > limit) {
      this.#refuse(413, `The request body is larger than ${limit} bytes.`);
      return;
    }
    this.#touch(this.#pool.config.timeouts.idle);
    const connection = this.#attempt?.connection;
    if (connection) {
      connection.writer.data(payload);
      this.#body.letGoIfFull();
    }
    if (connection ? connection.writer.isCongested : this.#body.isFull) this.#client.pause();
  }

  requestFlush(): void {
    this.#attempt?.connection?.writer.flush();
  }

  requestEnd(trailers: Fields): void {
    if (this.#isEnded) return;
    const kept = trailers.length === 0 ? trailers : forwardableTrailers(trailers);
    this.#body.end(kept);
    this.#attempt?.connection?.writer.end(kept);
    this.#touch(this.#pool.config.timeouts.firstByte);
    if (this.#answer.isDone) this.#finish();
  }

  requestMalformed(problem: Malformed): void {
    this.#refuse(problem.status, problem.words);
  }

  /** The client closed its connection, or stopped in the middle of its request. */
  clientGone(): void {
    if (this.#isEnded) return;
    this.#closeAttempt('the client left', false);
    this.#end(this.#answer.isDone ? this.#answer.status : CLIENT_LEFT);
  }

  /** The client has read what was waiting for it. */
  answerDrained(): void {
    this.#attempt?.connection?.socket.resume();
  }

  expire(): void {
    if (this.#answer.hasStarted) this.#cutAnswer('nothing came for too long', !this.#client.isCongested);
    else if (!this.#body.isDone) this.#refuse(408, 'The request body did not come in time.');
    else this.attemptFailed({ code: 'timeout', words: 'no answer in time', hasAnswered: false });
  }

  // The answer, as the attempt brings it.

  sendRequest(connection: BackendConnection, backend: Backend): void {
    const client = { address: this.#client.address, proto: 'http' } as const;
    const text = rewriteRequest(this.#head, backend.config.origin, client);
    connection.writer.head(text, this.#head.framing.kind === 'chunked');
    this.#body.replay(connection.writer);
    if (!connection.writer.isCongested) this.#client.resume();
  }

  requestDrained(): void {
    this.#client.resume();
  }

  answerHead(head: ResponseHead, attempt: Attempt): void {
    if (head.status === 101) {
      this.#upgrade(head, attempt);
      return;
    }
    this.#touch(this.#pool.config.timeouts.idle);
    if (head.status < 200) {
      this.#answer.interim(head);
      return;
    }
    this.#body.letGo();
    this.#answeredBy = attempt.backend.config.name;
    this.#answer.begin(head, attempt.backend.config.origin.url, this.#body.isDone);
  }

  answerData(payload: Buffer): void {
    this.#answer.data(payload);
    this.#touch(this.#pool.config.timeouts.idle);
    if (this.#client.isCongested) this.#attempt?.connection?.socket.pause();
  }

  answerFlush(): void {
    this.#client.writer.flush();
  }

  answerEnd(trailers: Fields): void {
    this.#answer.end(trailers);
    // An answer may overtake its request; the rest of the request still goes where its beginning went.
    if (this.#body.isDone || !this.#answer.isPersistent || !this.#attempt?.answer?.isPersistent)
      this.#finish();
  }

  attemptFailed(failure: AttemptFailure): void {
    if (this.#isEnded) return;
    if (this.#answer.isDone) {
      this.#finish();
      return;
    }
    if (this.#answer.hasStarted) {
      this.#cutAnswer(failure.words, failure.code !== 'cut');
      return;
    }
    const backend = this.#closeAttempt(failure.words, failure.code !== 'cut' && failure.code !== 'stale');
    if (!backend) return;
    if (isBackendDown(failure)) this.#client.wire.observer.backendFailed(backend, failure.words);
    const { retries } = this.#pool.config;
    const decision = decideRetry(failure, {
      method: this.#head.method,
      isBodyReplayable: this.#body.isReplayable,
      attempts: this.#attempts.length,
      maxAttempts: retries.attempts,
      elapsedMs: this.#client.wire.deadlines.now() - this.#startMs,
      budgetMs: retries.budget,
    });
    if (decision === 'same-backend' && backend.isAvailable())
      this.#try(this.#pool.acquireAgain(backend), false);
    else if (decision !== 'give-up') this.#tryNext(failure);
    else
      this.#refuse(
        failure.code === 'timeout' ? 504 : 502,
        describeFailure(backend.config.origin.url, failure),
      );
  }

  #tryNext(last: AttemptFailure | null): void {
    const backend = this.#pool.acquire(this.#tried);
    if (backend) {
      this.#tried.push(backend);
      this.#try(backend, true);
    } else if (last === null || last.code === 'unreachable') {
      this.#client.wire.observer.noBackend(this.#pool);
      this.#refuse(503, NO_HEALTHY_SERVER);
    } else {
      this.#refuse(502, describeFailure(this.#tried.at(-1)?.config.origin.url ?? '', last));
    }
  }

  #try(backend: Backend, mayReuse: boolean): void {
    this.#attempt = new Attempt(this.#client.wire, this, backend);
    this.#attempt.start(this.#head.method, this.#pool.config.timeouts.connect, mayReuse);
  }

  #upgrade(head: ResponseHead, attempt: Attempt): void {
    const { connection, backend } = attempt;
    // RFC 9110 section 7.8: the switch comes after the whole request, and only on request.
    if (!connection || this.#head.upgrade === null || !this.#body.isDone) {
      this.attemptFailed({
        code: 'malformed',
        words: 'It switched protocols without being asked.',
        hasAnswered: true,
      });
      return;
    }
    this.#answer.status = 101;
    this.#answer.isPersistent = false;
    this.#answeredBy = backend.config.name;
    const exposedBackend = this.#client.listener.config.exposeBackend ? backend.config.origin.url : null;
    const options = { framing: head.framing, isPersistent: true, isHttp10Client: false, exposedBackend };
    this.#client.writer.head(rewriteResponse(head, options), false);
    this.#client.writer.flush();
    new Tunnel(this.#client.detach(), attempt.detach(connection), {
      deadlines: this.#client.wire.deadlines,
      idleMs: this.#pool.config.timeouts.idle,
      onClosed: (bytesIn, bytesOut) => {
        this.#body.bytes += bytesIn;
        this.#answer.bytes = bytesOut;
        this.#closeAttempt(null, false);
        this.#end(101);
      },
    });
  }

  #cutAnswer(words: string, hasFailed: boolean): void {
    this.#closeAttempt(words, hasFailed);
    this.#answer.cut();
    this.#end(this.#answer.status);
  }

  /** Answers without a backend, or in place of the one that failed. */
  #refuse(status: number, words: string): void {
    if (this.#isEnded) return;
    this.#closeAttempt(words, false);
    if (this.#answer.hasStarted) this.#answer.cut();
    else this.#answer.local({ status, words }, this.#body.isDone);
    this.#end(this.#answer.status);
  }

  #finish(): void {
    this.#answer.isPersistent &&= this.#body.isDone;
    this.#closeAttempt(null, false);
    this.#end(this.#answer.status);
  }

  #closeAttempt(failure: string | null, hasFailed: boolean): Backend | null {
    const attempt = this.#attempt;
    if (!attempt) return null;
    this.#attempt = null;
    this.#pool.release(attempt.backend);
    const { isDone: isRequestSent, bytes: bytesIn } = this.#body;
    this.#attempts.push(
      attempt.end(failure, { hasFailed, isRequestSent, bytesIn, exchangeStartMs: this.#startMs }),
    );
    return attempt.backend;
  }

  #touch(timeoutMs: number): void {
    this.#client.deadlineMs = this.#client.wire.deadlines.now() + timeoutMs;
  }

  #end(status: number): void {
    this.#isEnded = true;
    const { wire, listener, address } = this.#client;
    wire.observer.exchangeEnded({
      id: wire.nextExchangeId(),
      at: performance.timeOrigin + this.#startMs,
      listener: listener.config.name,
      pool: this.#pool.name,
      client: address,
      method: this.#head.method,
      target: this.#head.target,
      status,
      backend: this.#answeredBy,
      durationMs: wire.deadlines.now() - this.#startMs,
      bytesIn: this.#body.bytes,
      bytesOut: this.#answer.bytes,
      attempts: this.#attempts,
    });
    this.#client.exchangeEnded(this.#answer.isPersistent);
  }
}
