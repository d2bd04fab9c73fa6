import { describe, expect, it } from 'vitest';
import { allActions } from '../../../../shared/actions/all-actions.ts';
import { backend, snapshotOf } from '../../../renderer/fake-api.ts';
import { contextOf } from './context.ts';

const named = (name: string, context = contextOf()) => allActions(context).find((one) => one.name === name);

describe('all actions', () => {
  it.each([
    contextOf(),
    contextOf({ snapshot: null }),
    contextOf({
      snapshot: snapshotOf(Array.from({ length: 40 }, (_, at) => backend(`b${at}`))),
      scenarios: ['outage', 'slow'],
      screen: 'requests',
    }),
  ])('have ids, shortcuts and keys of their own', (context) => {
    const actions = allActions(context);
    for (const of of ['id', 'accelerator', 'key'] as const) {
      const all = actions.flatMap((action) => action[of] ?? []);
      expect(all).toHaveLength(new Set(all).size);
    }
  });

  it('say what they would do now', () => {
    const off = contextOf({
      snapshot: snapshotOf([backend('users-1', { admin: 'disabled' })], { isRunning: false }),
    });
    expect(named('Switch users-1 off')?.command).toMatchObject({ kind: 'set-admin', state: 'disabled' });
    expect(named('Switch users-1 on', off)?.command).toMatchObject({ kind: 'set-admin', state: 'enabled' });
    expect(named('Stop the balancer')?.command).toEqual({ kind: 'set-running', isRunning: false });
    expect(named('Start the balancer', off)?.command).toEqual({ kind: 'set-running', isRunning: true });
  });

  it('give keys to the first nine backends of the pool on screen alone', () => {
    const many = snapshotOf(Array.from({ length: 12 }, (_, at) => backend(`b${at + 1}`)));
    const [pool] = many.pools;
    if (!pool) throw new Error('no pool');
    const snapshot = { ...many, pools: [{ ...pool, name: 'other' }, pool] };
    const keyed = allActions(contextOf({ snapshot })).filter(({ keyScreen }) => keyScreen === 'pool');
    expect(keyed.map(({ key }) => key)).toEqual(['1', '2', '3', '4', '5', '6', '7', '8', '9']);
    expect(keyed.every(({ about }) => about?.pool === 'users')).toBe(true);
  });

  it('are available only when they would do something', () => {
    expect(named('Clear all faults')?.isAvailable).toBe(false);
    expect(named('Stop sending traffic')?.isAvailable).toBe(false);
    expect(named('Stop sending traffic', contextOf({ isSending: true }))?.isAvailable).toBe(true);
    const playing = contextOf({ scenarios: ['outage'], playing: 'outage' });
    expect(named('Play outage', playing)?.isAvailable).toBe(false);
    expect(named('Stop outage and restore', playing)?.isAvailable).toBe(true);
  });

  it('are for the processes of commands what their states allow', () => {
    const context = contextOf({
      commands: [{ pool: 'users', name: 'api', wanted: 0 }],
      instances: [{ pool: 'users', name: 'api-1', state: 'paused' }],
    });
    const key = { pool: 'users', backend: 'api-1' };
    expect(named('Resume the process api-1', context)?.command).toEqual({
      kind: 'act-on-process',
      ...key,
      action: 'resume',
    });
    expect(named('Kill the process api-1…', context)?.command).toMatchObject({ name: 'kill-process' });
    expect(named('Pause the process api-1', context)).toBeUndefined();
    expect(named('One more instance of api', context)?.command).toMatchObject({ instances: 1 });
    expect(named('One instance of api fewer', context)?.isAvailable).toBe(false);
  });

  it('leave a process of a command its line in the config', () => {
    const context = contextOf({ instances: [{ pool: 'users', name: 'users-1', state: 'running' }] });
    expect(named('Remove users-1', context)).toBeUndefined();
    expect(named('Edit users-1…', context)).toBeUndefined();
    expect(named('Remove users-2', context)).toBeDefined();
  });
});
