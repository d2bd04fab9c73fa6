import type { FaultSettings } from '../../../shared/config/fault-schema.ts';
import { bandwidth } from './bandwidth.ts';
import { error } from './error.ts';
import { hang } from './hang.ts';
import { latency } from './latency.ts';
import type { Effect, Random } from './line.ts';
import { reset } from './reset.ts';
import { slicer } from './slicer.ts';
import { slowClose } from './slow-close.ts';
import { slowHeaders } from './slow-headers.ts';
import { truncate } from './truncate.ts';

/** The connection is not even made: nobody listens. */
export const CRASH: Effect = { words: 'crash' };

/** What a fault does to a connection it hits. */
export function createEffect(fault: FaultSettings, random: Random): Effect {
  switch (fault.type) {
    case 'crash':
    case 'flap':
      return CRASH;
    case 'latency':
      return latency(fault, random);
    case 'slow-headers':
      return slowHeaders(fault);
    case 'bandwidth':
      return bandwidth(fault);
    case 'hang':
      return hang(fault);
    case 'error':
      return error(fault);
    case 'reset':
      return reset(fault);
    case 'truncate':
      return truncate(fault);
    case 'slicer':
      return slicer(fault, random);
    case 'slow-close':
      return slowClose(fault);
  }
}
