import { cleanup, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, it, vi } from 'vitest';
import type { BackendSnapshot } from '../../shared/view/snapshot.ts';
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

const key = { pool: 'users', backend: 'a' };
const undo = async () => userEvent.click(await screen.findByRole('button', { name: 'Undo' }));

function open(change: Partial<BackendSnapshot> = {}) {
  return openApp(snapshotOf([backend('a', change), backend('b')]));
}

it('a backend that was switched off is as it was before, and what it cost is said', async () => {
  const counters = { ...backend('a').counters, inFlight: 3 };
  const fake = await open({ admin: 'draining', counters });
  // Its number and the key switch it on first: it drains.
  await userEvent.keyboard('1');
  expect(fake.calls.at(-1)).toEqual(['setAdmin', { ...key, state: 'enabled' }]);
  expect(screen.queryByRole('button', { name: 'Undo' })).toBeNull();
  fake.push('engine:snapshot', snapshotOf([backend('a', { counters }), backend('b')]));
  await userEvent.keyboard('1');
  expect(fake.calls.at(-1)).toEqual(['setAdmin', { ...key, state: 'disabled' }]);
  await screen.findByText('a is off; 3 requests in flight there ended.');
  await undo();
  expect(fake.calls.at(-1)).toEqual(['setAdmin', { ...key, state: 'enabled' }]);
});

it('a fault from the menu gives way to those there were', async () => {
  const fake = await open();
  await userEvent.click(screen.getByRole('button', { name: 'More for a' }));
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Simulate a fault' }));
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Crash' }));
  await screen.findByText('a misbehaves: crash.');
  await undo();
  await waitFor(() => expect(fake.calls.at(-1)).toEqual(['setFaults', { ...key, faults: [] }]));
});

it('a balancer that was switched off listens again', async () => {
  const fake = await open();
  await userEvent.click(screen.getByRole('switch', { name: 'Balancer running' }));
  await screen.findByText('The balancer is off: nothing is listened on.');
  await undo();
  expect(fake.calls.at(-1)).toEqual(['setRunning', { isRunning: true }]);
});
