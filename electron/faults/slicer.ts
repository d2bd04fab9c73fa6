import type { FaultOf } from '../../shared/fault-schema.ts';
import type { CreateStage, Effect, Random } from './line.ts';

/** The bytes of one direction come in small fragments, with a pause between two of them. */
export function slicer(fault: FaultOf<'slicer'>, random: Random): Effect {
  const words = `sliced into ${fault.averageSize} bytes`;
  const stage = inFragments(fault, random);
  return fault.direction === 'to-client' ? { words, toClient: stage } : { words, toBackend: stage };
}

function inFragments(
  { averageSize, sizeVariation, delay = 0 }: FaultOf<'slicer'>,
  random: Random,
): CreateStage {
  const nextSize = () => Math.max(1, Math.round(averageSize + (random() * 2 - 1) * sizeVariation));
  return (next, line) => {
    const held: Buffer[] = [];
    let hasEnded = false;
    let isOver = false;
    let isWaiting = false;
    const sendOne = (): void => {
      const [first] = held;
      if (!first) return;
      const size = nextSize();
      const part = first.subarray(0, size);
      if (part.length === first.length) held.shift();
      else held[0] = first.subarray(size);
      next.pass(part);
    };
    const goOn = (): void => {
      if (isWaiting) return;
      sendOne();
      if (held.length > 0 || delay > 0) {
        isWaiting = true;
        line.after(delay, () => {
          isWaiting = false;
          if (held.length > 0) goOn();
          else if (hasEnded) next.end();
        });
      } else if (hasEnded) next.end();
    };
    return {
      pass(bytes) {
        if (isOver) {
          next.pass(bytes);
          return;
        }
        held.push(bytes);
        goOn();
      },
      end() {
        hasEnded = true;
        if (!isWaiting && held.length === 0) next.end();
      },
      release() {
        isOver = true;
        for (const one of held.splice(0)) next.pass(one);
      },
    };
  };
}
