/** Bytes that have been read and wait for more. However small the pieces they come in, each is copied a few times at most. */
export class PendingBytes {
  #bytes: Buffer | null = null;
  /** What `bytes` is the beginning of, once more was appended; twice as long each time it is full. */
  #block: Buffer | null = null;

  /** Null when nothing waits. */
  get bytes(): Buffer | null {
    return this.#bytes;
  }

  /** @returns all that waits now; the only piece itself while there is one */
  append(more: Buffer): Buffer {
    const before = this.#bytes;
    if (before === null) {
      this.#bytes = more;
      return more;
    }
    const length = before.length + more.length;
    let block = this.#block;
    if (block === null || block.length < length) {
      block = Buffer.allocUnsafeSlow(2 * length);
      before.copy(block);
      this.#block = block;
    }
    more.copy(block, before.length);
    this.#bytes = block.subarray(0, length);
    return this.#bytes;
  }

  /** What was read of it is done with. @param rest what still waits; null for nothing */
  reset(rest: Buffer | null): void {
    this.#bytes = rest;
    this.#block = null;
  }
}
