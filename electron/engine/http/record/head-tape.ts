import type { RecordedHeads } from '../../../../shared/view/exchange-record.ts';
import { HeadSampler } from './head-sampler.ts';

/** Bytes: the heads of 5,000 exchanges of browsers with their cookies. Taken when the first is written. */
export const HEADS_KEPT_BYTES = 2 ** 24;
/** Bytes of one head; what is longer than any listener should allow is cut. */
const MOST = 2 ** 17;
/** Three lengths stand before three heads. */
const LENGTHS = 12;

/** In the place of where heads begin, for an exchange whose heads were not kept. */
export const NO_HEADS = -1;

/**
 * The heads of exchanges, one after the other, written over from the start when the end is reached. Kept as strings
 * they would be objects for the garbage collector to carry along; here they are bytes it never looks at.
 */
export class HeadTape {
  #bytes: Buffer | null = null;
  #written = 0;
  readonly #plain: HeadSampler;
  readonly #telling: HeadSampler;

  /** @param now milliseconds, of any clock */
  constructor(now: () => number) {
    this.#plain = new HeadSampler(now);
    this.#telling = new HeadSampler(now);
  }

  /** Whether the heads of one more exchange are to be written; those that went wrong are chosen among themselves. */
  takes(isTelling: boolean): boolean {
    return (isTelling ? this.#telling : this.#plain).takes();
  }

  /**
   * All three as on the wire, one character a byte; empty for one there was not.
   *
   * @param request as the client sent it
   * @param forwarded as a backend got it
   * @param answer as the client got it
   * @returns where they begin
   */
  write(request: string, forwarded: string, answer: string): number {
    this.#bytes ??= Buffer.allocUnsafeSlow(HEADS_KEPT_BYTES);
    const bytes = this.#bytes;
    const [ofRequest, ofForwarded, ofAnswer] = [cut(request), cut(forwarded), cut(answer)];
    const room = LENGTHS + ofRequest.length + ofForwarded.length + ofAnswer.length;
    let start = this.#written;
    // Never over the end: what is left there stays empty.
    if ((start % HEADS_KEPT_BYTES) + room > HEADS_KEPT_BYTES)
      start += HEADS_KEPT_BYTES - (start % HEADS_KEPT_BYTES);
    const at = start % HEADS_KEPT_BYTES;
    bytes.writeUInt32LE(ofRequest.length, at);
    bytes.writeUInt32LE(ofForwarded.length, at + 4);
    bytes.writeUInt32LE(ofAnswer.length, at + 8);
    // One call for all three, which is a third less than one for each.
    bytes.write(ofRequest + ofForwarded + ofAnswer, at + LENGTHS, 'latin1');
    this.#written = start + room;
    return start;
  }

  /** @returns null when they were not kept, or have been written over */
  read(start: number): RecordedHeads | null {
    const bytes = this.#bytes;
    if (start === NO_HEADS || !bytes || this.#written - start > HEADS_KEPT_BYTES) return null;
    const at = start % HEADS_KEPT_BYTES;
    const request = at + LENGTHS;
    const forwarded = request + bytes.readUInt32LE(at);
    const answer = forwarded + bytes.readUInt32LE(at + 4);
    const end = answer + bytes.readUInt32LE(at + 8);
    return {
      request: bytes.toString('latin1', request, forwarded),
      forwarded: forwarded === answer ? null : bytes.toString('latin1', forwarded, answer),
      answer: answer === end ? null : bytes.toString('latin1', answer, end),
    };
  }
}

function cut(head: string): string {
  return head.length > MOST ? head.slice(0, MOST) : head;
}
