/** The time as Date has it (RFC 9110 section 5.6.7), worked out once a second. */
export class HttpDate {
  readonly #nowMs: () => number;
  #second = -1;
  #text = '';

  /** @param nowMs milliseconds since the epoch */
  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  now(): string {
    const ms = this.#nowMs();
    const second = Math.floor(ms / 1_000);
    if (second !== this.#second) {
      this.#second = second;
      this.#text = new Date(ms).toUTCString();
    }
    return this.#text;
  }
}
