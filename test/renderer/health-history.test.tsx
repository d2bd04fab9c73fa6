import { cleanup, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, it, vi } from 'vitest';
import { historyOf, onTheWay, summaryOf } from '../../renderer/features/health/history.ts';
import type { EngineEvent } from '../../shared/view/engine-event.ts';
import type { ProbeRecord } from '../../shared/view/snapshot.ts';
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

const probe = (at: number, passed: boolean): ProbeRecord => ({
  at,
  passed,
  durationMs: 2,
  words: passed ? 'HEAD / → 200' : 'connection refused',
});
const key = { pool: 'users', backend: 'a' };
const EVENTS: readonly EngineEvent[] = [
  {
    kind: 'backend-down',
    ...key,
    id: 1,
    at: 2_500,
    reason: 'connection refused',
    cause: { kind: 'refused' },
    upMs: 9_000,
  },
  { kind: 'admin', ...key, id: 2, at: 4_500, state: 'disabled' },
  { kind: 'admin', pool: 'users', backend: 'b', id: 3, at: 5_000, state: 'disabled' },
  { kind: 'config-applied', id: 4, at: 5_500, summary: 'x' },
  { kind: 'health-forced', ...key, id: 5, at: 6_000, forced: 'up' },
];
const PROBES = [probe(1_000, true), probe(2_000, false), probe(3_000, true)];

it('tells every probe and all that happened to this backend, newest first', () => {
  const lines = historyOf('users', { name: 'a', probes: PROBES }, EVENTS);
  expect(lines.map(({ at, tone, words }) => [at, tone, words])).toEqual([
    [6_000, 'unknown', 'forced up by you'],
    [4_500, 'off', 'off, by you'],
    [3_000, 'ok', 'HEAD / → 200'],
    [2_500, 'bad', 'down after 9 s up: connection refused'],
    [2_000, 'bad', 'connection refused'],
    [1_000, 'ok', 'HEAD / → 200'],
  ]);
  expect(summaryOf({ probes: PROBES })).toBe('2 of the last 3 probes passed, in 2.0 ms on average.');
});

it('tells how far the last probes are on their way to another health', () => {
  const needed = { rise: 2, fall: 3 };
  const at = (health: 'up' | 'down', ...passes: boolean[]) =>
    onTheWay(
      { health: { health, reason: '', since: 0 }, probes: passes.map((one, i) => probe(i, one)) },
      needed,
    );
  expect(at('down', false, true)).toEqual({ streak: 1, needed: 2, to: 'up' });
  expect(at('up', true, false, false)).toEqual({ streak: 2, needed: 3, to: 'down' });
  expect(at('up', false, true)).toBeNull();
});

it("opens from the backend's menu", async () => {
  await openApp(snapshotOf([backend('a', { probes: PROBES })], { events: EVENTS }));
  await userEvent.click(screen.getByRole('button', { name: 'More for a' }));
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Health history…' }));
  const dialog = within(await screen.findByRole('dialog', { name: 'Health of a' }));
  expect(dialog.getAllByRole('listitem')).toHaveLength(6);
  expect(dialog.getByText('2 of the last 3 probes passed, in 2.0 ms on average.')).toBeTruthy();
});
