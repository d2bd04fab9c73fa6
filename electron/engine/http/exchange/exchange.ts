import { REFUSAL_STATUS, type Refusal, type RefusalCode } from '../../../../shared/view/refusal.ts';
import type { Backend } from '../../pool/backend.ts';
import type { Pool } from '../../pool/pool.ts';
import type { Attempt } from '../backend/attempt.ts';
import { Attempts, type AttemptsListener } from '../backend/attempts.ts';
import type { BackendConnection } from '../backend/backend-connection.ts';
import type { AttemptFailure } from '../backend/retry.ts';
import type { ClientConnection } from '../client/client-connection.ts';
import { challengesConnection, PrivateConnections } from '../client/private-connections.ts';
import type { Route } from '../client/router.ts';
import type { BodySink } from '../message/body-decoder.ts';
import { clientOriginOf } from '../message/client-origin.ts';
import { NO_OPTIONS } from '../message/connection-options.ts';
import type { Fields } from '../message/fields.ts';
import type { Malformed } from '../message/malformed.ts';
import type { Addresses } from '../message/map-back.ts';
import type { RequestHead } from '../message/request-head.ts';
import { bodyTooLarge } from '../message/request-limits.ts';
import type { ResponseHead } from '../message/response-head.ts';
import { hasUnexpectedBody, hostFor, rewriteRequest } from '../message/rewrite-request.ts';
import { forwardableTrailers } from '../message/trailers.ts';
import { forwardableUpgrade, isOffered } from '../message/upgrade.ts';
import type { BodyCapture } from '../record/body-captures.ts';
import { NO_HEADS } from '../record/head-tape.ts';
import { Answer, type AnswerSource, CLIENT_LEFT } from './answer.ts';
import { ExchangeDeadline } from './exchange-deadline.ts';
import { RequestBody } from './request-body.ts';
import { isTelling } from './telling.ts';
import { Tunnel } from './tunnel.ts';

/** Most interim responses (1xx) to one request. Node sends one or two; a backend without end sends them without end. */
export const MAX_INTERIM_RESPONSES = 50;
const NO_PREFIXES = { client: '', backend: '' };

/** Bytes of a body that are written at most before the backend is read again. */
const TURN_BYTES = 262_144;

/**
 * One client request and its answer, over as many attempts as it takes. It ends exactly once, in `#end`, and by
 * then every attempt has been closed and every counter it raised lowered.
 */
export class Exchange implements BodySink, AttemptsListener {
  readonly #client: ClientConnection;
  readonly #head: RequestHead;
  readonly #pool: Pool;
  readonly #route: Route | null;
  readonly #deadline: ExchangeDeadline;
  readonly #body: RequestBody;
  readonly #answer: Answer;
  readonly #attempts: Attempts;
  /** Null while nobody wants to see bodies. */
  readonly #capture: BodyCapture | null;
  /** What the backend is offered to switch to; null for nothing. */
  readonly #upgradeTo: string | null;
  #answeredBy: string | null = null;
  /** The head that a backend got last; not kept while nobody watches. */
  #forwarded = '';
  #refusal: Refusal | null = null;
  #tunnel: Tunnel | null = null;
  #isEnded = false;
  #interims = 0;
  /** Whether the backend closes its connection after its error response: it does not want the rest of the body. */
  #isBodyUnwanted = false;
  /** Whether the client waits for its next turn to send more of the body. */
  #isTurnOver = false;
  /** Bytes of the body that had come when its turn began. */
  #turnStart = 0;

  /** @param route that brought it to the pool; null for the listener's default */
  constructor(client: ClientConnection, head: RequestHead, pool: Pool, route: Route | null) {
    this.#client = client;
    this.#head = head;
    this.#pool = pool;
    this.#route = route;
    this.#deadline = new ExchangeDeadline(client.wire.deadlines, client, pool.config.timeouts);
    this.#upgradeTo =
      head.upgrade === null ? null : forwardableUpgrade(head.upgrade, client.listener.config.upgrades);
    this.#body = new RequestBody(head.framing.kind === 'none');
    this.#answer = new Answer(client, head);
    this.#capture = client.wire.observer.bodies?.begin(pool.name) ?? null;
    const parts = { client, head, pool, body: this.#body, deadline: this.#deadline };
    this.#attempts = new Attempts(parts, this);
  }

  get isAnswerWaiting(): boolean {
    return this.#client.writer.isWaiting;
  }

  get isRequestRead(): boolean {
    return this.#body.isDone;
  }

  start(): void {
    this.#deadline.await('firstByte');
    const refusal = this.#client.listener.config.rehearsal ? this.#attempts.takeWish() : null;
    if (refusal === null) this.#attempts.startNext(null);
    else this.refuse('bad-override', refusal);
  }

  // The request, as the client sends it.

  bodyData(payload: Buffer): void {
    if (this.#isEnded) return;
    this.#body.add(payload);
    this.#capture?.request.add(payload);
    const limit = this.#client.listener.config.limits.body;
    if (limit !== undefined && this.#body.bytes > limit) {
      this.refuse('body-too-large', bodyTooLarge(limit));
      return;
    }
    this.#deadline.await('idle');
    if (this.#isBodyUnwanted) return;
    const connection = this.#attempts.current?.connection;
    if (connection) {
      connection.writer.data(payload);
      this.#body.letGoIfFull();
    }
    if (connection ? connection.writer.isCongested : this.#body.isFull) this.#client.pause();
  }

  /** All that was read of the body so far has been handed over, and more is to come. */
  requestFlush(): void {
    const connection = this.#attempts.current?.connection;
    if (!connection) return;
    connection.writer.flush();
    // The backend is read before more is written: a response that refuses the upload comes before the reset that follows.
    if (this.#answer.hasStarted || this.#isTurnOver || this.#body.bytes - this.#turnStart < TURN_BYTES)
      return;
    this.#turnStart = this.#body.bytes;
    this.#isTurnOver = true;
    this.#client.pause();
    setImmediate(Exchange.#takeTurn, this);
  }

  static #takeTurn(exchange: Exchange): void {
    exchange.#isTurnOver = false;
    if (exchange.#isEnded) return;
    const connection = exchange.#attempts.current?.connection;
    if (connection ? !connection.writer.isCongested : !exchange.#body.isFull) exchange.#client.resume();
  }

  requestEnd(trailers: Fields): void {
    if (this.#isEnded) return;
    const kept = trailers.length === 0 ? trailers : this.#trailersOfRequest(trailers);
    this.#body.end(kept);
    if (!this.#isBodyUnwanted) this.#attempts.current?.connection?.writer.end(kept);
    this.#deadline.await('firstByte');
    if (this.#answer.isDone) this.#finish();
  }

  requestMalformed(problem: Malformed): void {
    this.refuse(problem.code, problem.words);
  }

  /** The client closed its connection, or stopped in the middle of its request. */
  clientGone(): void {
    if (this.#isEnded) return;
    this.#attempts.close('the client left', false);
    this.#end(this.#answer.isDone ? this.#answer.status : CLIENT_LEFT);
  }

  /** The client has stopped sending, and may have gone. */
  clientMayBeGone(): void {
    this.#deadline.clientMayBeGone();
  }

  /** The client has read what was waiting for it. */
  answerDrained(): void {
    this.#attempts.current?.connection?.socket.resume();
  }

  expire(): void {
    if (this.#deadline.isClientGone) {
      if (this.#client.writer.isWaiting) this.#deadline.awaitReader();
      else this.#client.destroy();
      return;
    }
    const { words, isQueued, isHeld } = this.#deadline;
    const isBackendStalled = this.#attempts.current?.connection?.writer.isCongested;
    if (isQueued)
      this.#attempts.refuseUnserved(isHeld ? 'hold-timeout' : 'queue-timeout', `There was ${words}.`);
    else if (this.#answer.isDone) this.#finish();
    else if (this.#answer.hasStarted) this.#cutAnswer(words, !this.#client.isCongested);
    else if (!this.#body.isDone && !isBackendStalled)
      this.refuse('body-timeout', `The request body did not arrive: ${words}.`);
    else this.attemptFailed({ code: 'timeout', words, hasAnswered: false });
  }

  // The answer, as the attempt brings it.

  sendRequest(connection: BackendConnection, backend: Backend): void {
    const { config: listener } = this.#client.listener;
    if (this.#head.authenticatesConnection) connection.isPrivate = true;
    if (this.#head.framing.kind !== 'none') connection.readAfterFailedWrites();
    const closes = !connection.isPrivate && hasUnexpectedBody(this.#head);
    if (closes) connection.isPoisoned = true;
    const hop = {
      client: this.#client,
      listener,
      pool: this.#pool.config,
      route: this.#route,
      upgrade: this.#upgradeTo,
      closes,
      loopLine: this.#client.wire.loopMark.line,
    };
    const text = rewriteRequest(this.#head, backend.config.origin, hop);
    if (this.#client.wire.observer.heads) this.#forwarded = text;
    connection.writer.head(text, this.#head.framing.kind === 'chunked');
    this.#body.replay(connection.writer);
    if (!connection.writer.isCongested && !this.#isTurnOver) this.#client.resume();
  }

  requestDrained(): void {
    if (!this.#isTurnOver) this.#client.resume();
  }

  answerHead(head: ResponseHead, attempt: Attempt): void {
    const { backend } = attempt;
    if (attempt.answer && this.#pool.observesLatency) this.#pool.observe(backend, attempt.elapsedMs);
    if (head.status === 101) {
      this.#upgrade(head, attempt);
      return;
    }
    if (head.status < 200) {
      this.#interim(head);
      return;
    }
    this.#deadline.await('idle');
    if (head.status === 401 && attempt.connection && challengesConnection(head.fields))
      attempt.connection.isPrivate = true;
    this.#body.letGo();
    this.#isBodyUnwanted = !this.#body.isDone && !head.isPersistent && head.status >= 400;
    this.#answeredBy = backend.config.name;
    this.#answer.begin(head, this.#sourceOf(backend), this.#body.isDone);
  }

  /** It is no sign of the response that is waited for, and so changes no deadline. */
  #interim(head: ResponseHead): void {
    if (++this.#interims > MAX_INTERIM_RESPONSES) {
      const words = `It sent more than ${MAX_INTERIM_RESPONSES} interim responses (1xx).`;
      this.attemptFailed({ code: 'malformed', words, hasAnswered: true });
      return;
    }
    this.#answer.interim(head, this.#route?.responseEdits ?? null);
    if (this.#client.isCongested) this.#attempts.current?.connection?.socket.pause();
  }

  answerData(payload: Buffer): void {
    this.#answer.data(payload);
    this.#capture?.answer.add(payload);
    this.#deadline.await('idle');
    if (this.#client.isCongested) this.#attempts.current?.connection?.socket.pause();
  }

  answerFlush(): void {
    this.#client.writer.flush();
  }

  answerEnd(trailers: Fields): void {
    this.#answer.end(trailers.length === 0 ? trailers : this.#trailersOfAnswer(trailers));
    const connection = this.#attempts.current?.connection;
    // The backend would read as a request what it has not read of the body.
    if (
      connection?.isPrivate === false &&
      (!this.#body.isDone || connection.writer.isWaiting || this.#isBodyInDoubt)
    )
      connection.isPoisoned = true;
    // An answer may overtake its request; the rest of the request still goes where its beginning went.
    if (this.#body.isDone || !this.#answer.isPersistent || !this.#attempts.current?.answer?.isPersistent)
      this.#finish();
  }

  keepPrivate(connection: BackendConnection, { backend, answer }: Attempt): void {
    this.#client.privates ??= new PrivateConnections();
    this.#client.privates.keep(backend, connection, answer?.keepAliveSeconds ?? null);
  }

  attemptFailed(failure: AttemptFailure): void {
    if (this.#isEnded) return;
    if (this.#answer.isDone) this.#finish();
    else if (this.#answer.hasStarted)
      this.#cutAnswer(failure.words, failure.code !== 'cut', this.#body.isDone && failure.isUnsent !== true);
    else this.#attempts.retry(failure);
  }

  /** Whether the backend may have left the body unread: an error may be the response of a server that did not look at it. */
  get #isBodyInDoubt(): boolean {
    return this.#head.framing.kind !== 'none' && this.#answer.status >= 400;
  }

  #upgrade(head: ResponseHead, attempt: Attempt): void {
    const { connection, backend } = attempt;
    // RFC 9110 section 7.8: the switch comes after the whole request, and only on request.
    const offered = this.#upgradeTo;
    if (!connection || offered === null || !isOffered(head.upgrade, offered) || !this.#body.isDone) {
      this.attemptFailed({
        code: 'malformed',
        words: 'It switched protocols without being asked.',
        hasAnswered: true,
      });
      return;
    }
    this.#answeredBy = backend.config.name;
    this.#answer.switchProtocols(head, this.#sourceOf(backend));
    const { deadlines, tunnels } = this.#client.wire;
    const goAway = (reason: string) => this.#tunnel?.goAway(reason);
    this.#tunnel = new Tunnel(this.#client.detach(), attempt.detach(connection, goAway), {
      about: {
        id: this.#client.wire.nextTunnelId(),
        at: performance.timeOrigin + this.#deadline.startMs,
        pool: this.#pool.name,
        backend: backend.config.name,
        client: this.#attempts.request.clientAddress,
        target: this.#head.target,
        protocol: offered,
      },
      deadlines,
      open: tunnels,
      idleMs: this.#pool.config.timeouts.tunnel,
      onClosed: (bytesIn, bytesOut) => {
        this.#body.bytes += bytesIn;
        this.#answer.bytes = bytesOut;
        this.#attempts.close(null, false);
        this.#end(101);
      },
    });
  }

  #trailersOfRequest(trailers: Fields): Fields {
    const { connectionOptions } = this.#head;
    return forwardableTrailers(trailers, { connectionOptions, edits: this.#route?.requestEdits ?? null });
  }

  #trailersOfAnswer(trailers: Fields): Fields {
    const connectionOptions = this.#attempts.current?.answer?.connectionOptions ?? NO_OPTIONS;
    return forwardableTrailers(trailers, { connectionOptions, edits: this.#route?.responseEdits ?? null });
  }

  /** What the response's headers are mapped back by: read only when one of them holds an address. */
  get addresses(): Addresses {
    const attempt = this.#attempts.current;
    if (!attempt) throw new Error('only the response to an attempt has addresses');
    const { origin } = attempt.backend.config;
    const { client, backend } = this.#route?.prefixes ?? NO_PREFIXES;
    return {
      backend: origin,
      sentHost: hostFor(this.#head, origin, this.#pool.config.hostHeader),
      client: clientOriginOf(this.#head, this.#client, origin.authority),
      prefix: { client, backend: origin.basePath + backend },
    };
  }

  #sourceOf(backend: Backend): AnswerSource {
    const setCookie = this.#pool.cookieFor(backend, this.#attempts.request);
    return {
      backendUrl: backend.config.origin.url,
      setCookie,
      mapBack: this.#pool.config.mapBack ? this : null,
      edits: this.#route?.responseEdits ?? null,
    };
  }

  #cutAnswer(words: string, hasFailed: boolean, isEvidence = true): void {
    this.#attempts.close(words, hasFailed, isEvidence);
    this.#answer.cut();
    this.#end(this.#answer.status);
  }

  /** Answers without a backend, or in place of the one that failed. */
  refuse(code: RefusalCode, message: string, body = message): void {
    if (this.#isEnded) return;
    this.#refusal = { code, message };
    this.#attempts.close(message, false);
    if (this.#answer.hasStarted) this.#answer.cut();
    else this.#answer.local({ status: REFUSAL_STATUS[code], words: body }, this.#body.isDone);
    this.#end(this.#answer.status);
  }

  /** The listener closes, and waits no longer. */
  cutOff(): void {
    if (this.#isEnded) return;
    const words = 'Switchyard stopped listening before the response was complete';
    if (this.#tunnel) this.#tunnel.goAway('Switchyard stopped listening');
    else if (this.#answer.hasStarted) this.#cutAnswer(words, false);
    else this.refuse('stopping', `${words}.`);
  }

  #finish(): void {
    this.#answer.isPersistent &&= this.#body.isDone;
    this.#attempts.close(null, false);
    this.#end(this.#answer.status);
  }

  #end(status: number): void {
    this.#isEnded = true;
    const { observer } = this.#client.wire;
    const id = this.#client.wire.nextExchangeId();
    this.#capture?.end(id, this.#body.isDone, this.#answer.isDone);
    observer.exchangeEnded({
      id,
      at: performance.timeOrigin + this.#deadline.startMs,
      listener: this.#client.listener.config.name,
      pool: this.#pool.name,
      client: this.#attempts.request.clientAddress,
      clientPort: this.#client.port,
      method: this.#head.method,
      target: this.#head.target,
      status,
      backend: this.#answeredBy,
      durationMs: this.#deadline.elapsedMs,
      bytesIn: this.#body.bytes,
      bytesOut: this.#answer.bytes,
      attempts: this.#attempts.records,
      unserved: this.#attempts.unserved,
      refusal: this.#refusal,
      heads: this.#keepHeads(status),
    });
    this.#client.exchangeEnded(this.#answer.isPersistent);
  }

  /** @returns where they begin */
  #keepHeads(status: number): number {
    const { heads } = this.#client.wire.observer;
    if (!heads?.takes(isTelling(status, this.#attempts.records.length))) return NO_HEADS;
    return heads.write(this.#client.headText, this.#forwarded, this.#answer.headText);
  }
}
