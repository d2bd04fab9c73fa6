import type { CreateStage, Flow, Stage } from './line.ts';

interface Held {
  /** Null for the end. */
  readonly bytes: Buffer | null;
  readonly dueMs: number;
}

/**
 * Holds bytes back, each for as long as is drawn for them, and keeps their order. What comes while others wait is drawn
 * no delay of its own: a long answer comes late as a whole, not stretched.
 *
 * @param delays milliseconds, for the bytes and for the end of the connection
 */
export function delayLine(delays: { readonly bytes: () => number; readonly end: () => number }): CreateStage {
  return (next, line): Stage => {
    const held: Held[] = [];
    let delayMs = 0;
    let isWaiting = false;
    let isOver = false;
    const hold = (bytes: Buffer | null, drawn: number): void => {
      held.push({ bytes, dueMs: line.now() + drawn });
      if (!isWaiting) wait();
    };
    const wait = (): void => {
      const [first] = held;
      if (!first) return;
      isWaiting = true;
      line.after(Math.max(0, first.dueMs - line.now()), () => {
        isWaiting = false;
        const now = line.now();
        // A timer may come a fraction of a millisecond early.
        while (held[0] && held[0].dueMs <= now + 0.5) letGo(next, held.shift());
        wait();
      });
    };
    return {
      pass(bytes) {
        if (isOver) {
          next.pass(bytes);
          return;
        }
        if (held.length === 0) delayMs = delays.bytes();
        if (delayMs <= 0 && held.length === 0) next.pass(bytes);
        else hold(bytes, delayMs);
      },
      end() {
        const endMs = isOver ? 0 : delays.end();
        if (endMs <= 0 && held.length === 0) next.end();
        else hold(null, Math.max(delayMs, endMs));
      },
      release() {
        isOver = true;
        for (const one of held.splice(0)) letGo(next, one);
      },
    };
  };
}

function letGo(next: Flow, held: Held | undefined): void {
  if (!held) return;
  if (held.bytes) next.pass(held.bytes);
  else next.end();
}
