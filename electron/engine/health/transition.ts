import type { Health } from '../../../shared/view/snapshot.ts';

/** Where a backend's health stands. */
export interface HealthState {
  readonly health: Health;
  /** Results in a row that speak against `health`. */
  readonly streak: number;
}

export const INITIAL_HEALTH: HealthState = { health: 'unknown', streak: 0 };

/**
 * One probe's result. Health flips after `rise` passes or `fall` failures in a row; a result that agrees with it
 * resets the streak. From `unknown`, the first result decides.
 */
export function afterProbe(
  state: HealthState,
  hasPassed: boolean,
  thresholds: { readonly rise: number; readonly fall: number },
): HealthState {
  const result: Health = hasPassed ? 'up' : 'down';
  if (state.health === 'unknown') return { health: result, streak: 0 };
  if (state.health === result) return { health: result, streak: 0 };
  const streak = state.streak + 1;
  const needed = hasPassed ? thresholds.rise : thresholds.fall;
  return streak >= needed ? { health: result, streak: 0 } : { health: state.health, streak };
}

/** Traffic found the backend gone: down at once, whatever `fall` says. */
export function afterFailure(): HealthState {
  return { health: 'down', streak: 0 };
}
