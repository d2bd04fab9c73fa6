import type { FaultOf } from '../../shared/fault-schema.ts';
import type { CreateStage, Effect } from './line.ts';

/** Time between two portions: small enough to be smooth, large enough to cost nothing. */
const PORTION_MS = 20;

/** The bytes of one direction come at a fixed rate, each connection for itself, as over a slow line. */
export function bandwidth(fault: FaultOf<'bandwidth'>): Effect {
  const words = `bandwidth ${fault.rate} KB/s`;
  const stage = atRate(fault.rate);
  return fault.direction === 'to-client' ? { words, toClient: stage } : { words, toBackend: stage };
}

/** @param bytesPerMs which is as many KB/s */
function atRate(bytesPerMs: number): CreateStage {
  return (next, line) => {
    const held: Buffer[] = [];
    let hasEnded = false;
    let isOver = false;
    let isWaiting = false;
    /** What has gone since it last had to begin anew; by the clock, so that late timers are made up for. */
    let startMs = 0;
    let gone = 0;
    const send = (count: number): void => {
      let left = count;
      for (let first = held[0]; first && left > 0; first = held[0]) {
        const part = first.subarray(0, left);
        if (part.length === first.length) held.shift();
        else held[0] = first.subarray(left);
        left -= part.length;
        gone += part.length;
        next.pass(part);
      }
      if (held.length === 0 && hasEnded) next.end();
    };
    const wait = (): void => {
      isWaiting = true;
      line.after(Math.max(PORTION_MS, 1 / bytesPerMs), () => {
        isWaiting = false;
        if (isOver) return;
        send(Math.floor((line.now() - startMs) * bytesPerMs) - gone);
        if (held.length > 0) wait();
      });
    };
    return {
      pass(bytes) {
        if (isOver) {
          next.pass(bytes);
          return;
        }
        held.push(bytes);
        if (isWaiting) return;
        startMs = line.now();
        gone = 0;
        wait();
      },
      end() {
        hasEnded = true;
        if (held.length === 0) next.end();
      },
      release() {
        isOver = true;
        send(Number.POSITIVE_INFINITY);
      },
    };
  };
}
