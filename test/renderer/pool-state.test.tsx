import { act, cleanup, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, it, vi } from 'vitest';
import { fail, ok } from '../../shared/result.ts';
import type { BackendSnapshot, ListenerState } from '../../shared/snapshot.ts';
import { backend, snapshotOf } from './fake-api.ts';
import { openApp } from './open-app.tsx';

vi.mock('uplot', () => ({
  default: class {
    setData(): void {}
    setSize(): void {}
    destroy(): void {}
  },
}));
afterEach(cleanup);

const down = (reason: string, change: Partial<BackendSnapshot> = {}) =>
  backend('a', { health: { health: 'down', reason, since: 0 }, ...change });
const withListener = (address: string, state: ListenerState) => {
  const snapshot = snapshotOf([backend('a')]);
  return {
    ...snapshot,
    listeners: snapshot.listeners.map((listener) => ({ ...listener, address, state })),
  };
};
const TAKEN: ListenerState = { kind: 'failed', reason: 'port 8080 is taken by another program' };

it.each([
  ['connection refused', /Nothing listens on their ports: start the services/],
  ['HEAD / → 404', /set another path or status in the health checks/],
  ['no answer within 1s', /are the services started, and is the health path right/],
])('says what to try when every check says %s', async (reason, words) => {
  await openApp(snapshotOf([down(reason)]));
  expect(screen.getByText(words)).toBeTruthy();
});

it('does not blame the services for what the user has done', async () => {
  await openApp(snapshotOf([down('', { forced: 'down' }), backend('b', { admin: 'disabled' })]));
  expect(screen.getByText(/1 backend is switched off by you\. It is forced down/)).toBeTruthy();
});

it('takes the next port that is free with one click', async () => {
  const asked: unknown[] = [];
  await openApp(withListener(':8080', TAKEN), {
    editConfig: async ({ edit }) => {
      asked.push(edit);
      if (asked.length < 3) return fail({ code: 'not-applied', message: 'port is taken' });
      return ok({ text: '{}', revision: 2, path: '/c.json', isDemo: false, fileIssues: [], toAllow: [] });
    },
  });
  await userEvent.click(screen.getByRole('button', { name: 'Use the next free port' }));
  await screen.findByText('Now listening on :8083.');
  expect(asked).toEqual(
    [8081, 8082, 8083].map((port) => ({ kind: 'set-address', listener: ':8080', address: `:${port}` })),
  );
});

it('looks where nobody needs rights when a port below 1024 is refused', async () => {
  const asked: unknown[] = [];
  await openApp(
    withListener('127.0.0.1:80', { kind: 'failed', reason: 'no permission to listen on port 80' }),
    {
      editConfig: async ({ edit }) => {
        asked.push(edit);
        return ok({ text: '{}', revision: 2, path: '/c.json', isDemo: false, fileIssues: [], toAllow: [] });
      },
    },
  );
  await userEvent.click(screen.getByRole('button', { name: 'Use the next free port' }));
  await screen.findByText('Now listening on 127.0.0.1:8080.');
  expect(asked).toHaveLength(1);
});

it('an engine that is given up is started again when it is asked to', async () => {
  const fake = await openApp(snapshotOf([backend('a')]));
  act(() => fake.push('engine:status', { kind: 'failed', reason: 'its thread ended' }));
  expect(screen.getByText('The engine cannot be kept running: its thread ended.')).toBeTruthy();
  await userEvent.click(screen.getByRole('button', { name: 'Start it again' }));
  expect(fake.calls.at(-1)).toEqual(['setRunning', { isRunning: true }]);
});
