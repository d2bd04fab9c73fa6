import { act, cleanup, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { fail } from '../../shared/calls/result.ts';
import { backend, route, snapshotOf } from './fake-api.ts';
import { openApp } from './open-app.tsx';

// happy-dom draws no canvas; the chart itself is looked at in the end-to-end tests.
vi.mock('uplot', () => ({
  default: class {
    setData(): void {}
    setSize(): void {}
    destroy(): void {}
  },
}));

afterEach(cleanup);

const row = (name: string) => screen.getByRole('row', { name });

describe('the pool screen', () => {
  it('names every backend, its health in words and its count', async () => {
    const counters = { ...backend('a').counters, requests: 1_234 };
    await openApp(
      snapshotOf([
        backend('a', { counters }),
        backend('b', { health: { health: 'down', reason: 'connection refused', since: 96_000 } }),
      ]),
    );
    expect(row('a').textContent).toContain('HEAD / → 200, 1.2 ms');
    expect(row('a').textContent).toContain('1,234');
    expect(row('b').textContent).toContain('down 4 s: connection refused');
  });

  it('asks the engine on a toggle, and shows its answer, not a hope', async () => {
    const fake = await openApp(snapshotOf([backend('a'), backend('b')]));
    const toggle = screen.getByRole('switch', { name: 'a in rotation' });
    await userEvent.click(toggle);
    expect(fake.calls).toContainEqual(['setAdmin', { pool: 'users', backend: 'a', state: 'disabled' }]);
    expect(toggle.getAttribute('aria-checked')).toBe('true');
    fake.push('engine:snapshot', snapshotOf([backend('a', { admin: 'disabled' }), backend('b')]));
    await screen.findAllByText(/^off by you/);
    expect(toggle.getAttribute('aria-checked')).toBe('false');
  });

  it('toggles backend n on its digit, but not while one types', async () => {
    const fake = await openApp(snapshotOf([backend('a'), backend('b')]));
    await userEvent.keyboard('2');
    expect(fake.calls).toEqual([['setAdmin', { pool: 'users', backend: 'b', state: 'disabled' }]]);
    await userEvent.click(screen.getByRole('button', { name: 'Add backend' }));
    await userEvent.type(await screen.findByLabelText('Name'), '1');
    expect(fake.calls).toHaveLength(1);
  });

  it('says why and what to try when nobody is left', async () => {
    await openApp(snapshotOf([backend('a', { admin: 'disabled' })]));
    expect(screen.getByRole('alert').textContent).toMatch(
      /every request gets 503.*a is switched off by you.*Switch on/,
    );
  });

  it('shows a refused edit at its field', async () => {
    const issue = {
      path: 'servers[1]',
      keys: ['servers', 1],
      message: 'servers[1]: "x" has no scheme; write "http://x"',
    };
    await openApp(snapshotOf([backend('a')]), {
      editConfig: async () => fail({ code: 'invalid', issues: [issue] }),
    });
    await userEvent.click(screen.getByRole('button', { name: 'Add backend' }));
    const dialog = await screen.findByRole('dialog');
    await userEvent.click(within(dialog).getByRole('button', { name: 'Add backend' }));
    expect((await within(dialog).findByRole('alert')).textContent).toBe(
      '"x" has no scheme; write "http://x"',
    );
  });

  it('takes another policy at once, and asks for the header of one that needs it', async () => {
    const fake = await openApp(snapshotOf([backend('a')]));
    const choose = async (title: RegExp) => {
      await userEvent.click(screen.getByRole('button', { name: 'Round robin' }));
      await userEvent.click(await screen.findByRole('menuitemradio', { name: title }));
    };
    await choose(/^Least connections/);
    const edit = { kind: 'set-policy', pool: 'users' };
    await waitFor(() =>
      expect(fake.calls).toEqual([
        ['editConfig', { edit: { ...edit, policy: 'least-connections' }, revision: 1 }],
      ]),
    );
    await choose(/^Header hash/);
    const dialog = await screen.findByRole('dialog', { name: 'Header hash' });
    await userEvent.type(within(dialog).getByLabelText('Header'), ' X-User ');
    await userEvent.click(within(dialog).getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(fake.calls).toHaveLength(2));
    expect(fake.calls[1]).toMatchObject([
      'editConfig',
      { edit: { ...edit, policy: 'header-hash', parameter: 'X-User' } },
    ]);
  });

  it('sends traffic to the listener and shows the answers', async () => {
    const fake = await openApp(snapshotOf([backend('a')]));
    await userEvent.click(screen.getByRole('button', { name: 'Send traffic' }));
    const panel = await screen.findByRole('region', { name: 'Send traffic' });
    await userEvent.click(within(panel).getByRole('button', { name: 'Send' }));
    const plan = {
      listener: ':8080',
      pool: 'users',
      method: 'GET',
      headers: [],
      body: '',
      paths: [{ path: '/', weight: 1 }],
      load: { kind: 'count', requests: 300, concurrency: 10 },
    } as const;
    expect(fake.calls).toContainEqual(['startTraffic', plan]);
    fake.push('traffic:progress', {
      state: 'done',
      plan,
      sent: 300,
      planned: 300,
      answers: { '200': 299, '503': 1 },
      byBackend: {},
      elapsedMs: 500,
      latency: null,
      punctuality: null,
    });
    expect((await within(panel).findByText(/answered in/)).textContent).toBe(
      '300 of 300 answered in 0.5 s, done',
    );
  });

  it('says that the engine is away, and that a file is not in force', async () => {
    const fake = await openApp(snapshotOf([backend('a')]));
    fake.push('engine:status', { kind: 'restarting', reason: 'out of memory' });
    expect((await screen.findByRole('alert')).textContent).toContain('out of memory');
    fake.push('engine:status', { kind: 'running' });
    fake.push('config:changed', {
      text: '{}',
      revision: 2,
      path: '/c.json',
      isDemo: false,
      fileIssues: [{ path: '', keys: [], message: 'Line 1: no' }],
      toAllow: [],
    });
    await screen.findByText(/is not in force/);
    expect(screen.getByRole('alert').textContent).toContain('Line 1: no');
  });

  it('says since when a backend is off, where it knows', async () => {
    const off = backend('a', { admin: 'disabled' });
    const event = {
      id: 1,
      at: 88_000,
      kind: 'admin',
      pool: 'users',
      backend: 'a',
      state: 'disabled',
    } as const;
    await openApp(snapshotOf([off, backend('b')], { events: [event] }));
    expect(row('a').textContent).toContain('off by you for 12 s');
    expect(screen.getByRole('listitem', { name: /^a: .*off by you for 12 s/ })).toBeTruthy();
  });

  it('removes at once, and takes it back with the whole text', async () => {
    const applied: unknown[] = [];
    const fake = await openApp(snapshotOf([backend('a')]), {
      applyConfig: async (argument) => {
        applied.push(argument);
        return fail({ code: 'conflict', message: 'The config was changed meanwhile.' });
      },
    });
    await userEvent.click(screen.getByRole('button', { name: 'More for a' }));
    await userEvent.click(await screen.findByRole('menuitem', { name: 'Remove' }));
    const edit = { kind: 'remove-server', pool: 'users', backend: 'a' };
    expect(fake.calls).toEqual([['editConfig', { edit, revision: 1 }]]);
    await userEvent.click(await screen.findByRole('button', { name: 'Undo' }));
    expect(applied).toEqual([{ text: '{}', revision: 2 }]);
    await screen.findByText('The config was changed meanwhile.');
  });

  it('offers the way out when the balancer is off, or cannot listen', async () => {
    const fake = await openApp(snapshotOf([backend('a')], { isRunning: false }));
    await userEvent.click(screen.getByRole('button', { name: 'Switch it on' }));
    expect(fake.calls).toEqual([['setRunning', { isRunning: true }]]);
    const snapshot = snapshotOf([backend('a')]);
    const state = { kind: 'failed', reason: 'address already in use' } as const;
    const listeners = snapshot.listeners.map((one) => ({ ...one, state }));
    act(() => fake.push('engine:snapshot', { ...snapshot, listeners }));
    await userEvent.click(screen.getByRole('button', { name: 'Change the address…' }));
    expect(await screen.findByRole('dialog', { name: 'Where it listens' })).toBeTruthy();
  });

  it('takes batches that follow the snapshot, and no others', async () => {
    const fake = await openApp(snapshotOf([backend('a')], { seq: 7 }));
    const batch = (seq: number, requests: number) => ({
      seq,
      at: 100_250,
      counters: [{ pool: 'users', backend: 'a', counters: { ...backend('a').counters, requests } }],
      standings: [],
      pools: [],
      seconds: [],
      events: [],
      tunnels: { count: 0, newest: [] },
      log: null,
    });
    act(() => fake.push('engine:batch', batch(7, 111)));
    expect(row('a').textContent).not.toContain('111');
    act(() => fake.push('engine:batch', batch(8, 222)));
    expect(row('a').textContent).toContain('222');
  });

  it('lists the open tunnels of this pool, and says so when there are more than it shows', async () => {
    const tunnel = {
      id: 7,
      at: 40_000,
      pool: 'users',
      backend: 'b',
      client: '127.0.0.1',
      target: '/live',
      protocol: 'websocket',
      bytesIn: 940,
      bytesOut: 1_234_567,
    };
    const fake = await openApp(snapshotOf([backend('a'), backend('b')]));
    expect(screen.queryByText('WebSockets and upgrades')).toBeNull();
    const newest = [tunnel, { ...tunnel, id: 6, pool: 'orders', target: '/other' }];
    fake.push(
      'engine:snapshot',
      snapshotOf([backend('a'), backend('b')], { tunnels: { count: 31, newest } }),
    );
    const card = await screen.findByRole('region', { name: 'WebSockets and upgrades' });
    expect(within(card).getByText('the newest of 31 open')).toBeDefined();
    const rows = within(card).getAllByRole('row').slice(1);
    expect(rows.map((one) => one.textContent)).toEqual(['/livewebsocketb127.0.0.11 min940 B1.2 MB']);
  });

  it('shows where each route leads, and by which address a pool behind one is reached', async () => {
    const plain = snapshotOf([backend('a')]);
    const [listener] = plain.listeners;
    const [pool] = plain.pools;
    if (!listener || !pool) throw new Error('the test is wrong');
    const routes = [
      route({ host: 'orders.localhost', pool: 'orders' }),
      route({ path: '/old', redirect: '/new' }),
    ];
    await openApp({
      ...plain,
      listeners: [{ ...listener, routes }],
      pools: [pool, { ...pool, name: 'orders', backends: [backend('o')] }],
    });
    const list = screen.getByRole('list', { name: 'Routes of http://localhost:8080' });
    expect(
      within(list)
        .getAllByRole('listitem')
        .map((one) => one.textContent),
    ).toEqual(['orders.localhost→orders', '/old→redirect to /new']);
    await userEvent.click(within(list).getByRole('button', { name: 'orders' }));
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('orders');
    expect(
      screen.getByRole('button', { name: 'Copy the address http://orders.localhost:8080/' }),
    ).toBeDefined();
  });
});

describe("a backend's weight", () => {
  it('takes several clicks as one change, and shows what it is about to be', async () => {
    const fake = await openApp(snapshotOf([backend('a', { weight: 2 })]));
    const more = screen.getByRole('button', { name: 'More weight for a' });
    await userEvent.click(more);
    await userEvent.click(more);
    const weight = screen.getByRole('spinbutton', { name: 'Weight of a' });
    expect(weight).toHaveProperty('value', '4');
    await waitFor(() => expect(weight).toHaveProperty('value', '2'));
    const edits = fake.calls.filter(([name]) => name === 'editConfig').map(([, argument]) => argument);
    expect(edits).toEqual([
      { edit: { kind: 'set-weight', pool: 'users', backend: 'a', weight: 4 }, revision: 1 },
    ]);
  });

  it('goes no lower than one', async () => {
    await openApp(snapshotOf([backend('a')]));
    const less = screen.getByRole('button', { name: 'Less weight for a' });
    expect(less.hasAttribute('disabled')).toBe(true);
  });
});

describe('what a backend may be given', () => {
  it('has a limit and can be a backup, and keeps what it has', async () => {
    const fake = await openApp(snapshotOf([backend('a', { maxConnections: 8, isBackup: true })]));
    await userEvent.click(screen.getByRole('button', { name: 'More for a' }));
    await userEvent.click(await screen.findByRole('menuitem', { name: 'Edit…' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'Edit a' }));
    expect(dialog.getByRole('combobox', { name: 'Serves' })).toHaveProperty('value', 'backup');
    const most = dialog.getByRole('textbox', { name: 'Most requests at a time' });
    expect(most).toHaveProperty('value', '8');
    await userEvent.type(most, '0');
    await userEvent.click(dialog.getByRole('button', { name: 'Save' }));
    expect(fake.calls.at(-1)).toMatchObject([
      'editConfig',
      { edit: { kind: 'update-server', server: { maxConnections: 80, backup: true } } },
    ]);
  });
});
