import type { Server } from 'node:http';
import type { Duplex } from 'node:stream';

/** Connections that have not shown the token yet. */
export const MAX_STRANGERS = 128;
/** Connections that have. They have places of their own, so that strangers cannot take them. */
export const MAX_OWNERS = 128;
/** After the last response: a reset in the same moment could overtake it. */
const LINGER_MS = 1_000;

/**
 * The connections of the control server. Every program and user of this machine can open some without the token, so each
 * of those ends in time, and when there are too many the oldest makes room.
 */
export class ControlConnections {
  /** With the timer that ends each. Oldest first, as a `Map` keeps them. */
  readonly #strangers = new Map<Duplex, NodeJS.Timeout>();
  readonly #owners = new Set<Duplex>();
  readonly #strangerMs: number;

  /** @param strangerMs how long a connection may live without the token, in milliseconds */
  constructor(server: Server, strangerMs: number) {
    this.#strangerMs = strangerMs;
    server.on('connection', (socket) => this.#add(socket));
  }

  /** The token came over this connection. @returns false when there are too many of those */
  admit(socket: Duplex): boolean {
    if (this.#owners.has(socket)) return true;
    if (this.#owners.size >= MAX_OWNERS) return false;
    this.#forget(socket);
    this.#owners.add(socket);
    return true;
  }

  /** Ends a connection with a last response; one that stays open on the other side is cut a second later. */
  endWith(socket: Duplex, text: string): void {
    socket.end(text);
    const timer = setTimeout(() => socket.destroy(), LINGER_MS);
    socket.once('close', () => clearTimeout(timer));
  }

  /** Whoever has not shown the token is not waited for. */
  dropStrangers(): void {
    for (const socket of this.#strangers.keys()) socket.destroy();
  }

  #add(socket: Duplex): void {
    const [oldest] = this.#strangers.keys();
    if (oldest && this.#strangers.size >= MAX_STRANGERS) {
      this.#forget(oldest);
      oldest.destroy();
    }
    const timer = setTimeout(() => socket.destroy(), this.#strangerMs);
    this.#strangers.set(socket, timer);
    socket.once('close', () => {
      this.#forget(socket);
      this.#owners.delete(socket);
    });
  }

  #forget(socket: Duplex): void {
    clearTimeout(this.#strangers.get(socket));
    this.#strangers.delete(socket);
  }
}
