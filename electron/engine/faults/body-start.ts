const HEAD_END = '\r\n\r\n';
/** Whatever has no end of a head within this is not HTTP, and counts as body. */
const MAX_HEAD_BYTES = 65_536;

/** Finds where the body of an answer begins, in bytes that come in pieces. Interim answers (1xx) are passed over. */
export class BodyStart {
  #head = '';
  #isFound = false;

  /** Whether the head has ended. */
  get isFound(): boolean {
    return this.#isFound;
  }

  /** @returns from where on these bytes are body; their length when none of them is */
  in(bytes: Buffer): number {
    if (this.#isFound) return 0;
    this.#head += bytes.toString('latin1');
    for (;;) {
      const end = this.#head.indexOf(HEAD_END);
      if (end === -1) {
        if (this.#head.length > MAX_HEAD_BYTES) this.#isFound = true;
        return bytes.length;
      }
      const afterHead = end + HEAD_END.length;
      if (!/^HTTP\/1\.[01] 1(?!01)/.test(this.#head)) {
        this.#isFound = true;
        return bytes.length - (this.#head.length - afterHead);
      }
      this.#head = this.#head.slice(afterHead);
    }
  }
}
