import { cleanup, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, it, vi } from 'vitest';
import { ok } from '../../shared/calls/result.ts';
import type { SwitchyardApi } from '../../shared/calls/switchyard-api.ts';
import type { LabAnswer, LabResult } from '../../shared/view/policy-lab.ts';
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

const result = (a: number, b: number, p95Ms: number, waited = 0): LabResult => ({
  p50Ms: 5,
  p95Ms,
  p99Ms: 90,
  waited,
  backends: [
    { backend: 'a', requests: a, peakInFlight: 4, p95Ms },
    { backend: 'b', requests: b, peakInFlight: 2, p95Ms: b === 0 ? null : 12 },
  ],
});
const ANSWER: LabAnswer = {
  requests: 100,
  spanMs: 12_000,
  unmeasured: [],
  measured: result(50, 50, 40),
  replayed: [result(50, 50, 41), result(20, 80, 12.5, 3)],
};

async function openLab(overrides: Partial<SwitchyardApi> = {}) {
  const asked: unknown[] = [];
  const fake = await openApp(snapshotOf([backend('a'), backend('b')]), {
    comparePolicies: async (question) => {
      asked.push(question);
      return ok(ANSWER);
    },
    ...overrides,
  });
  await userEvent.click(screen.getByRole('button', { name: 'Round robin' }));
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Compare with another policy…' }));
  return { fake, asked, dialog: await screen.findByRole('dialog', { name: 'Compare policies' }) };
}

it('replays the log through the policy in force and another, backend by backend', async () => {
  const { asked, dialog } = await openLab();
  expect((await within(dialog).findByRole('status')).textContent).toBe('100 requests of 12 s');
  expect(asked).toEqual([{ pool: 'users', policies: ['round-robin', 'least-connections'] }]);
  expect(within(dialog).getByRole('row', { name: 'p95 40.0 ms 41.0 ms 12.5 ms' })).toBeDefined();
  expect(within(dialog).getByRole('row', { name: 'Had to wait – 0 3' })).toBeDefined();
  expect(
    within(dialog).getByRole('row', {
      name: /^a 50.0 % 50 requests, 4 at once, p95 40.0 ms .* 20.0 % 20 requests, 4 at once, p95 12.5 ms$/,
    }),
  ).toBeDefined();
  expect(within(dialog).getByLabelText('What is modelled').textContent).toContain('failures, retries');
});

it('asks again when another policy is chosen, and puts it in force when told to', async () => {
  const { fake, asked, dialog } = await openLab();
  await within(dialog).findByRole('status');
  await userEvent.selectOptions(within(dialog).getByLabelText('Policy B'), 'peak-ewma');
  await vi.waitFor(() =>
    expect(asked.at(-1)).toEqual({ pool: 'users', policies: ['round-robin', 'peak-ewma'] }),
  );
  expect(within(dialog).queryByRole('option', { name: 'Header hash' })).toBeNull();
  await userEvent.click(within(dialog).getByRole('button', { name: 'Use peak EWMA' }));
  expect(fake.calls).toContainEqual([
    'editConfig',
    { edit: { kind: 'set-policy', pool: 'users', policy: 'peak-ewma' }, revision: 1 },
  ]);
  expect(screen.queryByRole('dialog')).toBeNull();
});

it('keeps figures under the policies they are of until the others have come', async () => {
  let isAnswering = true;
  const { dialog } = await openLab({
    comparePolicies: () => (isAnswering ? Promise.resolve(ok(ANSWER)) : new Promise(() => undefined)),
  });
  await within(dialog).findByRole('status');
  isAnswering = false;
  await userEvent.selectOptions(within(dialog).getByLabelText('Policy B'), 'peak-ewma');
  within(dialog).getByRole('columnheader', { name: /^B: Least connections/ });
});

it('says why there is nothing to replay', async () => {
  const { dialog } = await openLab({
    comparePolicies: async () => ({ ok: false, error: { code: 'refused', message: 'Too few answers.' } }),
  });
  expect((await within(dialog).findByRole('alert')).textContent).toBe(
    'Too few answers. Send some traffic, then compare again.',
  );
});
