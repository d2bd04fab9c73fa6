import { describe, expect, it, vi } from 'vitest';
import { EVERY_MS, FIRST_LOOK_MS, type Updater, Updates } from '../../../electron/desktop/updates.ts';

/** A clock that is turned by hand. */
function handClock() {
  const waiting: { delayMs: number; run: () => void }[] = [];
  return {
    after: (delayMs: number, run: () => void) => {
      const entry = { delayMs, run };
      waiting.push(entry);
      return () => void waiting.splice(waiting.indexOf(entry), 1);
    },
    delays: () => waiting.map(({ delayMs }) => delayMs),
    ring: () => waiting.shift()?.run(),
  };
}

type Found = Awaited<ReturnType<Updater['checkForUpdates']>>;

function setUp(check: () => Promise<unknown>) {
  const clock = handClock();
  const updater: Updater = Object({ checkForUpdates: vi.fn(async () => Object(await check()) as Found) });
  const createUpdater = vi.fn(async () => updater);
  const onReady = vi.fn();
  let channel: 'latest' | 'beta' = 'latest';
  const updates = new Updates({ createUpdater, channel: () => channel, onReady, after: clock.after });
  return {
    clock,
    updater,
    createUpdater,
    onReady,
    updates,
    choose: (next: typeof channel) => (channel = next),
  };
}

const newer = (version: string) => async () => ({
  isUpdateAvailable: true,
  updateInfo: { version },
  downloadPromise: Promise.resolve([]),
});
const nothing = async () => ({ isUpdateAvailable: false });

describe('updates', () => {
  it('are not looked for while the app starts, then once a day', async () => {
    const { clock, updates, createUpdater, updater } = setUp(nothing);
    updates.start();
    expect(createUpdater).not.toHaveBeenCalled();
    expect(clock.delays()).toEqual([FIRST_LOOK_MS]);
    clock.ring();
    expect(clock.delays()).toEqual([EVERY_MS]);
    await updates.look();
    clock.ring();
    await updates.look();
    expect(createUpdater).toHaveBeenCalledOnce();
    expect(updater.checkForUpdates).toHaveBeenCalledTimes(2);
    updates.stop();
    expect(clock.delays()).toEqual([]);
  });

  it('are told once for each version', async () => {
    const { clock, updates, onReady } = setUp(newer('2.0.0'));
    updates.start();
    for (let day = 0; day < 3; day++) {
      clock.ring();
      await updates.look();
    }
    await vi.waitFor(() => expect(onReady.mock.calls).toEqual([['2.0.0']]));
  });

  it('that cannot be looked for are nobody’s business, unless somebody asked', async () => {
    const { clock, updates, onReady } = setUp(async () => {
      throw new Error('net::ERR_INTERNET_DISCONNECTED\n    at Object');
    });
    updates.start();
    clock.ring();
    expect(await updates.look()).toEqual({ kind: 'failed', reason: 'net::ERR_INTERNET_DISCONNECTED' });
    expect(onReady).not.toHaveBeenCalled();
  });

  it('follow the channel as it is at each look, and never go back', async () => {
    const { updates, updater, choose } = setUp(nothing);
    await updates.look();
    expect(updater).toMatchObject({ channel: 'latest', allowPrerelease: false, allowDowngrade: false });
    choose('beta');
    await updates.look();
    expect(updater).toMatchObject({ channel: 'beta', allowPrerelease: true, allowDowngrade: false });
  });
});
