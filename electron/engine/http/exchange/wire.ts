import type { Socket } from 'node:net';
import type { BackendFaults } from '../../faults/backend-faults.ts';
import type { Backend } from '../../pool/backend.ts';
import { ConnectionPool } from '../backend/connection-pool.ts';
import { LargeBuffers } from '../backend/socket-reader.ts';
import { connectionEnds } from '../client/connection-ends.ts';
import { LoopMark } from '../client/loop-mark.ts';
import { HttpDate } from '../message/http-date.ts';
import type { ExchangeObserver } from '../record/observer.ts';
import { Deadlines } from './deadlines.ts';
import type { Tunnel } from './tunnel.ts';

/** What all connections of one engine share. */
export class Wire {
  readonly deadlines = new Deadlines();
  readonly date = new HttpDate(Date.now);
  readonly loopMark = new LoopMark();
  readonly observer: ExchangeObserver;
  /** Upgraded connections that are open, oldest first. */
  readonly tunnels = new Set<Tunnel>();
  readonly #faultsOf: (backend: Backend) => BackendFaults | undefined;
  readonly #pools = new Map<Backend, ConnectionPool>();
  readonly #shared = { deadlines: this.deadlines, larges: new LargeBuffers(), ownEnds: new Set<string>() };
  #lastId = 0;
  #lastTunnelId = 0;

  constructor(observer: ExchangeObserver, faultsOf: (backend: Backend) => BackendFaults | undefined) {
    this.observer = observer;
    this.#faultsOf = faultsOf;
  }

  /** In the order they end. */
  nextExchangeId(): number {
    return ++this.#lastId;
  }

  nextTunnelId(): number {
    return ++this.#lastTunnelId;
  }

  /** Whether a client's connection was opened here: a backend's URL then leads back to a listener. */
  isOwnConnection(client: Socket): boolean {
    return this.#shared.ownEnds.has(
      connectionEnds(client.remoteAddress, client.remotePort, client.localPort),
    );
  }

  /** A connection that a probe opened: where it leads back to a listener, it is answered and goes no further. */
  addOwn(socket: Socket): void {
    const ends = connectionEnds(socket.localAddress, socket.localPort, socket.remotePort);
    this.#shared.ownEnds.add(ends);
    socket.once('close', () => this.#shared.ownEnds.delete(ends));
  }

  connectionsTo(backend: Backend): ConnectionPool {
    let pool = this.#pools.get(backend);
    if (!pool) {
      pool = new ConnectionPool(backend, this.#faultsOf(backend) ?? null, this.#shared);
      this.#pools.set(backend, pool);
    }
    return pool;
  }

  /** Bytes that came over the backend's open connections; it makes no pool for one that has none yet. */
  bytesReadFrom(backend: Backend): number {
    return this.#pools.get(backend)?.bytesRead ?? 0;
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
