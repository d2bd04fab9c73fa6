import type { FaultOf } from '../../../shared/config/fault-schema.ts';
import { ByteQueue } from './byte-queue.ts';
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
    const held = new ByteQueue();
    let hasEnded = false;
    let isOver = false;
    let isWaiting = false;
    /** What has gone since it last had to begin anew; by the clock, so that late timers are made up for. */
    let startMs = 0;
    let gone = 0;
    const send = (count: number): void => {
      const end = gone + count;
      for (let part = held.take(count); part; part = held.take(end - gone)) {
        gone += part.length;
        next.pass(part);
      }
      if (held.isEmpty && hasEnded) next.end();
    };
    const wait = (): void => {
      isWaiting = true;
      line.after(Math.max(PORTION_MS, 1 / bytesPerMs), () => {
        isWaiting = false;
        if (isOver) return;
        send(Math.floor((line.now() - startMs) * bytesPerMs) - gone);
        if (!held.isEmpty) wait();
      });
    };
    return {
      pass(bytes) {
        if (isOver) {
          next.pass(bytes);
          return;
        }
        held.add(bytes);
        if (isWaiting) return;
        startMs = line.now();
        gone = 0;
        wait();
      },
      end() {
        hasEnded = true;
        if (held.isEmpty) next.end();
      },
      release() {
        isOver = true;
        // The end has been told already where nothing waits.
        if (!held.isEmpty) send(Number.POSITIVE_INFINITY);
      },
    };
  };
}
