import type { Socket } from 'node:net';
import { formatDuration } from '../../../../shared/config/duration.ts';
import { REFUSAL_STATUS, type RefusalCode } from '../../../../shared/view/refusal.ts';
import type { Expiring } from '../exchange/deadlines.ts';
import { Exchange } from '../exchange/exchange.ts';
import type { DetachedSocket } from '../exchange/tunnel.ts';
import type { Wire } from '../exchange/wire.ts';
import { type BodyDecoder, createBodyDecoder } from '../message/body-decoder.ts';
import { ForwardedLines } from '../message/forwarded-lines.ts';
import { Malformed } from '../message/malformed.ts';
import { MessageWriter } from '../message/message-writer.ts';
import { PendingBytes } from '../message/pending-bytes.ts';
import type { RequestHead } from '../message/request-head.ts';
import { headTooLate } from '../message/request-limits.ts';
import { HeadProgress, takeRequest } from '../message/request-reader.ts';
import { answeredHere, hostNotAllowed } from './answered-here.ts';
import type { Listener } from './listener.ts';
import {
  type LocalAnswer,
  localAnswerText,
  localRecord,
  localRefusal,
  NO_HEALTHY_SERVER,
} from './local-answer.ts';
import type { PrivateConnections } from './private-connections.ts';
import { RequestTraits } from './request-traits.ts';
import { knownOfRequest } from './unreadable-request.ts';

/** How long a closing connection is read from, so that its last answer is not lost to a reset; again with all that comes. */
const LINGER_MS = 2_000;
/** The longest that it is, for a client that goes on with an upload nobody wants. */
const MAX_LINGER_MS = 30_000;

/** How long a connection made just before its listener closes has to send its first request. */
const FIRST_REQUEST_MS = 500;

type Phase = 'idle' | 'head' | 'exchange' | 'closing' | 'detached';

/** One client's connection: cuts what it sends into requests, and serves them one after the other. */
export class ClientConnection implements Expiring {
  readonly wire: Wire;
  readonly listener: Listener;
  readonly writer: MessageWriter;
  readonly address: string;
  readonly port: number;
  readonly proto: 'http' | 'https';
  readonly forwardedLines: ForwardedLines;
  readonly traits: RequestTraits;
  /** Null until a backend connection is this client's alone. */
  privates: PrivateConnections | null = null;
  /** The head of the request it is at, as it came. */
  headText = '';
  deadlineMs: number;
  readonly #socket: Socket;
  /** The system's own: the same, or what is below TLS. */
  readonly #transport: Socket;
  #phase: Phase = 'idle';
  #exchange: Exchange | null = null;
  /** Reads the current request's body; null when it has none, or has ended. */
  #decoder: BodyDecoder | null = null;
  /** Read, but not yet used: part of a head, or requests that wait for their turn. */
  readonly #pending = new PendingBytes();
  readonly #progress = new HeadProgress();
  #isHalfClosed = false;
  #own: boolean | null = null;
  #isAdvancing = false;
  #hasServed = false;
  /** When a closing connection is read no more, whatever comes; null before all has been sent. */
  #lingerEndMs: number | null = null;

  /** @param transport what is below TLS; null when there is none */
  constructor(socket: Socket, listener: Listener, wire: Wire, transport: Socket | null) {
    this.#socket = socket;
    this.#transport = transport ?? socket;
    this.proto = transport ? 'https' : 'http';
    this.listener = listener;
    this.wire = wire;
    this.writer = new MessageWriter(socket);
    this.address = (socket.remoteAddress ?? '').replace(/^::ffff:/, '');
    this.port = socket.remotePort ?? 0;
    this.forwardedLines = new ForwardedLines(this.address, this.proto);
    this.traits = new RequestTraits((forwardedFor) =>
      this.listener.trustedProxies.clientOf(this.address, forwardedFor),
    );
    this.deadlineMs = wire.deadlines.now() + listener.config.timeouts.idle;
    socket.on('data', (bytes) => this.#onData(bytes));
    socket.on('end', () => this.#onEnd());
    socket.on('drain', () => this.#onDrain());
    // Its `close` follows, and says all there is to say.
    socket.on('error', () => undefined);
    socket.on('close', () => this.#onClose());
    wire.deadlines.add(this);
  }

  /** The listener is closing. A connection at rest is closed; one that has just been made may yet ask something. */
  retire(): void {
    if (this.#phase !== 'idle') return;
    if (this.#hasServed) this.#socket.destroySoon();
    else this.deadlineMs = this.wire.deadlines.now() + FIRST_REQUEST_MS;
  }

  /** Whether it reads more slowly than it is answered. */
  get isCongested(): boolean {
    return this.writer.isCongested;
  }

  /** Whether what this client says of those it asks for is believed. */
  get isTrusted(): boolean {
    return this.listener.trustedProxies.has(this.address);
  }

  /** Whether it is at a request, or at what a request has become. */
  get isBusy(): boolean {
    return this.#exchange !== null;
  }

  /** The listener waits no longer: what is in flight is cut, visibly. */
  cutOff(): void {
    if (this.#exchange) this.#exchange.cutOff();
    else if (this.#phase !== 'closing') this.#socket.destroy();
  }

  pause(): void {
    if (!this.#socket.isPaused()) this.#socket.pause();
  }

  resume(): void {
    if (this.#socket.isPaused()) this.#socket.resume();
  }

  destroy(): void {
    this.#socket.destroy();
  }

  /** Ends it in the middle of an answer. With `reset`, for answers whose end would otherwise look whole. */
  cut(reset: boolean): void {
    this.#phase = 'closing';
    this.writer.flush();
    this.deadlineMs = this.wire.deadlines.now() + this.listener.config.timeouts.idle;
    // TLS has no reset of its own.
    if (reset) this.#transport.resetAndDestroy();
    else this.#socket.destroySoon();
  }

  /** Stops being an HTTP connection after a 101; its end is still reported to nobody but the tunnel. */
  detach(): DetachedSocket {
    this.#phase = 'detached';
    this.deadlineMs = 0;
    for (const event of ['data', 'end', 'drain']) this.#socket.removeAllListeners(event);
    const early = this.#pending.bytes ?? Buffer.alloc(0);
    this.#pending.reset(null);
    return { socket: this.#socket, early, onData: (take) => this.#socket.on('data', take) };
  }

  /** The exchange is over: the next request, or the end. */
  exchangeEnded(isPersistent: boolean): void {
    this.#exchange = null;
    this.#decoder = null;
    if (this.#phase !== 'exchange') return;
    if (!isPersistent || this.listener.isClosing || (this.#isHalfClosed && !this.#pending.bytes)) {
      this.#close();
      return;
    }
    this.#rest();
    // Whoever does not read what was sent gets no more: `drain` goes on from here.
    if (this.writer.isCongested) return;
    this.resume();
    this.#advance();
  }

  /** Whatever it sends is no request to this listener. */
  turnAway(code: RefusalCode, message: string): void {
    this.#refuse(code, message);
  }

  expire(): void {
    if (this.#exchange) this.#exchange.expire();
    else if (this.#phase === 'head')
      this.#refuse('head-timeout', headTooLate(formatDuration(this.listener.config.timeouts.head)));
    else this.#socket.destroy();
  }

  #onData(bytes: Buffer): void {
    if (this.#phase === 'closing') {
      if (this.#lingerEndMs !== null && !this.listener.isClosing)
        this.deadlineMs = Math.min(this.wire.deadlines.now() + LINGER_MS, this.#lingerEndMs);
      return;
    }
    let rest: Buffer | null = bytes;
    if (this.#decoder && this.#exchange) rest = this.#readBody(bytes, this.#decoder, this.#exchange);
    if (!rest || rest.length === 0) return;
    const pending = this.#pending.append(rest);
    if (this.#exchange || this.writer.isCongested) {
      // Requests that wait for their turn are kept up to the size of one head.
      if (pending.length > this.listener.config.limits.head) this.pause();
    } else {
      this.#advance();
    }
  }

  #onDrain(): void {
    if (this.#exchange) {
      this.#exchange.answerDrained();
      return;
    }
    if (this.#phase !== 'idle') return;
    this.#rest();
    this.resume();
    this.#advance();
  }

  /** Serves what is pending, one request after the other, for as long as they are answered at once. */
  #advance(): void {
    if (this.#isAdvancing) return;
    this.#isAdvancing = true;
    while (this.#isReadyForHead() && this.#pending.bytes && this.#readHead(this.#pending.bytes)) {
      // Every round has taken one request off what is pending.
    }
    this.#isAdvancing = false;
    if (this.#isHalfClosed && !this.#exchange && this.#phase !== 'closing' && !this.#isHeldUp) this.#close();
  }

  /** Whether requests wait because the responses before them have not been read. */
  get #isHeldUp(): boolean {
    return this.#pending.bytes !== null && this.writer.isCongested;
  }

  /** Whatever follows the request that closes the connection is never read as another. */
  #isReadyForHead(): boolean {
    return !this.#exchange && this.#phase !== 'closing' && !this.writer.isCongested;
  }

  /** @returns whether a request was taken off; if not, more bytes are needed, or the connection is closing */
  #readHead(pending: Buffer): boolean {
    const taken = takeRequest(pending, this.listener.config.limits, this.#progress);
    if (taken instanceof Malformed) this.#refuse(taken.code, taken.words);
    else if (taken === null) this.#awaitHead();
    else {
      this.#pending.reset(taken.rest);
      this.#progress.reset();
      this.headText = taken.text;
      this.#serve(taken.head);
      return true;
    }
    return false;
  }

  #awaitHead(): void {
    if (this.#phase === 'head') return;
    this.#phase = 'head';
    this.deadlineMs = this.wire.deadlines.now() + this.listener.config.timeouts.head;
  }

  #serve(head: RequestHead): void {
    const route = this.listener.router.find(head);
    const refusal = answeredHere(head, this.#isOwn(), this.wire.loopMark, this.listener.config.limits.body);
    const answer = refusal ?? route?.answer(head.target);
    if (answer) {
      this.#answer(answer, head, refusal === null);
      return;
    }
    const pool = this.listener.poolFor(route);
    if (!pool) {
      const gone = localRefusal('no-backend', NO_HEALTHY_SERVER);
      this.#answer(gone, head, false);
      return;
    }
    if (pool.config.hostHeader === 'backend' && !this.listener.allowedHosts.has(head.host)) {
      this.#answer(hostNotAllowed(head.host, this.listener.config.name), head, true);
      return;
    }
    this.#phase = 'exchange';
    this.#hasServed = true;
    const exchange = new Exchange(this, head, pool, route);
    this.#exchange = exchange;
    this.#decoder = head.framing.kind === 'none' ? null : createBodyDecoder(head.framing);
    exchange.start();
    const { bytes } = this.#pending;
    if (this.#decoder && bytes && this.#exchange === exchange) {
      this.#pending.reset(null);
      this.#pending.reset(this.#readBody(bytes, this.#decoder, exchange));
    }
    this.#checkHalfClosed();
  }

  /** @returns what follows the body, null when nothing does */
  #readBody(bytes: Buffer, decoder: BodyDecoder, exchange: Exchange): Buffer | null {
    const at = decoder.decode(bytes, 0, exchange);
    if (decoder.malformed) {
      exchange.requestMalformed(decoder.malformed);
      return null;
    }
    if (decoder.isDone) {
      this.#decoder = null;
      exchange.requestEnd(decoder.trailers);
    } else {
      exchange.requestFlush();
    }
    return at < bytes.length ? bytes.subarray(at) : null;
  }

  #onEnd(): void {
    this.#isHalfClosed = true;
    if (this.#phase === 'closing') this.#socket.destroySoon();
    else if (this.#exchange) this.#checkHalfClosed();
    else if (!this.#isHeldUp) this.#close();
  }

  /** What is missing of a request will not come any more. A client that has its request sent may have gone. */
  #checkHalfClosed(): void {
    if (!this.#isHalfClosed || !this.#exchange) return;
    if (!this.#exchange.isRequestRead) this.#socket.destroy();
    else if (this.listener.config.halfClose === 'abort') this.#exchange.clientMayBeGone();
  }

  #onClose(): void {
    this.wire.deadlines.remove(this);
    this.listener.forget(this);
    this.privates?.close();
    const exchange = this.#exchange;
    if (this.#phase === 'detached') return;
    this.#phase = 'closing';
    exchange?.clientGone();
  }

  /** Found out with the first request, by when both ends of a connection of our own are known. */
  #isOwn(): boolean {
    this.#own ??= this.wire.isOwnConnection(this.#socket);
    return this.#own;
  }

  #rest(): void {
    this.#phase = 'idle';
    this.headText = '';
    this.traits.rest();
    this.deadlineMs = this.wire.deadlines.now() + this.listener.config.timeouts.idle;
  }

  /** Answers without a pool. What was not refused may be followed by another request, unless it has a body. */
  #answer(answer: LocalAnswer, head: RequestHead, mayGoOn: boolean): void {
    const isPersistent =
      mayGoOn && head.isPersistent && head.framing.kind === 'none' && !this.listener.isClosing;
    const text = localAnswerText(answer, { method: head.method, isPersistent, date: this.wire.date.now() });
    this.writer.head(text, false);
    this.writer.flush();
    const { status, refusal = null } = answer;
    const about = { method: head.method, target: head.target, client: this.traits.of(head).clientAddress };
    this.wire.observer.exchangeEnded(localRecord(this, about, { status, text, refusal }));
    if (isPersistent) this.#rest();
    else this.#close();
  }

  /** Refuses what is no request, or not a whole one. What is known of it is recorded. */
  #refuse(code: RefusalCode, message: string): void {
    const status = REFUSAL_STATUS[code];
    const about = { method: '', isPersistent: false, date: this.wire.date.now() };
    const text = localAnswerText({ status, words: message }, about);
    this.writer.head(text, false);
    this.writer.flush();
    const { method, target, headText } = knownOfRequest(this.#pending.bytes);
    this.headText = headText;
    const client = this.address;
    const refusal = { code, message };
    this.wire.observer.exchangeEnded(
      localRecord(this, { method, target, client }, { status, text, refusal }),
    );
    this.#close();
  }

  /** RFC 9112 section 9.6: half-close, and read on for a while, so that the client gets to read its answer. */
  #close(): void {
    this.#phase = 'closing';
    this.#pending.reset(null);
    // Unsent bytes get as much time as an idle client.
    this.deadlineMs = this.wire.deadlines.now() + this.listener.config.timeouts.idle;
    if (this.#isHalfClosed) {
      this.#socket.destroySoon();
      return;
    }
    this.resume();
    if (this.writer.isWaiting) {
      this.#socket.end(() => this.#linger());
    } else {
      this.#socket.end();
      this.#linger();
    }
  }

  #linger(): void {
    const now = this.wire.deadlines.now();
    this.deadlineMs = now + LINGER_MS;
    this.#lingerEndMs = now + MAX_LINGER_MS;
  }
}
