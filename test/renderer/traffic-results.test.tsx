import { act, cleanup, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, it, vi } from 'vitest';
import { backend, snapshotOf } from './fake-api.ts';
import { openApp } from './open-app.tsx';
import { latencyOf, runOf } from './traffic-runs.ts';

vi.mock('uplot', () => ({
  default: class {
    setData(): void {}
    setSize(): void {}
    destroy(): void {}
  },
}));
afterEach(cleanup);

async function openPanel() {
  const fake = await openApp(snapshotOf([backend('a'), backend('b')]));
  await userEvent.click(screen.getByRole('button', { name: 'Send traffic' }));
  return { fake, panel: await screen.findByRole('region', { name: 'Send traffic' }) };
}

it('shows the latency while it runs, in figures and as a histogram', async () => {
  const { fake, panel } = await openPanel();
  const { progress } = runOf(1, {}, { state: 'running', latency: latencyOf([5, 6, 7, 80]) });
  act(() => fake.push('traffic:progress', progress));
  expect(within(panel).getByLabelText('Figures').textContent).toBe(
    'Rate300 req/sFailed0p507.0 msp9080.0 msp9980.0 msSlowest80.0 ms',
  );
  expect(
    within(panel).getByRole('img', {
      name: 'Latency: half within 7.0 ms, 90 % within 80.0 ms, 99 % within 80.0 ms, the slowest 80.0 ms.',
    }),
  ).toBeDefined();
});

it('says how late the generator was, and which pool a run of another one went to', async () => {
  const { fake, panel } = await openPanel();
  const { progress } = runOf(1);
  act(() =>
    fake.push('traffic:progress', {
      ...progress,
      plan: { ...progress.plan, pool: 'orders' },
      punctuality: { lateP99Ms: 1, lateMaxMs: 2, heldBack: 0 },
    }),
  );
  expect(within(panel).getByText(/^The generator kept its schedule/)).toBeDefined();
  expect(within(panel).getByText('Sent to pool orders')).toBeDefined();
});

it('keeps the last runs, newest first, and deletes one', async () => {
  const { fake, panel } = await openPanel();
  expect(within(panel).queryByRole('table')).toBeNull();
  act(() =>
    fake.push('traffic:runs', [
      runOf(1),
      runOf(2, { policy: 'random' }, { answers: { '200': 297, 'connection refused': 3 } }),
    ]),
  );
  const rows = within(within(panel).getByRole('table', { name: 'Last runs' }))
    .getAllByRole('row')
    .slice(1);
  expect(rows.map((row) => row.textContent)).toEqual([
    expect.stringMatching(/usersRandom300 requests, 10 at a time GET \/10.0 ms10.0 ms1.0 %300 \/s$/),
    expect.stringMatching(/usersRound robin300 requests, 10 at a time GET \/10.0 ms10.0 ms0300 \/s$/),
  ]);
  await userEvent.click(within(panel).getByRole('button', { name: /^Delete .*Round robin/ }));
  expect(fake.calls).toContainEqual(['forgetTraffic', { id: 1 }]);
});

it('compares two that are chosen; the earlier one is A', async () => {
  const { fake, panel } = await openPanel();
  const shares = { 'http://a:1': 240, 'http://b:1': 60 };
  act(() =>
    fake.push('traffic:runs', [
      runOf(1, {}, { latency: latencyOf([100]) }),
      runOf(2),
      runOf(3, { policy: 'least-connections' }, { latency: latencyOf([67]), byBackend: shares }),
    ]),
  );
  const compare = within(panel).getByRole<HTMLButtonElement>('button', { name: 'Compare' });
  expect(compare.disabled).toBe(true);
  // A third takes the place of the first that was chosen.
  const [third, second, first] = within(panel).getAllByRole('checkbox', { name: /^Compare / });
  for (const box of [second, third, first]) if (box) await userEvent.click(box);
  await userEvent.click(compare);
  const dialog = await screen.findByRole('dialog', { name: 'Compare two runs' });
  expect(within(dialog).getByText('Least connections had a p99 33 % lower than round robin.')).toBeDefined();
  expect(within(dialog).queryByLabelText('Not like for like')).toBeNull();
  expect(within(dialog).getByRole('row', { name: 'p99 100 ms 67.0 ms 33 % lower' })).toBeDefined();
  expect(
    within(dialog).getByRole('row', { name: 'Share of a 50.0 % 80.0 % 30.0 points more' }),
  ).toBeDefined();
  expect(within(dialog).getByRole('img', { name: /^Latency of A: .* Latency of B: / })).toBeDefined();
});

it('takes headers, a body and more paths, and says what is sent when they are out of sight', async () => {
  const { fake, panel } = await openPanel();
  await userEvent.click(within(panel).getByRole('button', { name: 'Headers, body, more paths' }));
  await userEvent.type(within(panel).getByLabelText('Headers, one a line'), 'X-User: 7');
  expect(within(panel).queryByLabelText('Body')).toBeNull();
  await userEvent.selectOptions(within(panel).getByLabelText('Method'), 'POST');
  await userEvent.type(within(panel).getByLabelText('Body'), 'hello');
  await userEvent.click(within(panel).getByRole('button', { name: 'Add a path' }));
  await userEvent.type(within(panel).getByLabelText('Path 2'), 'slow');
  await userEvent.clear(within(panel).getByLabelText('Weight 1'));
  await userEvent.type(within(panel).getByLabelText('Weight 1'), '3');
  expect(within(panel).getByText('75.0 %')).toBeDefined();
  await userEvent.click(within(panel).getByRole('button', { name: 'With 1 header, a body, 2 paths' }));
  await userEvent.click(within(panel).getByRole('button', { name: 'Send' }));
  expect(fake.calls).toContainEqual([
    'startTraffic',
    expect.objectContaining({
      method: 'POST',
      headers: [{ name: 'X-User', value: '7' }],
      body: 'hello',
      paths: [
        { path: '/', weight: 3 },
        { path: '/slow', weight: 1 },
      ],
    }),
  ]);
});

it('opens what is out of sight where something is wrong with it', async () => {
  const { fake, panel } = await openPanel();
  const more = () => within(panel).getByRole('button', { name: /^(Headers|With)/ });
  await userEvent.click(more());
  await userEvent.type(within(panel).getByLabelText('Headers, one a line'), 'X-User');
  await userEvent.click(more());
  await userEvent.click(within(panel).getByRole('button', { name: 'Send' }));
  expect(within(panel).getByRole('alert').textContent).toBe(
    'Line 1: "X-User" is no header; write it like "X-User: 7".',
  );
  expect(fake.calls).toEqual([]);
});
