import type { FaultOf } from '../../../shared/config/fault-schema.ts';
import type { Effect } from './line.ts';

/** Takes the connection and never reads from it: the request goes nowhere, and no answer comes. */
export function hang({ timeout }: FaultOf<'hang'>): Effect {
  return {
    words: 'hang',
    isInPlaceOfBackend: true,
    toBackend: (_next, line) => {
      if (timeout !== undefined) line.after(timeout, () => line.close());
      return {
        pass: () => undefined,
        end: () => undefined,
        // What it has not read is lost; whoever waits for an answer hears that there will be none.
        release: () => line.close(),
      };
    },
  };
}
