import type { FailedRequest } from '../engine/core/failed-request.ts';
import type { Clock } from '../engine/system/clock.ts';

/** Lines a second: enough for every request that a developer makes by hand, and no flood under load. */
const LINES_A_SECOND = 10;
const SECOND_MS = 1_000;

export interface FailedRequestPrinter {
  failedRequest(failed: FailedRequest): void;
  /** So many more failed within the last second, and were not printed. */
  failedRequestsOmitted(count: number): void;
}

/** Prints failed requests, ten a second at most, and how many it left out. */
export class FailedRequestLog {
  readonly #printer: FailedRequestPrinter;
  readonly #clock: Clock;
  #printed = 0;
  #omitted = 0;
  #cancel: (() => void) | null = null;

  constructor(printer: FailedRequestPrinter, clock: Clock) {
    this.#printer = printer;
    this.#clock = clock;
  }

  readonly add = (failed: FailedRequest): void => {
    // Switchyard's own probes, when a backend's URL leads back to it: its health says so already.
    if (failed.code === 'loop') return;
    this.#cancel ??= this.#clock.after(SECOND_MS, () => this.#nextSecond());
    if (this.#printed < LINES_A_SECOND) {
      this.#printed++;
      this.#printer.failedRequest(failed);
    } else this.#omitted++;
  };

  /** Reports what was left out so far. */
  stop(): void {
    this.#cancel?.();
    this.#nextSecond();
  }

  #nextSecond(): void {
    this.#cancel = null;
    this.#printed = 0;
    if (this.#omitted > 0) this.#printer.failedRequestsOmitted(this.#omitted);
    this.#omitted = 0;
  }
}
