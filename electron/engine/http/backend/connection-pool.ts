import { ok, type Result } from '../../../../shared/calls/result.ts';
import type { BackendFaults, DrawnFaults } from '../../faults/backend-faults.ts';
import type { Backend } from '../../pool/backend.ts';
import type { Deadlines } from '../exchange/deadlines.ts';
import { BackendConnection } from './backend-connection.ts';
import { type DialFailure, type Dialling, dial, TlsSessions } from './dial.ts';
import type { LargeBuffers } from './socket-reader.ts';

/** Idle connections kept per backend, at most. */
const MAX_IDLE = 1_024;

/** What the connections to all backends of one engine have in common. */
export interface SharedByConnections {
  readonly deadlines: Deadlines;
  readonly larges: LargeBuffers;
  /** The connections that are open, by their ends. */
  readonly ownEnds: Set<string>;
}

export type ConnectionCallback = (result: Result<BackendConnection, DialFailure>) => void;

/** The connections to one backend: busy ones, and idle ones ready for the next exchange. */
export class ConnectionPool {
  readonly backend: Backend;
  /** What is wrong with it for the time being; null for one that has left. */
  readonly faults: BackendFaults | null;
  /** How many responses have come, over all connections. */
  responses = 0;
  readonly #shared: SharedByConnections;
  readonly #all = new Set<BackendConnection>();
  readonly #sessions = new TlsSessions();
  /** Whether a probe waits for room: see `KeptConnections`. */
  #isReleased = false;
  #keepsNone = false;
  /** A stack: the connection used last is the least likely to have been closed meanwhile. */
  readonly #idle: BackendConnection[] = [];

  constructor(backend: Backend, faults: BackendFaults | null, shared: SharedByConnections) {
    this.backend = backend;
    this.faults = faults;
    this.#shared = shared;
  }

  get idleCount(): number {
    return this.#idle.length;
  }

  get busyCount(): number {
    return this.#all.size - this.#idle.length;
  }

  /** Of all connections that are open: it changes when the backend responds with something. */
  get bytesRead(): number {
    let bytes = 0;
    for (const { socket } of this.#all) bytes += socket.bytesRead ?? 0;
    return bytes;
  }

  /** A kept connection, or null when there is none: then `open` one. */
  takeIdle(): BackendConnection | null {
    return this.#idle.pop() ?? null;
  }

  /** @param faults what this connection has to put up with; it serves one attempt then */
  open(connectMs: number, faults: DrawnFaults | null, onDone: ConnectionCallback): Dialling {
    const options = { timeoutMs: connectMs, sessions: this.#sessions, larges: this.#shared.larges, faults };
    return dial(this.backend.config, options, (dialled, reader) => {
      if (!dialled.ok) {
        onDone(dialled);
        return;
      }
      const connection = new BackendConnection(dialled.value, reader, this.#shared.deadlines, this.#forget);
      connection.isPoisoned = faults !== null;
      this.#all.add(connection);
      this.#shared.ownEnds.add(connection.ends);
      onDone(ok(connection));
    });
  }

  /** @param keepAliveSeconds how long the backend says it keeps an idle connection; null when it does not say */
  giveBack(connection: BackendConnection, keepAliveSeconds: number | null): void {
    // Close a second before the backend does: a request must not cross its goodbye on the way.
    const hintMs = keepAliveSeconds === null ? Number.POSITIVE_INFINITY : keepAliveSeconds * 1_000 - 1_000;
    const keepAliveMs = Math.min(this.backend.times.keepAliveMs, hintMs);
    const isWanted = this.backend.admin === 'enabled' && !this.backend.hasLeft;
    const mayKeep = isWanted && !this.#isReleased && !this.#keepsNone;
    if (this.#idle.length >= MAX_IDLE || keepAliveMs <= 0 || !mayKeep) {
      connection.destroy();
      return;
    }
    connection.rest(keepAliveMs);
    this.#idle.push(connection);
  }

  /** Cuts what is in flight and closes what is idle: by default because the backend was switched off or removed. */
  cutAll(why?: string): void {
    for (const connection of [...this.#all]) connection.cut(why);
  }

  /** Whatever is in flight meets a reset. */
  crashAll(): void {
    for (const connection of [...this.#all]) connection.crash();
  }

  /** Closes idle connections, and keeps none until `resume`. @returns how many were closed */
  release(): number {
    this.#isReleased = true;
    const { idleCount } = this;
    this.closeIdle();
    return idleCount;
  }

  resume(): void {
    this.#isReleased = false;
  }

  /** The backend serves one connection at a time: none is kept until `keepAgain`. */
  keepNone(): void {
    this.#keepsNone = true;
    this.closeIdle();
  }

  /** What was learned of the backend may not hold any more. */
  keepAgain(): void {
    this.#keepsNone = false;
  }

  closeIdle(): void {
    for (const connection of [...this.#idle]) connection.destroy();
  }

  readonly #forget = (connection: BackendConnection): void => {
    this.#all.delete(connection);
    this.#shared.ownEnds.delete(connection.ends);
    const at = this.#idle.indexOf(connection);
    if (at !== -1) this.#idle.splice(at, 1);
  };
}
