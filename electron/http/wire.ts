import type { Backend } from '../pool/backend.ts';
import { ConnectionPool } from './connection-pool.ts';
import { Deadlines } from './deadlines.ts';
import type { ExchangeObserver } from './observer.ts';

/** What all connections of one engine share. */
export class Wire {
  readonly deadlines = new Deadlines();
  readonly observer: ExchangeObserver;
  readonly #pools = new Map<Backend, ConnectionPool>();
  #lastId = 0;

  constructor(observer: ExchangeObserver) {
    this.observer = observer;
  }

  nextExchangeId(): number {
    return ++this.#lastId;
  }

  connectionsTo(backend: Backend): ConnectionPool {
    let pool = this.#pools.get(backend);
    if (!pool) {
      pool = new ConnectionPool(backend, this.deadlines);
      this.#pools.set(backend, pool);
    }
    return pool;
  }

  /** The backend left the config: what is idle closes now, what is busy when it is done. */
  forget(backend: Backend): void {
    this.#pools.get(backend)?.closeIdle();
    this.#pools.delete(backend);
  }

  closeIdle(): void {
    for (const pool of this.#pools.values()) pool.closeIdle();
  }
}
