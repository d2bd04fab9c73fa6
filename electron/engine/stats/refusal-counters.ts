import { REFUSAL_STATUS, type RefusalCode } from '../../../shared/view/refusal.ts';
import type { RefusalCount } from '../../../shared/view/snapshot.ts';

/** Counts what each listener refused: error responses of Switchyard's own by cause, and failed TLS handshakes. */
export class RefusalCounters {
  readonly #byListener = new Map<string, Map<RefusalCode, number>>();
  readonly #handshakes = new Map<string, number>();

  refused(listener: string, code: RefusalCode): void {
    let counts = this.#byListener.get(listener);
    if (!counts) {
      counts = new Map();
      this.#byListener.set(listener, counts);
    }
    counts.set(code, (counts.get(code) ?? 0) + 1);
  }

  handshakeFailed(listener: string): void {
    this.#handshakes.set(listener, this.handshakeFailures(listener) + 1);
  }

  /** In the order in which each cause was first counted. */
  refusals(listener: string): readonly RefusalCount[] {
    const counts = this.#byListener.get(listener) ?? new Map<RefusalCode, number>();
    return [...counts].map(([code, count]) => ({ code, status: REFUSAL_STATUS[code], count }));
  }

  handshakeFailures(listener: string): number {
    return this.#handshakes.get(listener) ?? 0;
  }

  /** Forgets the listeners that are not among these. */
  keepOnly(listeners: readonly string[]): void {
    for (const counts of [this.#byListener, this.#handshakes])
      for (const name of counts.keys()) if (!listeners.includes(name)) counts.delete(name);
  }
}
