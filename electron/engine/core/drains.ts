import type { ConnectionPool } from '../http/backend/connection-pool.ts';
import type { Backend } from '../pool/backend.ts';
import type { Clock } from '../system/clock.ts';

/** Backends that get no more requests: what is in flight there may finish, but not for ever. */
export class Drains {
  readonly #clock: Clock;
  readonly #cancels = new Map<Backend, () => void>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** @param limitMs after which whatever is still in flight is cut, WebSockets too */
  start(backend: Backend, connections: ConnectionPool, limitMs: number): void {
    this.end(backend);
    connections.closeIdle();
    backend.drainEndsAt = this.#clock.now() + limitMs;
    const cancel = this.#clock.after(limitMs, () => {
      this.end(backend);
      connections.cutAll();
    });
    this.#cancels.set(backend, cancel);
  }

  /** It is used again, or has been cut already. */
  end(backend: Backend): void {
    this.#cancels.get(backend)?.();
    this.#cancels.delete(backend);
    backend.drainEndsAt = null;
  }

  stop(): void {
    for (const backend of [...this.#cancels.keys()]) this.end(backend);
  }
}
