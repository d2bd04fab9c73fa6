import { formatDuration } from '../../../shared/config/duration.ts';
import type { FaultOf } from '../../../shared/config/fault-schema.ts';
import { BodyStart } from './body-start.ts';
import type { CreateStage, Effect } from './line.ts';

/** The head comes in this many pieces, or in single bytes when it is shorter. */
const PIECES = 20;

/** The head of the answer trickles in; what follows it comes as it does. */
export function slowHeaders({ duration }: FaultOf<'slow-headers'>): Effect {
  return { words: `headers over ${formatDuration(duration)}`, toClient: trickle(duration) };
}

function trickle(durationMs: number): CreateStage {
  return (next, line) => {
    const bodyStart = new BodyStart();
    const head: Buffer[] = [];
    /** What follows the head, while that is on its way. */
    const rest: Buffer[] = [];
    let isOn = false;
    let hasEnded = false;
    let isOver = false;
    const letGo = (): void => {
      isOver = true;
      for (const one of [...head.splice(0), ...rest.splice(0)]) next.pass(one);
      if (hasEnded) next.end();
    };
    const send = (whole: Buffer, piece: number): void => {
      const pieces = Math.min(PIECES, whole.length);
      line.after(durationMs / pieces, () => {
        if (isOver) return;
        const end = Math.ceil((whole.length * piece) / pieces);
        next.pass(whole.subarray(Math.ceil((whole.length * (piece - 1)) / pieces), end));
        head[0] = whole.subarray(end);
        if (piece < pieces) send(whole, piece + 1);
        else {
          head.length = 0;
          letGo();
        }
      });
    };
    return {
      pass(bytes) {
        if (isOver) {
          next.pass(bytes);
          return;
        }
        const from = bodyStart.in(bytes);
        if (from > 0) head.push(bytes.subarray(0, from));
        if (from < bytes.length) rest.push(bytes.subarray(from));
        if (isOn || !bodyStart.isFound) return;
        isOn = true;
        const whole = Buffer.concat(head.splice(0));
        head.push(whole);
        send(whole, 1);
      },
      end() {
        hasEnded = true;
        if (isOver || !isOn) letGo();
      },
      release() {
        if (!isOver) letGo();
      },
    };
  };
}
