import type { FaultOf } from '../../../shared/config/fault-schema.ts';

/** Whether a backend that flaps is down by now; it starts by being up. @param elapsedMs since the fault began */
export function isDownPhase({ up, down }: FaultOf<'flap'>, elapsedMs: number): boolean {
  return elapsedMs % (up + down) >= up;
}

/** Milliseconds until a backend that flaps goes down or comes back. */
export function untilNextPhase({ up, down }: FaultOf<'flap'>, elapsedMs: number): number {
  const inCycle = elapsedMs % (up + down);
  return inCycle < up ? up - inCycle : up + down - inCycle;
}
