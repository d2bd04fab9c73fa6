import { afterEach, describe, expect, it, vi } from 'vitest';
import type { EnginePush } from '../../../../electron/engine/core/engine-api.ts';
import { EngineHost } from '../../../../electron/engine/core/engine-host.ts';
import type { EngineStatus } from '../../../../shared/calls/contract.ts';
import { createFakeEngines, type FakeEngines, testConfig } from '../../../support/fake-engine.ts';

const CONFIG = testConfig('p', ['a', 'b', 'crash', 'hang']);

let stopping: (() => Promise<void>) | null = null;
afterEach(async () => {
  await stopping?.();
  stopping = null;
});

function createHost(engines: FakeEngines) {
  const pushes: EnginePush[] = [];
  const statuses: EngineStatus['kind'][] = [];
  const delays: number[] = [];
  let shiftMs = 0;
  const host = new EngineHost(
    engines.spawn,
    { onPush: (push) => pushes.push(push), onStatus: ({ kind }) => statuses.push(kind) },
    {
      now: () => performance.now() + shiftMs,
      // Real threads, but no real waiting for them.
      after: (delayMs, run) => {
        delays.push(delayMs);
        const timer = setTimeout(run, delayMs / 100);
        return () => clearTimeout(timer);
      },
    },
  );
  stopping = () => host.stop(0);
  const passTime = (ms: number) => {
    shiftMs += ms;
  };
  return { host, pushes, statuses, delays, passTime };
}

const until = (isSo: () => boolean) =>
  vi.waitFor(() => expect(isSo()).toBe(true), { timeout: 5_000, interval: 5 });
const crash = { pool: 'p', backend: 'crash' };
const eventsOf = (pushes: readonly EnginePush[]) =>
  pushes.flatMap((push) => (push.push === 'event' ? [`${push.payload.id} ${push.payload.kind}`] : []));

describe('an engine that lives', () => {
  it('answers each call with its own answer', async () => {
    const { host } = createHost(createFakeEngines());
    await host.start();
    const [applied, snapshot, set] = await Promise.all([
      host.apply(CONFIG, false),
      host.watch(),
      host.setAdmin({ pool: 'p', backend: 'a', state: 'disabled' }),
    ]);
    expect(applied).toEqual({ ok: true, value: null });
    expect(snapshot?.seq).toBe(1);
    expect(set).toEqual({ ok: true, value: null });
  });

  it('is asked to stop before its thread is ended', async () => {
    const engines = createFakeEngines();
    const { host, statuses } = createHost(engines);
    await host.start();
    const ended = vi.fn();
    engines.workers[0]?.on('exit', ended);
    await host.stop(2_000);
    expect(engines.lives).toEqual([['stop 2000']]);
    expect(ended).toHaveBeenCalledOnce();
    expect(statuses).toEqual(['running']);
    expect((await host.probeNow(crash)).ok).toBe(false);
  });
});

describe('an engine that dies', () => {
  it('leaves no call without an answer', async () => {
    const { host, statuses } = createHost(createFakeEngines());
    await host.start();
    const hanging = host.probeNow({ pool: 'p', backend: 'hang' });
    const deadly = host.probeNow(crash);
    expect(await hanging).toMatchObject({ ok: false, error: { code: 'engine-unavailable' } });
    expect(await deadly).toMatchObject({ ok: false, error: { code: 'engine-unavailable' } });
    expect(await host.probeNow(crash)).toMatchObject({ ok: false, error: { code: 'engine-unavailable' } });
    await until(() => statuses.length === 3);
    expect(statuses).toEqual(['running', 'restarting', 'running']);
  });

  it('is followed by one with its config, its switched-off backends and its switch, listeners last', async () => {
    const engines = createFakeEngines();
    const { host, statuses } = createHost(engines);
    await host.start();
    await host.apply(CONFIG, false);
    await host.setAdmin({ pool: 'p', backend: 'a', state: 'disabled' });
    await host.setAdmin({ pool: 'p', backend: 'b', state: 'draining' });
    await host.setAdmin({ pool: 'p', backend: 'b', state: 'enabled' });
    await host.setRunning({ isRunning: false });
    await host.probeNow(crash);
    await until(() => statuses.at(-1) === 'running' && engines.lives.length === 2);
    expect(engines.lives[1]).toEqual([
      'setRunning false',
      'apply p with 0 listeners',
      'setAdmin p a disabled',
      'apply p with 1 listeners',
    ]);
    expect(host.isRunning).toBe(false);
  });

  it('keeps no admin state of a backend that has left the config', async () => {
    const engines = createFakeEngines();
    const { host, statuses } = createHost(engines);
    await host.start();
    await host.apply(CONFIG, false);
    await host.setAdmin({ pool: 'p', backend: 'a', state: 'disabled' });
    await host.apply(testConfig('p', ['b', 'crash']), false);
    await host.probeNow(crash);
    await until(() => statuses.at(-1) === 'running' && engines.lives.length === 2);
    expect(engines.lives[1]?.filter((call) => call.startsWith('setAdmin'))).toEqual([]);
  });

  it('is watched again, and tells of the restart in a history that goes on', async () => {
    const engines = createFakeEngines();
    const { host, pushes } = createHost(engines);
    await host.start();
    await host.apply(CONFIG, false);
    await host.setAdmin({ pool: 'p', backend: 'a', state: 'disabled' });
    await host.watch();
    await host.probeNow(crash);
    await until(() => pushes.some(({ push }) => push === 'snapshot'));
    // What was only repeated after the restart, config and admin state, is not told again.
    expect(eventsOf(pushes)).toEqual(['1 config-applied', '2 admin', '3 engine-restarted']);
    const snapshot = pushes.find((push) => push.push === 'snapshot')?.payload;
    expect(snapshot).toMatchObject({
      events: [{ kind: 'config-applied' }, { kind: 'admin' }, { kind: 'engine-restarted', reason: 'a bug' }],
    });
    await host.probeNow({ pool: 'p', backend: 'b' });
    await until(() => eventsOf(pushes).includes('4 backend-down'));
  });

  it('is remembered as it was last seen while it is away', async () => {
    const { host, statuses } = createHost(createFakeEngines());
    await host.start();
    const seen = await host.watch();
    await host.probeNow(crash);
    expect(statuses.at(-1)).toBe('restarting');
    expect(await host.watch()).toBeNull();
    expect(host.lastSnapshot).toEqual(seen);
  });

  it('is tried again when it dies before it is ready', async () => {
    const { host, statuses } = createHost(createFakeEngines(2));
    await host.start();
    expect(statuses).toEqual(['restarting', 'restarting', 'running']);
  });

  it('is not started again once the host is stopped', async () => {
    const engines = createFakeEngines();
    const { host } = createHost(engines);
    await host.start();
    await host.probeNow(crash);
    await host.stop(0);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(engines.lives).toHaveLength(1);
  });
});

describe('a config the engine dies of', () => {
  it('is not in force, and the one before is back with the next engine', async () => {
    const engines = createFakeEngines();
    const { host, statuses } = createHost(engines);
    await host.start();
    await host.apply(CONFIG, false);
    const poisoned = await host.apply(testConfig('poison', ['a']), false);
    expect(poisoned).toMatchObject({ ok: false, error: { code: 'engine-unavailable' } });
    await until(() => statuses.at(-1) === 'running');
    expect(engines.lives[1]?.at(-1)).toBe('apply p with 1 listeners');
  });
});

describe('an engine that keeps dying', () => {
  it('is given longer pauses, then given up', async () => {
    const { host, delays, statuses } = createHost(createFakeEngines(99));
    await host.start();
    expect(delays).toEqual([100, 500, 2_000, 5_000]);
    expect(statuses.at(-1)).toBe('failed');
    const refused = await host.probeNow(crash);
    expect(refused).toMatchObject({
      ok: false,
      error: { message: expect.stringContaining('dead on arrival') },
    });
  });

  it('is given up the same way when its thread cannot be made', async () => {
    const engines = createFakeEngines();
    let left = 5;
    const { host, delays, statuses } = createHost({
      ...engines,
      spawn: () => {
        if (left-- > 0) throw new Error('worker.js is missing');
        return engines.spawn();
      },
    });
    await host.start();
    expect(delays).toEqual([100, 500, 2_000, 5_000]);
    expect(statuses.at(-1)).toBe('failed');
    expect(host.status).toMatchObject({ reason: 'worker.js is missing' });
    expect(await host.setRunning({ isRunning: true })).toEqual({ ok: true, value: null });
    expect(statuses.at(-1)).toBe('running');
  });

  it('starts again at the shortest pause once one has lasted', async () => {
    const engines = createFakeEngines();
    const { host, delays, statuses, passTime } = createHost(engines);
    await host.start();
    for (const life of [2, 3]) {
      await host.probeNow(crash);
      await until(() => engines.lives.length === life && statuses.at(-1) === 'running');
    }
    passTime(60_000);
    await host.probeNow(crash);
    await until(() => engines.lives.length === 4 && statuses.at(-1) === 'running');
    expect(delays).toEqual([100, 500, 100]);
  });

  it('gets another chance with another config', async () => {
    const { host, statuses } = createHost(createFakeEngines(5));
    await host.start();
    expect(statuses.at(-1)).toBe('failed');
    expect(await host.apply(CONFIG, false)).toEqual({ ok: true, value: null });
    expect(statuses.at(-1)).toBe('running');
  });

  it('gets another chance when the balancer is switched on', async () => {
    const { host, statuses } = createHost(createFakeEngines(5));
    await host.start();
    expect(statuses.at(-1)).toBe('failed');
    expect(await host.setRunning({ isRunning: true })).toEqual({ ok: true, value: null });
    expect(statuses.at(-1)).toBe('running');
  });
});
