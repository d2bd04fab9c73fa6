import type { FaultOf } from '../../../shared/config/fault-schema.ts';
import { cutAfter } from './cut-after.ts';
import type { Effect } from './line.ts';

/** The answer stops in the middle, and the connection closes in good order. */
export function truncate({ bytes }: FaultOf<'truncate'>): Effect {
  return { words: `truncated after ${bytes} bytes`, toClient: cutAfter(bytes, (line) => line.close()) };
}
