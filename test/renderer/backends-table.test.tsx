import { act, cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { BackendSnapshot } from '../../shared/view/snapshot.ts';
import { backend, type FakeApi, snapshotOf } from './fake-api.ts';
import { openApp } from './open-app.tsx';

beforeEach(() => localStorage.clear());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const PROBE = { at: 0, passed: true, durationMs: 1.2, words: 'HEAD / → 200' };
const counters = (requests: number) => ({ ...backend('x').counters, requests });
const table = () => within(screen.getByRole('region', { name: 'Backends' }));
const rows = () =>
  table()
    .getAllByRole('row')
    .flatMap((row) => row.getAttribute('aria-label') ?? []);
const click = (name: string | RegExp) => userEvent.click(table().getByRole('button', { name }));
const asked = (fake: FakeApi, call: string) =>
  fake.calls.filter(([name]) => name === call).map(([, argument]) => argument);
const three = (...changes: readonly Partial<BackendSnapshot>[]) =>
  snapshotOf(['b', 'a', 'c'].map((name, at) => backend(name, changes[at])));

describe('sorting', () => {
  it('goes one way, the other way, and back to the order of the config', async () => {
    await openApp(three());
    const heading = () => table().getByRole('columnheader', { name: 'Backend' }).getAttribute('aria-sort');
    expect(rows()).toEqual(['b', 'a', 'c']);
    await click('Sort by Backend');
    expect([rows(), heading()]).toEqual([['a', 'b', 'c'], 'ascending']);
    await click('Sort by Backend');
    expect([rows(), heading()]).toEqual([['c', 'b', 'a'], 'descending']);
    await click('Sort by Backend');
    expect([rows(), heading()]).toEqual([['b', 'a', 'c'], 'none']);
  });

  it('is by keyboard too, and keeps equal ones as they were', async () => {
    await openApp(three({ weight: 2 }, { weight: 5 }, { weight: 2 }));
    table().getByRole('button', { name: 'Sort by Weight' }).focus();
    await userEvent.keyboard('{Enter}');
    expect(rows()).toEqual(['a', 'b', 'c']);
    await userEvent.keyboard('{Enter}');
    expect(rows()).toEqual(['b', 'c', 'a']);
  });

  it('follows live figures once a second, and not under the pointer', async () => {
    const fake = await openApp(three({ counters: counters(9) }));
    await click('Sort by Requests');
    expect(rows()).toEqual(['b', 'a', 'c']);
    const push = (at: number, requests: number) =>
      act(() => fake.push('engine:snapshot', { ...three({}, {}, { counters: counters(requests) }), at }));
    const body = table().getAllByRole('rowgroup')[1];
    if (!body) throw new Error('no rows');
    fireEvent.pointerEnter(body);
    push(101_000, 20);
    expect(rows()).toEqual(['b', 'a', 'c']);
    fireEvent.pointerLeave(body);
    push(102_000, 30);
    expect(rows()).toEqual(['c', 'b', 'a']);
  });

  it('stays as it is under the keyboard, also when the pointer leaves', async () => {
    const fake = await openApp(three({ counters: counters(9) }));
    await click('Sort by Requests');
    const body = table().getAllByRole('rowgroup')[1];
    if (!body) throw new Error('no rows');
    table().getByRole('button', { name: 'More for b' }).focus();
    fireEvent.pointerEnter(body);
    fireEvent.pointerLeave(body);
    const snapshot = { ...three({}, {}, { counters: counters(30) }), at: 102_000 };
    act(() => fake.push('engine:snapshot', snapshot));
    expect(rows()).toEqual(['b', 'a', 'c']);
  });
});

describe('a selection', () => {
  const select = (name: string) => userEvent.click(table().getByRole('checkbox', { name: `Select ${name}` }));

  it('is a range with Shift, and all or none by the box above', async () => {
    await openApp(three());
    await select('b');
    const user = userEvent.setup();
    await user.keyboard('{Shift>}');
    await user.click(table().getByRole('checkbox', { name: 'Select c' }));
    await user.keyboard('{/Shift}');
    screen.getByText('3 selected');
    await select('a');
    screen.getByText('2 selected');
    await userEvent.click(table().getByRole('checkbox', { name: 'Select every backend' }));
    screen.getByText('3 selected');
    await userEvent.click(screen.getByRole('button', { name: 'Clear the selection' }));
    expect(screen.queryByRole('toolbar', { name: 'Selected backends' })).toBeNull();
  });

  it('is switched off together, and back as it was', async () => {
    const fake = await openApp(three({}, { admin: 'draining' }));
    await select('b');
    await select('a');
    await click('Switch off');
    await screen.findByText('2 backends switched off.');
    await userEvent.click(screen.getByRole('button', { name: 'Undo' }));
    expect(asked(fake, 'setAdmin')).toEqual([
      { pool: 'users', backend: 'b', state: 'disabled' },
      { pool: 'users', backend: 'a', state: 'disabled' },
      { pool: 'users', backend: 'b', state: 'enabled' },
      { pool: 'users', backend: 'a', state: 'draining' },
    ]);
  });

  it('is broken together, and what was simulated before comes back', async () => {
    const latency = {
      text: 'latency 200ms',
      settings: { kind: 'latency', delayMs: 200 },
      since: 0,
      endsAt: null,
      requestsHit: 0,
      probesHit: 0,
      isSpent: false,
    };
    const fake = await openApp(three({ faults: [Object(latency)] }));
    await select('b');
    await select('c');
    await click('Simulate');
    await userEvent.click(await screen.findByRole('menuitem', { name: 'Crash' }));
    await screen.findByText('2 backends simulated: crash.');
    await userEvent.click(screen.getByRole('button', { name: 'Undo' }));
    await waitFor(() =>
      expect(asked(fake, 'setFaults')).toEqual([
        { pool: 'users', backend: 'b', faults: ['crash'] },
        { pool: 'users', backend: 'c', faults: ['crash'] },
        { pool: 'users', backend: 'b', faults: ['latency 200ms'] },
        { pool: 'users', backend: 'c', faults: [] },
      ]),
    );
  });

  it('is probed, forgotten, cut and removed', async () => {
    const fake = await openApp(three());
    await select('b');
    await select('c');
    for (const item of ['Probe now', 'Reset counters', 'Drop their connections', 'Remove']) {
      await click('More for the selected backends');
      await userEvent.click(await screen.findByRole('menuitem', { name: item }));
    }
    await screen.findByText('2 backends removed.');
    for (const call of ['probeNow', 'resetCounters', 'dropConnections'])
      expect(asked(fake, call)).toEqual([
        { pool: 'users', backend: 'b' },
        { pool: 'users', backend: 'c' },
      ]);
    expect(asked(fake, 'editConfig').map((one) => Reflect.get(Object(one), 'edit'))).toEqual([
      { kind: 'remove-server', pool: 'users', backend: 'b' },
      { kind: 'remove-server', pool: 'users', backend: 'c' },
    ]);
  });
});

describe('a row', () => {
  it('is renamed where it stands, with what else is said of it', async () => {
    const fake = await openApp(three({ weight: 3, isBackup: true }));
    await click('Rename b');
    await userEvent.keyboard('billing{Enter}');
    expect(asked(fake, 'editConfig')).toEqual([
      {
        edit: {
          kind: 'update-server',
          pool: 'users',
          backend: 'b',
          server: { url: 'http://b:1', weight: 3, backup: true, name: 'billing' },
        },
        revision: 1,
      },
    ]);
  });

  it('keeps its name when the field is left by Escape', async () => {
    const fake = await openApp(three());
    await click('Rename b');
    await userEvent.keyboard('billing{Escape}');
    expect(asked(fake, 'editConfig')).toEqual([]);
    // The field is gone, and the keyboard is where it was before.
    expect(document.activeElement).toBe(table().getByRole('button', { name: 'Rename b' }));
  });

  it('takes a weight that is typed', async () => {
    const fake = await openApp(three());
    await userEvent.click(table().getByRole('spinbutton', { name: 'Weight of a' }));
    await userEvent.keyboard('25{Enter}');
    await waitFor(() =>
      expect(asked(fake, 'editConfig')).toEqual([
        { edit: { kind: 'set-weight', pool: 'users', backend: 'a', weight: 25 }, revision: 1 },
      ]),
    );
  });

  it('says in words what came of each probe', async () => {
    const probes = [PROBE, { ...PROBE, passed: false, words: 'connection refused', at: Date.now() - 4_000 }];
    await openApp(three({ probes }));
    const strip = table().getByRole('button', { name: /^b: 1 of the last 2 probes passed/ });
    vi.spyOn(strip, 'getBoundingClientRect').mockReturnValue(Object({ left: 0, width: 120 }));
    fireEvent.pointerMove(strip, { clientX: 119 });
    expect(screen.getByRole('tooltip').textContent).toMatch(/^connection refused, 1.2 ms\d+ s ago$/);
    fireEvent.pointerMove(strip, { clientX: 3 });
    expect(screen.queryByRole('tooltip')).toBeNull();
    await userEvent.click(strip);
    await screen.findByRole('dialog', { name: /b/ });
  });

  it('forgets its counters and drops its connections', async () => {
    const fake = await openApp(three());
    for (const item of ['Reset its counters', 'Drop its connections']) {
      await click('More for a');
      await userEvent.click(await screen.findByRole('menuitem', { name: item }));
    }
    expect(asked(fake, 'resetCounters')).toEqual([{ pool: 'users', backend: 'a' }]);
    expect(asked(fake, 'dropConnections')).toEqual([{ pool: 'users', backend: 'a' }]);
  });
});

it('asks before requests in flight are cut, and cuts them once that is said', async () => {
  const fake = await openApp(three({}, { counters: { ...backend('a').counters, inFlight: 2 } }));
  await click('More for a');
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Drop its connections' }));
  const dialog = within(await screen.findByRole('dialog', { name: 'Drop the connections of a?' }));
  dialog.getByText('2 requests are in flight there and will be cut.');
  expect(asked(fake, 'dropConnections')).toEqual([]);
  await userEvent.click(dialog.getByRole('button', { name: 'Drop them' }));
  await vi.waitFor(() => expect(asked(fake, 'dropConnections')).toEqual([{ pool: 'users', backend: 'a' }]));
});

it('draws of forty rows only those that have changed', async () => {
  const forty = Array.from({ length: 40 }, (_, at) => backend(`s${at}`));
  const fake = await openApp(snapshotOf(forty));
  const touched = new Set<string>();
  const observer = new MutationObserver((records) => {
    for (const { target } of records) {
      const row = (target instanceof Element ? target : target.parentElement)?.closest('tr');
      if (row) touched.add(row.getAttribute('aria-label') ?? '');
    }
  });
  const body = table().getAllByRole('rowgroup')[1];
  if (!body) throw new Error('no rows');
  observer.observe(body, { subtree: true, childList: true, characterData: true, attributes: true });
  const batch = {
    seq: 2,
    at: 100_250,
    counters: [{ pool: 'users', backend: 's7', counters: counters(5) }],
    standings: [],
    pools: [],
    seconds: [],
    events: [],
    tunnels: { count: 0, newest: [] },
    log: null,
  };
  act(() => fake.push('engine:batch', batch));
  await waitFor(() => expect([...touched]).toEqual(['s7']));
  observer.disconnect();
});
