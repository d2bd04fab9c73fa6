/** How a process ended. */
export type Exit =
  | { readonly kind: 'code'; readonly code: number }
  | { readonly kind: 'signal'; readonly signal: string }
  /** It never ran; the sentence's end says why. */
  | { readonly kind: 'not-started'; readonly reason: string };

/** Times are milliseconds since the epoch. */
export type InstanceState =
  /** It runs, and nothing answers at its port yet. */
  | { readonly kind: 'starting'; readonly since: number }
  | { readonly kind: 'running'; readonly since: number }
  | { readonly kind: 'paused'; readonly since: number; readonly before: 'starting' | 'running' }
  | { readonly kind: 'backing-off'; readonly exit: Exit; readonly until: number }
  | { readonly kind: 'stopping'; readonly since: number; readonly startsAgain: boolean }
  | { readonly kind: 'stopped'; readonly exit: Exit | null };

export type InstanceInput =
  | { readonly kind: 'start' | 'stop' | 'pause' | 'resume' | 'answered' | 'back-off-over' }
  | { readonly kind: 'ended'; readonly exit: Exit };

/** What has to be done to the processes for the new state to be true. */
export type InstanceAct = 'spawn' | 'terminate' | 'pause' | 'resume';

export interface InstanceLife {
  readonly state: InstanceState;
  /** Ends in a row without having run for long. */
  readonly failures: number;
}

export interface Step {
  readonly life: InstanceLife;
  /** In this order. */
  readonly acts: readonly InstanceAct[];
}

export const NEW_LIFE: InstanceLife = { state: { kind: 'stopped', exit: null }, failures: 0 };

const FIRST_BACK_OFF_MS = 1_000;
const LONGEST_BACK_OFF_MS = 30_000;
/** Having answered for this long, it counts as good: its next end is its first. */
const GOOD_AFTER_MS = 10_000;

/** What follows from an input; what makes no sense in a state changes nothing. Pure: `now` is the time it comes at. */
export function step(life: InstanceLife, input: InstanceInput, now: number): Step {
  const { state, failures } = life;
  const to = (next: InstanceState, ...acts: InstanceAct[]): Step => ({
    life: { state: next, failures },
    acts,
  });
  const spawned = (count: number): Step => ({
    life: { state: { kind: 'starting', since: now }, failures: count },
    acts: ['spawn'],
  });
  const same: Step = { life, acts: [] };
  switch (input.kind) {
    case 'start':
      if (state.kind === 'stopped' || state.kind === 'backing-off') return spawned(0);
      return state.kind === 'stopping' ? to({ ...state, startsAgain: true }) : same;
    case 'stop': {
      if (state.kind === 'backing-off') return to({ kind: 'stopped', exit: state.exit });
      if (state.kind === 'stopped') return same;
      if (state.kind === 'stopping') return to({ ...state, startsAgain: false });
      const stopping = { kind: 'stopping', since: now, startsAgain: false } as const;
      // A stopped process does not hear a signal before it goes on.
      return state.kind === 'paused' ? to(stopping, 'terminate', 'resume') : to(stopping, 'terminate');
    }
    case 'answered':
      return state.kind === 'starting' ? to({ kind: 'running', since: now }) : same;
    case 'pause':
      return state.kind === 'starting' || state.kind === 'running'
        ? to({ kind: 'paused', since: now, before: state.kind }, 'pause')
        : same;
    case 'resume':
      return state.kind === 'paused' ? to({ kind: state.before, since: now }, 'resume') : same;
    case 'back-off-over':
      return state.kind === 'backing-off' ? spawned(failures) : same;
    case 'ended': {
      if (state.kind === 'stopping')
        return state.startsAgain ? spawned(0) : to({ kind: 'stopped', exit: input.exit });
      if (state.kind === 'stopped' || state.kind === 'backing-off') return same;
      const wasGood = state.kind === 'running' && now - state.since >= GOOD_AFTER_MS;
      const before = wasGood ? 0 : failures;
      const until = now + backOffMs(before);
      return {
        life: { state: { kind: 'backing-off', exit: input.exit, until }, failures: before + 1 },
        acts: [],
      };
    }
  }
}

/** @param failures ends in a row before this one */
function backOffMs(failures: number): number {
  return Math.min(LONGEST_BACK_OFF_MS, FIRST_BACK_OFF_MS * 2 ** failures);
}

/** `exited with code 1`, `was ended by SIGKILL`: the end of a sentence about an instance. */
export function describeExit(exit: Exit): string {
  switch (exit.kind) {
    case 'code':
      // What a shell says of a command it cannot find, or may not run.
      if (exit.code === 127) return 'exited with code 127: the command was not found';
      if (exit.code === 126) return 'exited with code 126: the command may not be run';
      return `exited with code ${exit.code}`;
    case 'signal':
      return `was ended by ${exit.signal}`;
    case 'not-started':
      return `could not be started: ${exit.reason}`;
  }
}
