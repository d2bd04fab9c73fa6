import { isFreePort } from '../../engine/system/free-port.ts';

/**
 * Below what Linux (32768), macOS and Windows (49152) give to outgoing connections: such a connection could take an
 * instance's port between its end and its next start.
 */
const FIRST = 20_000;
const COUNT = 10_000;
const TRIES = 200;

/** Ports for instances: free on loopback when given, and given to one instance at a time. */
export class Ports {
  readonly #taken = new Set<number>();
  readonly #random: () => number;

  /** @param random from 0 to 1, 1 excluded */
  constructor(random: () => number = Math.random) {
    this.#random = random;
  }

  /**
   * @param before the port it had, which it gets again when that is still free
   * @throws when 200 ports in a row are in use
   */
  async take(before: number | null): Promise<number> {
    if (before !== null && !this.#taken.has(before) && (await this.#claim(before))) return before;
    for (let tries = 0; tries < TRIES; tries++) {
      const port = FIRST + Math.floor(this.#random() * COUNT);
      if (!this.#taken.has(port) && (await this.#claim(port))) return port;
    }
    throw new Error(`no free port from ${FIRST} to ${FIRST + COUNT - 1}`);
  }

  release(port: number): void {
    this.#taken.delete(port);
  }

  async #claim(port: number): Promise<boolean> {
    // First, so that two that ask at once do not get the same.
    this.#taken.add(port);
    if (await isFreePort(port)) return true;
    this.#taken.delete(port);
    return false;
  }
}
