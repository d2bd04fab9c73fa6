import { beforeEach, expect, it, vi } from 'vitest';
import { Notifications } from '../../../electron/desktop/notifications.ts';
import type { EngineEvent } from '../../../shared/view/engine-event.ts';
import { backend } from '../../renderer/fake-api.ts';

const DOWN: EngineEvent = {
  id: 1,
  at: 0,
  pool: 'users',
  backend: 'a',
  kind: 'backend-down',
  reason: 'connection refused',
  cause: { kind: 'refused' },
  upMs: null,
};

let now: number;
let waiting: (() => void)[];
let shown: { title: string; click: () => void }[];
let isSeen: boolean;
const showPool = vi.fn();

beforeEach(() => {
  [now, waiting, shown, isSeen] = [0, [], [], false];
  showPool.mockClear();
});

function create(): Notifications {
  class FakeNotification {
    static isSupported = () => true;
    readonly #said: { title: string; click: () => void };
    constructor({ title }: { title: string }) {
      this.#said = { title, click: () => undefined };
    }
    on(_event: string, click: () => void): void {
      this.#said.click = click;
    }
    show(): void {
      shown.push(this.#said);
    }
    close(): void {}
  }
  return new Notifications({
    Notification: Object(FakeNotification),
    clock: {
      now: () => now,
      after: (_delayMs, run) => {
        waiting = [run];
        return () => {
          waiting = [];
        };
      },
    },
    find: async () => backend('a'),
    isRehearsal: () => false,
    isSeen: () => isSeen,
    showPool,
  });
}

const pass = () => {
  now += 1_000;
  for (const run of waiting.splice(0)) run();
};

it('shows one, and a click leads to the pool', async () => {
  await create().note(DOWN);
  pass();
  expect(shown.map(({ title }) => title)).toEqual(['a is down']);
  shown[0]?.click();
  expect(showPool).toHaveBeenCalledExactlyOnceWith('users');
});

it('shows none while the window has the focus', async () => {
  isSeen = true;
  await create().note(DOWN);
  pass();
  expect(shown).toEqual([]);
});

it('shows none for a process that the user has ended', async () => {
  const notifications = create();
  notifications.noteActed({ pool: 'users', backend: 'a' });
  await notifications.note(DOWN);
  pass();
  expect(shown).toEqual([]);
});

const UP: EngineEvent = {
  id: 2,
  at: 0,
  pool: 'users',
  backend: 'a',
  kind: 'backend-up',
  reason: 'HEAD / → 200',
  downMs: 500,
};

it('shows the next one also where the user has brought the backend back, which is not told', async () => {
  const notifications = create();
  await notifications.note(DOWN);
  pass();
  notifications.noteActed({ pool: 'users', backend: 'a' });
  await notifications.note(UP);
  now += 120_000;
  await notifications.note({ ...DOWN, at: now });
  pass();
  expect(shown.map(({ title }) => title)).toEqual(['a is down', 'a is down']);
});

it('shows none once it is stopped', async () => {
  const notifications = create();
  await notifications.note(DOWN);
  notifications.stop();
  pass();
  expect(shown).toEqual([]);
});

it('shows nothing of what happens while the app quits', async () => {
  const notifications = create();
  const noted = notifications.note(DOWN);
  notifications.stop();
  await noted;
  pass();
  expect(shown).toEqual([]);
});
