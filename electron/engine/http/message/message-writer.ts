import type { WireSocket } from '../backend/wire-socket.ts';
import { type Fields, serialiseFields } from './fields.ts';

/** Bodies up to this size are joined to the text before them: one string, one system call. */
const JOIN_BYTES = 4_096;
/** Unsent bytes beyond which the other side is asked to wait. */
export const WINDOW_BYTES = 65_536;

/**
 * What to hand to a socket for some bytes that were read: themselves, or a copy when they are few and have to wait. A slice
 * keeps all of the memory that was read into, 8 KiB or more, and a peer that sends single bytes sends many.
 */
export function compact(bytes: Buffer, to: WireSocket): Buffer {
  return bytes.length <= JOIN_BYTES && to.writableLength > 0 ? Buffer.from(bytes) : bytes;
}

/**
 * Puts one message after another on a socket. Text is held back until `flush`, so that a head and a small body
 * leave together; the owner flushes when it has handled all it has read.
 */
export class MessageWriter {
  readonly #socket: WireSocket;
  #text = '';
  #isChunked = false;

  constructor(socket: WireSocket) {
    this.#socket = socket;
  }

  /** Whether the reader at the other end lags behind; the socket's `drain` event says when it has caught up. */
  get isCongested(): boolean {
    return this.#socket.writableLength > WINDOW_BYTES;
  }

  /** Whether anything handed over has not gone out yet. */
  get isWaiting(): boolean {
    return this.#socket.writableLength > 0;
  }

  head(text: string, isChunked: boolean): void {
    this.#text += text;
    this.#isChunked = isChunked;
  }

  data(payload: Buffer): void {
    if (payload.length === 0) return;
    if (this.#isChunked) this.#text += `${payload.length.toString(16)}\r\n`;
    if (this.#text === '') {
      this.#socket.write(compact(payload, this.#socket));
    } else if (payload.length <= JOIN_BYTES) {
      this.#text += payload.toString('latin1');
    } else {
      this.#socket.cork();
      this.#socket.write(this.#text, 'latin1');
      this.#socket.write(payload);
      this.#socket.uncork();
      this.#text = '';
    }
    if (this.#isChunked) this.#text += '\r\n';
  }

  end(trailers: Fields): void {
    if (this.#isChunked) this.#text += `0\r\n${serialiseFields(trailers)}\r\n`;
    this.#isChunked = false;
    this.flush();
  }

  flush(): void {
    if (this.#text === '') return;
    this.#socket.write(this.#text, 'latin1');
    this.#text = '';
  }
}
