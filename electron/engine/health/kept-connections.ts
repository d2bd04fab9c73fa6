/**
 * The proxy's own connections to a backend that are kept for later requests. A server that serves one connection at a time
 * (Python's `HTTPServer`, a single-threaded toy) waits for them to end, and answers no probe until then.
 */
export interface KeptConnections {
  /** Closes those that are idle, and keeps none until `resume`. @returns how many were closed */
  release(): number;
  resume(): void;
  /** From now on none is kept: the backend serves one connection at a time. */
  keepNone(): void;
}

/** How soon after the release a response has to come, to have come because of it. */
const SOON_MS = 100;
/** So often in a row, after different waits, is no coincidence. */
const ENOUGH = 2;

/** For one backend: gives probes that get no response room, and learns from what comes of it. */
export class ConnectionRoom {
  readonly #kept: KeptConnections;
  #proofs = 0;

  constructor(kept: KeptConnections) {
    this.#kept = kept;
  }

  /**
   * Watches one probe.
   *
   * @param timeoutMs of the probe
   * @param isWaiting whether it is connected and has no response yet
   * @returns to be called when the probe ends, with whether it had a response
   */
  watch(timeoutMs: number, isWaiting: () => boolean): (hasResponse: boolean) => void {
    let releasedAt: number | null = null;
    let closed = 0;
    const timer = setTimeout(
      () => {
        if (!isWaiting()) return;
        releasedAt = performance.now();
        closed = this.#kept.release();
      },
      // Another wait each time, so that a backend which takes just as long is not mistaken for one that waited for room.
      timeoutMs / (this.#proofs % 2 === 0 ? 2 : 4),
    );
    return (hasResponse) => {
      clearTimeout(timer);
      if (releasedAt === null) {
        if (hasResponse) this.#proofs = 0;
        return;
      }
      this.#kept.resume();
      const isProof = hasResponse && closed > 0 && performance.now() - releasedAt < SOON_MS;
      this.#proofs = isProof ? this.#proofs + 1 : 0;
      if (this.#proofs >= ENOUGH) this.#kept.keepNone();
    };
  }
}
