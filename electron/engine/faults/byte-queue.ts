/** Bytes that wait, to be taken in portions of another size than they came in. */
export class ByteQueue {
  readonly #parts: Buffer[] = [];

  get isEmpty(): boolean {
    return this.#parts.length === 0;
  }

  add(bytes: Buffer): void {
    this.#parts.push(bytes);
  }

  /** @returns the next bytes, `most` of them or fewer; null when none wait, or none are asked for */
  take(most: number): Buffer | null {
    const [first] = this.#parts;
    if (!first || most <= 0) return null;
    if (first.length <= most) this.#parts.shift();
    else this.#parts[0] = first.subarray(most);
    return first.subarray(0, most);
  }
}
