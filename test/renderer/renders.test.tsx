import { act, cleanup, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Batch } from '../../shared/view/snapshot.ts';
import { backend, snapshotOf } from './fake-api.ts';
import { openApp } from './open-app.tsx';

vi.mock('uplot', () => ({
  default: class {
    setData(): void {}
    setSize(): void {}
    destroy(): void {}
  },
}));
// Parts without anything of their own to change for: they are drawn with what they stand in.
const drawn = vi.hoisted(() => ({ rail: 0, header: 0, screen: 0 }));
vi.mock('../../renderer/features/shell/mark.tsx', () => ({
  Mark: () => {
    drawn.rail += 1;
    return null;
  },
}));
vi.mock('../../renderer/features/scenarios/scenario-menu.tsx', () => ({
  ScenarioMenu: () => {
    drawn.header += 1;
    return null;
  },
}));
vi.mock('../../renderer/features/discovery/demo-strip.tsx', () => ({
  DemoStrip: () => {
    drawn.screen += 1;
    return null;
  },
}));
beforeEach(() => Object.assign(drawn, { rail: 0, header: 0, screen: 0 }));
afterEach(cleanup);

const IDLE: Batch = {
  seq: 2,
  at: 100_250,
  counters: [],
  standings: [],
  pools: [
    { name: 'users', isTryingAnyway: false, triedAnyway: 0, unavailable: 0, waiting: 0, latency: null },
  ],
  seconds: [],
  events: [],
  tunnels: { count: 0, newest: [] },
  log: null,
};

it('a batch draws neither the rail nor the head of the pool anew', async () => {
  const fake = await openApp(snapshotOf([backend('a')]));
  const before = { ...drawn };
  const counters = { ...backend('a').counters, requests: 7 };
  act(() => fake.push('engine:batch', { ...IDLE, counters: [{ pool: 'users', backend: 'a', counters }] }));
  expect(screen.getByRole('listitem', { name: /^a: 7 requests/ })).toBeDefined();
  expect([drawn.rail, drawn.header]).toEqual([before.rail, before.header]);
});

it('while nothing happens the pool stays the same, and so does its screen', async () => {
  const fake = await openApp(snapshotOf([backend('a')]));
  const before = { ...drawn };
  act(() => fake.push('engine:batch', IDLE));
  expect(drawn).toEqual(before);
});
