import type { TunnelSnapshot } from '../../../../shared/view/snapshot.ts';
import type { BytesTaker } from '../backend/socket-reader.ts';
import type { WireSocket } from '../backend/wire-socket.ts';
import { compact } from '../message/message-writer.ts';
import type { Deadlines, Expiring } from './deadlines.ts';
import { FramePosition, goingAwayFrame } from './websocket-frames.ts';

/** How long a side has to read what was sent last, once the other has gone. */
const LAST_WORDS_MS = 30_000;

/** How long both sides have to close, once they were told that the tunnel goes away. */
const GOING_AWAY_MS = 1_000;

export type TunnelAbout = Omit<TunnelSnapshot, 'bytesIn' | 'bytesOut'>;

/** A socket that has stopped speaking HTTP, and what had already been read from it. */
export interface DetachedSocket {
  readonly socket: WireSocket;
  readonly early: Buffer;
  /** Says where its bytes go from now on. */
  readonly onData: (take: BytesTaker) => void;
}

export interface TunnelOptions {
  readonly about: TunnelAbout;
  readonly deadlines: Deadlines;
  /** Where it is found while it is open. */
  readonly open: Set<Tunnel>;
  /** Silence in both directions after which the tunnel is closed. */
  readonly idleMs: number;
  /** Called once, when both sides are closed; bytes from the client, and to it. */
  readonly onClosed: (bytesIn: number, bytesOut: number) => void;
}

/** After a 101: bytes both ways, with back-pressure, until either side is gone (RFC 9110 section 7.8). */
export class Tunnel implements Expiring {
  deadlineMs = 0;
  readonly #options: TunnelOptions;
  readonly #client: WireSocket;
  readonly #backend: WireSocket;
  #bytesIn = 0;
  #bytesOut = 0;
  #isClosed = false;
  /** Null unless it is a WebSocket. */
  readonly #framesIn: FramePosition | null;
  readonly #framesOut: FramePosition | null;

  constructor(client: DetachedSocket, backend: DetachedSocket, options: TunnelOptions) {
    this.#options = options;
    this.#client = client.socket;
    this.#backend = backend.socket;
    const isWebSocket = options.about.protocol.toLowerCase() === 'websocket';
    this.#framesIn = isWebSocket ? new FramePosition() : null;
    this.#framesOut = isWebSocket ? new FramePosition() : null;
    this.#touch();
    options.open.add(this);
    options.deadlines.add(this);
    this.#pump(client, this.#backend, (bytes) => {
      this.#bytesIn += bytes.length;
      this.#framesIn?.pass(bytes);
    });
    this.#pump(backend, this.#client, (bytes) => {
      this.#bytesOut += bytes.length;
      this.#framesOut?.pass(bytes);
    });
  }

  expire(): void {
    if (!this.#isClosed) {
      this.goAway('nothing was sent for too long');
      return;
    }
    this.#client.destroy();
    this.#backend.destroy();
  }

  get isWebSocket(): boolean {
    return this.#framesIn !== null;
  }

  /**
   * Ends it by Switchyard's own decision. Both sides of a WebSocket get a close frame that says 1001, where one may be
   * put in: between two frames, and not after another close frame (RFC 6455 sections 5.4 and 5.5.1).
   *
   * @param reason ASCII: `Switchyard stopped listening`
   */
  goAway(reason: string): void {
    if (this.#isClosed) return;
    sayGoingAway(this.#client, this.#framesOut, reason, false);
    sayGoingAway(this.#backend, this.#framesIn, reason, true);
    this.#isClosed = true;
    this.#options.open.delete(this);
    // Both are read to their end: closed with bytes unread, a connection is reset, and the frame may be lost.
    for (const socket of [this.#client, this.#backend]) {
      socket.end();
      socket.resume();
    }
    this.deadlineMs = this.#options.deadlines.now() + GOING_AWAY_MS;
    this.#forgetIfGone();
    this.#options.onClosed(this.#bytesIn, this.#bytesOut);
  }

  snapshot(): TunnelSnapshot {
    return { ...this.#options.about, bytesIn: this.#bytesIn, bytesOut: this.#bytesOut };
  }

  #pump(from: DetachedSocket, to: WireSocket, count: (bytes: Buffer) => void): void {
    const { socket, early, onData } = from;
    const pass: BytesTaker = (bytes) => {
      if (this.#isClosed) return false;
      count(bytes);
      this.#touch();
      if (!to.write(compact(bytes, to))) socket.pause();
      return to.writableLength > 0;
    };
    if (early.length > 0) pass(early);
    onData(pass);
    to.on('drain', () => socket.resume());
    socket.on('end', () => to.end());
    socket.on('close', () => {
      this.#close();
      this.#forgetIfGone();
    });
    socket.resume();
  }

  #forgetIfGone(): void {
    if (this.#client.destroyed && this.#backend.destroyed) this.#options.deadlines.remove(this);
  }

  #touch(): void {
    this.deadlineMs = this.#options.deadlines.now() + this.#options.idleMs;
  }

  /** One side has gone. */
  #close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#options.open.delete(this);
    // What one side said last still reaches the other before the connection closes, if it is read.
    this.#client.destroySoon();
    this.#backend.destroySoon();
    this.deadlineMs = this.#options.deadlines.now() + LAST_WORDS_MS;
    this.#forgetIfGone();
    this.#options.onClosed(this.#bytesIn, this.#bytesOut);
  }
}

function sayGoingAway(to: WireSocket, frames: FramePosition | null, reason: string, isMasked: boolean): void {
  if (frames?.isBetweenFrames && !frames.isClosing && to.writable) to.write(goingAwayFrame(reason, isMasked));
}
