import type { FaultOf } from '../../../shared/config/fault-schema.ts';
import { ByteQueue } from './byte-queue.ts';
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
    const held = new ByteQueue();
    let hasEnded = false;
    let isOver = false;
    let isWaiting = false;
    const goOn = (): void => {
      if (isWaiting) return;
      const fragment = held.take(nextSize());
      if (fragment) next.pass(fragment);
      if (!held.isEmpty || delay > 0) {
        isWaiting = true;
        line.after(delay, () => {
          isWaiting = false;
          if (!held.isEmpty) goOn();
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
        held.add(bytes);
        goOn();
      },
      end() {
        hasEnded = true;
        if (!isWaiting && held.isEmpty) next.end();
      },
      release() {
        isOver = true;
        for (let one = held.take(Number.POSITIVE_INFINITY); one; one = held.take(Number.POSITIVE_INFINITY))
          next.pass(one);
      },
    };
  };
}
