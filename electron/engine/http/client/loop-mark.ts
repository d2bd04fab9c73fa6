import { randomBytes } from 'node:crypto';

/**
 * How this engine names itself in CDN-Loop (RFC 8586), so that a request that comes back is known again, however many
 * balancers it passed in between. The name is another for each engine: one Switchyard in front of another is no loop.
 */
export class LoopMark {
  readonly #name = `switchyard-${randomBytes(6).toString('hex')}`;
  /** The line that every forwarded request gets, CRLF included. */
  readonly line = `CDN-Loop: ${this.#name}\r\n`;

  /** @param passedHops the CDN-Loop field of a request; null without one */
  isIn(passedHops: string | null): boolean {
    return passedHops?.includes(this.#name) ?? false;
  }
}
