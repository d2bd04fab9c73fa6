import type { MessageWriter } from '../message/message-writer.ts';

/** What is smaller is copied together with its neighbours: an object for each of many bytes takes a hundred times their size. */
const SMALL_BYTES = 4_096;
/** Smallest and largest piece of memory that small payloads are copied into. */
const FIRST_BLOCK_BYTES = 1_024;
const LAST_BLOCK_BYTES = 16_384;

/** A copy of what was sent, whose memory is at most a small multiple of its bytes whatever pieces they came in. */
export class ReplayBuffer {
  readonly #pieces: Buffer[] = [];
  /** Behind the pieces: takes what is small, and is a piece itself once it is full. */
  #block: Buffer | null = null;
  #filled = 0;

  /** Keeps the payload itself where that is cheap: its memory must not be written to afterwards. */
  add(payload: Buffer): void {
    const isFirst = this.#pieces.length === 0 && this.#block === null;
    // A slice keeps all that it was cut from. The first may: it is at most one read, and most bodies are one piece.
    if (isFirst || (payload.length >= SMALL_BYTES && payload.length * 2 >= payload.buffer.byteLength)) {
      this.#closeBlock();
      this.#pieces.push(payload);
      return;
    }
    let at = 0;
    while (at < payload.length) {
      const block = this.#openBlock();
      const count = payload.copy(block, this.#filled, at);
      this.#filled += count;
      at += count;
    }
  }

  writeTo(writer: MessageWriter): void {
    for (const piece of this.#pieces) writer.data(piece);
    if (this.#block) writer.data(this.#block.subarray(0, this.#filled));
  }

  #openBlock(): Buffer {
    const last = this.#block;
    if (last && this.#filled < last.length) return last;
    this.#closeBlock();
    const length = last ? Math.min(LAST_BLOCK_BYTES, 2 * last.length) : FIRST_BLOCK_BYTES;
    this.#block = Buffer.allocUnsafeSlow(length);
    this.#filled = 0;
    return this.#block;
  }

  #closeBlock(): void {
    if (this.#block) this.#pieces.push(this.#block.subarray(0, this.#filled));
    this.#block = null;
  }
}
