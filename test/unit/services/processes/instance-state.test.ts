import { describe, expect, it } from 'vitest';
import {
  describeExit,
  type InstanceInput,
  type InstanceLife,
  type InstanceState,
  NEW_LIFE,
  step,
} from '../../../../electron/services/processes/instance-state.ts';

const EXIT = { kind: 'code', code: 1 } as const;
const ENDED = { kind: 'ended', exit: EXIT } as const;
const starting = { kind: 'starting', since: 0 } as const;
const running = { kind: 'running', since: 0 } as const;
const paused = { kind: 'paused', since: 0, before: 'running' } as const;
const backingOff = { kind: 'backing-off', exit: EXIT, until: 900 } as const;
const stopping = { kind: 'stopping', since: 0, startsAgain: false } as const;
const stopped = { kind: 'stopped', exit: null } as const;
const input = (kind: Exclude<InstanceInput['kind'], 'ended'>): InstanceInput => ({ kind });

describe('an instance', () => {
  const changes: [InstanceState, InstanceInput, InstanceState, string[]][] = [
    [stopped, input('start'), { kind: 'starting', since: 500 }, ['spawn']],
    [backingOff, input('start'), { kind: 'starting', since: 500 }, ['spawn']],
    [backingOff, input('back-off-over'), { kind: 'starting', since: 500 }, ['spawn']],
    [stopping, input('start'), { ...stopping, startsAgain: true }, []],
    [starting, input('answered'), { kind: 'running', since: 500 }, []],
    [starting, input('pause'), { kind: 'paused', since: 500, before: 'starting' }, ['pause']],
    [running, input('pause'), { kind: 'paused', since: 500, before: 'running' }, ['pause']],
    [paused, input('resume'), { kind: 'running', since: 500 }, ['resume']],
    [{ ...paused, before: 'starting' }, input('resume'), { kind: 'starting', since: 500 }, ['resume']],
    [starting, input('stop'), { kind: 'stopping', since: 500, startsAgain: false }, ['terminate']],
    [running, input('stop'), { kind: 'stopping', since: 500, startsAgain: false }, ['terminate']],
    [paused, input('stop'), { kind: 'stopping', since: 500, startsAgain: false }, ['terminate', 'resume']],
    [{ ...stopping, startsAgain: true }, input('stop'), stopping, []],
    [backingOff, input('stop'), { kind: 'stopped', exit: EXIT }, []],
    [starting, ENDED, { kind: 'backing-off', exit: EXIT, until: 1_500 }, []],
    [running, ENDED, { kind: 'backing-off', exit: EXIT, until: 1_500 }, []],
    [paused, ENDED, { kind: 'backing-off', exit: EXIT, until: 1_500 }, []],
    [stopping, ENDED, { kind: 'stopped', exit: EXIT }, []],
    [{ ...stopping, startsAgain: true }, ENDED, { kind: 'starting', since: 500 }, ['spawn']],
  ];
  it.each(changes)('%o, %o', (state, given, next, acts) => {
    const result = step({ state, failures: 0 }, given, 500);
    expect(result.life.state).toEqual(next);
    expect(result.acts).toEqual(acts);
  });

  const nothing: [InstanceState, InstanceInput][] = [
    [starting, input('start')],
    [running, input('start')],
    [paused, input('start')],
    [stopped, input('stop')],
    [running, input('answered')],
    [paused, input('answered')],
    [stopping, input('answered')],
    [stopped, input('pause')],
    [backingOff, input('pause')],
    [stopping, input('pause')],
    [running, input('resume')],
    [stopped, input('back-off-over')],
    [running, input('back-off-over')],
    [stopped, ENDED],
    [backingOff, ENDED],
  ];
  it.each(nothing)('stays %o on %o', (state, given) => {
    const life = { state, failures: 2 };
    expect(step(life, given, 500)).toEqual({ life, acts: [] });
  });

  it('backs off 1 s, twice as long each time, up to 30 s', () => {
    let life: InstanceLife = step(NEW_LIFE, input('start'), 0).life;
    const delays: number[] = [];
    for (let end = 0; end < 7; end++) {
      life = step(life, ENDED, 0).life;
      if (life.state.kind === 'backing-off') delays.push(life.state.until);
      life = step(life, input('back-off-over'), 0).life;
    }
    expect(delays).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
  });

  it.each([
    [9_999, 8_000],
    [10_000, 1_000],
  ])('that ran for %i ms starts again after %i', (ranMs, delayMs) => {
    const { life } = step({ state: running, failures: 3 }, ENDED, ranMs);
    expect(life.state).toEqual({ kind: 'backing-off', exit: EXIT, until: ranMs + delayMs });
  });

  it('begins anew when the user starts it', () => {
    expect(step({ state: backingOff, failures: 5 }, input('start'), 0).life.failures).toBe(0);
  });
});

describe('how a process ended', () => {
  it.each([
    [EXIT, 'exited with code 1'],
    [{ kind: 'code', code: 127 }, 'exited with code 127: the command was not found'],
    [{ kind: 'code', code: 126 }, 'exited with code 126: the command may not be run'],
    [{ kind: 'signal', signal: 'SIGKILL' }, 'was ended by SIGKILL'],
    [{ kind: 'not-started', reason: 'there is no folder /x' }, 'could not be started: there is no folder /x'],
  ] as const)('%o', (exit, words) => {
    expect(describeExit(exit)).toBe(words);
  });
});
