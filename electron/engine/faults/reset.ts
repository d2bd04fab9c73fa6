import { formatDuration } from '../../../shared/config/duration.ts';
import type { FaultOf } from '../../../shared/config/fault-schema.ts';
import { cutAfter } from './cut-after.ts';
import type { CreateStage, Effect } from './line.ts';

/** The connection is reset: after a time, after some of the answer, or before the backend hears of the request. */
export function reset({ bytes, timeout }: FaultOf<'reset'>): Effect {
  if (bytes === undefined && timeout === undefined)
    return { words: 'reset', isInPlaceOfBackend: true, toBackend: atOnce };
  const when = [
    ...(bytes === undefined ? [] : [`after ${bytes} bytes`]),
    ...(timeout === undefined ? [] : [`after ${formatDuration(timeout)}`]),
  ];
  return {
    words: `reset ${when.join(' or ')}`,
    ...(timeout === undefined ? {} : { toBackend: afterTime(timeout) }),
    ...(bytes === undefined ? {} : { toClient: cutAfter(bytes, (line) => line.reset()) }),
  };
}

const atOnce: CreateStage = (_next, line) => ({
  pass: () => line.reset(),
  end: () => undefined,
  release: () => undefined,
});

function afterTime(timeoutMs: number): CreateStage {
  return (next, line) => {
    let isOver = false;
    line.after(timeoutMs, () => {
      if (!isOver) line.reset();
    });
    return {
      pass: (bytes) => next.pass(bytes),
      end: () => next.end(),
      release() {
        isOver = true;
      },
    };
  };
}
