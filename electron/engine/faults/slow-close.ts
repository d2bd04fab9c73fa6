import { formatDuration } from '../../../shared/config/duration.ts';
import type { FaultOf } from '../../../shared/config/fault-schema.ts';
import { delayLine } from './delay-line.ts';
import type { Effect } from './line.ts';

/** The backend's end of the connection is learned of late; an answer that ends with it seems to go on. */
export function slowClose({ delay }: FaultOf<'slow-close'>): Effect {
  return {
    words: `closed ${formatDuration(delay)} late`,
    toClient: delayLine({ bytes: () => 0, end: () => delay }),
  };
}
