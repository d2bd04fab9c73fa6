import { Socket } from 'node:net';
import { describeSocketError } from '../../../../shared/text/socket-error.ts';
import { connectionEnds } from '../client/connection-ends.ts';
import type { Deadlines, Expiring } from '../exchange/deadlines.ts';
import type { DetachedSocket } from '../exchange/tunnel.ts';
import { type BodyDecoder, type BodySink, createBodyDecoder } from '../message/body-decoder.ts';
import type { Fields } from '../message/fields.ts';
import { mayBeginResponse } from '../message/foreign-bytes.ts';
import { Malformed } from '../message/malformed.ts';
import { MessageWriter } from '../message/message-writer.ts';
import { PendingBytes } from '../message/pending-bytes.ts';
import type { ResponseHead } from '../message/response-head.ts';
import { takeResponse } from '../message/response-reader.ts';
import { makePatient } from './failed-writes.ts';
import type { AttemptFailure, AttemptFailureCode } from './retry.ts';
import type { BytesTaker, SocketReader } from './socket-reader.ts';
import type { WireSocket } from './wire-socket.ts';

/** Whoever uses the connection at the moment. */
export interface AttemptOwner extends BodySink {
  /** The head of the final answer, or of an interim one (status 1xx), after which another follows. */
  responseHead(head: ResponseHead): void;
  responseEnd(trailers: Fields): void;
  /** All that was read so far has been handed on. */
  responseFlush(): void;
  /** The connection is gone or useless; it is already destroyed. */
  attemptFailed(failure: AttemptFailure): void;
  /** What was written has gone out. */
  requestDrained(): void;
  /** Whether bytes of an answer have been handed on and not yet taken by the client. */
  readonly isAnswerWaiting: boolean;
}

/** One connection to a backend: it serves one attempt at a time, and rests in its pool in between. */
export class BackendConnection implements Expiring {
  readonly socket: WireSocket;
  readonly writer: MessageWriter;
  /** What tells this connection from all others; see `connectionEnds`. */
  readonly ends: string;
  deadlineMs = 0;
  /** Whether an exchange has been served on it: the backend may be closing it as the next one is sent. */
  isReused = false;
  /** Whether it belongs to one client's connection; see `PrivateConnections`. */
  isPrivate = false;
  /** Whether it serves nobody after this: bytes came after the answer's end, or faults are at work on it. */
  isPoisoned = false;
  readonly #reader: SocketReader;
  readonly #deadlines: Deadlines;
  readonly #onGone: (connection: BackendConnection) => void;
  #owner: AttemptOwner | null = null;
  #goAway: ((reason: string) => void) | null = null;
  #method = '';
  #decoder: BodyDecoder | null = null;
  #isUntilClose = false;
  readonly #pending = new PendingBytes();
  /** How many of the pending bytes have been looked at. */
  #checked = 0;
  #hasAnswered = false;
  /** What a write failed with; what the backend has sent before that is still to be read. */
  #writeError: Error | null = null;

  constructor(
    socket: WireSocket,
    reader: SocketReader,
    deadlines: Deadlines,
    onGone: (connection: BackendConnection) => void,
  ) {
    this.socket = socket;
    this.#reader = reader;
    this.ends = connectionEnds(socket.localAddress, socket.localPort, socket.remotePort);
    this.writer = new MessageWriter(socket);
    this.#deadlines = deadlines;
    this.#onGone = onGone;
    reader.to(this.#onData);
    socket.on('drain', () => this.#owner?.requestDrained());
    socket.on('end', () => this.#onEnd());
    socket.on('writeFailed', (error: Error) => {
      this.#writeError = error;
    });
    socket.on('error', (error) => this.#lose('reset', describeSocketError(error)));
    socket.on('close', () => this.#lose('closed', 'connection closed'));
    deadlines.add(this);
  }

  /** Takes the connection for one attempt; the owner writes the request through `writer`. */
  begin(owner: AttemptOwner, method: string): void {
    this.#owner = owner;
    this.#method = method;
    this.#decoder = null;
    this.#hasAnswered = false;
    this.deadlineMs = 0;
  }

  /** Before a request body is sent: a response that refuses it is still read after the backend has closed. */
  readAfterFailedWrites(): void {
    // One with faults at work on it was made so when it was dialled.
    if (this.socket instanceof Socket) makePatient(this.socket);
  }

  /** Gives it back whole: the answer has ended and the request was sent. */
  rest(keepAliveMs: number): void {
    this.#owner = null;
    this.isReused = true;
    this.deadlineMs = this.#deadlines.now() + keepAliveMs;
  }

  /**
   * Stops being an HTTP connection after a 101: the caller reads the socket from here on.
   *
   * @param goAway ends it in place of `cut`
   */
  detach(goAway: (reason: string) => void): DetachedSocket {
    this.#goAway = goAway;
    this.#owner = null;
    for (const event of ['end', 'drain']) this.socket.removeAllListeners(event);
    return {
      socket: this.socket,
      early: this.#pending.bytes ?? Buffer.alloc(0),
      onData: (take) => this.#reader.to(take),
    };
  }

  /** The user took the backend out: whoever is served here hears that. */
  cut(why = 'taken out of rotation by you'): void {
    if (this.#goAway) this.#goAway('the backend was taken out');
    else this.#lose('cut', why);
  }

  /** The backend has crashed, or is made to look as if it had. */
  crash(): void {
    this.#lose('reset', 'connection reset');
  }

  destroy(): void {
    this.#owner = null;
    this.#lose('closed', '');
  }

  /** Rested for longer than the keep-alive time. */
  expire(): void {
    this.destroy();
  }

  readonly #onData: BytesTaker = (bytes) => {
    const owner = this.#owner;
    if (!owner) {
      // Bytes nobody asked for belong to no answer: the connection cannot be trusted any more.
      this.destroy();
      return false;
    }
    if (!this.#hasAnswered) {
      if (this.isReused && !mayBeginResponse(bytes)) {
        this.#lose('stale', 'it sent more than its last response on the kept connection');
        return false;
      }
      this.#hasAnswered = true;
    }
    let at = 0;
    while (this.#owner && at < bytes.length) {
      at = this.#decoder ? this.#readBody(bytes, at, this.#decoder) : this.#readHead(bytes, at);
    }
    this.#owner?.responseFlush();
    return owner.isAnswerWaiting;
  };

  #readHead(bytes: Buffer, from: number): number {
    const rest = from === 0 ? bytes : bytes.subarray(from);
    const head = this.#pending.bytes ? this.#pending.append(rest) : rest;
    const taken = takeResponse(head, this.#checked, this.#method);
    if (taken instanceof Malformed) {
      this.#lose('malformed', taken.words);
      return bytes.length;
    }
    if (taken === null) {
      // What was read into is read into again.
      if (!this.#pending.bytes) this.#pending.append(Buffer.from(head));
      this.#checked = head.length;
      return bytes.length;
    }
    const { head: response, end } = taken;
    const consumed = end - (head.length - rest.length);
    this.#pending.reset(null);
    this.#checked = 0;
    if (response.status === 101) {
      this.#pending.append(Buffer.from(head.subarray(end)));
      this.#owner?.responseHead(response);
      return bytes.length;
    }
    if (response.status < 200) {
      this.#owner?.responseHead(response);
      return from + consumed;
    }
    const decoder = createBodyDecoder(response.framing);
    this.#decoder = decoder;
    this.#isUntilClose = response.framing.kind === 'until-close';
    this.#owner?.responseHead(response);
    this.#endIfDone(decoder, bytes, from + consumed);
    return from + consumed;
  }

  #readBody(bytes: Buffer, from: number, decoder: BodyDecoder): number {
    const owner = this.#owner;
    if (!owner || decoder.isDone) {
      this.isPoisoned = true;
      return bytes.length;
    }
    const at = decoder.decode(bytes, from, owner);
    if (decoder.malformed) this.#lose('malformed', decoder.malformed.words);
    else this.#endIfDone(decoder, bytes, at);
    return at;
  }

  #endIfDone(decoder: BodyDecoder, bytes: Buffer, at: number): void {
    if (!decoder.isDone || !this.#owner) return;
    if (at < bytes.length) this.isPoisoned = true;
    this.#owner.responseEnd(decoder.trailers);
  }

  #onEnd(): void {
    if (this.#writeError) {
      this.#lose('reset', describeSocketError(this.#writeError));
      return;
    }
    if (this.#owner && this.#decoder && this.#isUntilClose) this.#owner.responseEnd([]);
    this.#lose('closed', 'connection closed');
  }

  #lose(code: AttemptFailureCode, words: string): void {
    const owner = this.#owner;
    this.#owner = null;
    const isUnsent = this.#writeError !== null || this.socket.writableLength > 0;
    if (!this.socket.destroyed) this.socket.destroy();
    this.#deadlines.remove(this);
    this.#reader.close();
    this.#onGone(this);
    if (!owner) return;
    const hasAnswered = this.#hasAnswered;
    const isStale = (code === 'closed' || code === 'reset') && this.isReused && !hasAnswered;
    if (isStale)
      owner.attemptFailed({ code: 'stale', words: 'the kept connection had been closed', hasAnswered });
    else owner.attemptFailed({ code, words, hasAnswered, isUnsent });
  }
}
