import { BodyStart } from './body-start.ts';
import type { CreateStage, FaultyLine } from './line.ts';

/** Lets the head of an answer and so many bytes of its body pass, and then cuts the connection. */
export function cutAfter(bodyBytes: number, cut: (line: FaultyLine) => void): CreateStage {
  return (next, line) => {
    const bodyStart = new BodyStart();
    let left = bodyBytes;
    let isCut = false;
    let isOver = false;
    return {
      pass(bytes) {
        if (isOver) {
          next.pass(bytes);
          return;
        }
        if (isCut) return;
        const from = bodyStart.in(bytes);
        const taken = Math.min(left, bytes.length - from);
        left -= taken;
        if (from + taken > 0) next.pass(bytes.subarray(0, from + taken));
        isCut = bodyStart.isFound && left === 0;
        if (isCut) cut(line);
      },
      end: () => next.end(),
      release() {
        isOver = !isCut;
      },
    };
  };
}
