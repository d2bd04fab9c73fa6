import { cleanup, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { App } from '../../renderer/app.tsx';
import { createAppStore } from '../../renderer/stores/app-store.ts';
import { StoreContext } from '../../renderer/stores/use-app.ts';
import type { SwitchyardApi } from '../../shared/contract.ts';
import { fail } from '../../shared/result.ts';
import type { Snapshot } from '../../shared/snapshot.ts';
import { backend, type FakeApi, fakeApi, snapshotOf } from './fake-api.ts';

// happy-dom draws no canvas; the chart itself is looked at in the end-to-end tests.
vi.mock('uplot', () => ({
  default: class {
    setData(): void {}
    setSize(): void {}
    destroy(): void {}
  },
}));

afterEach(cleanup);

async function open(snapshot: Snapshot, overrides: Partial<SwitchyardApi> = {}): Promise<FakeApi> {
  const fake = fakeApi(snapshot, overrides);
  render(
    <StoreContext value={createAppStore(fake.api)}>
      <App />
    </StoreContext>,
  );
  await screen.findByRole('heading', { name: 'Backends' });
  return fake;
}

const row = (name: string) => screen.getByRole('row', { name });

describe('the pool screen', () => {
  it('names every backend, its health in words and its count', async () => {
    const counters = { ...backend('a').counters, requests: 1_234 };
    await open(
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
    const fake = await open(snapshotOf([backend('a'), backend('b')]));
    const toggle = screen.getByRole('switch', { name: 'a in rotation' });
    await userEvent.click(toggle);
    expect(fake.calls).toContainEqual(['setAdmin', { pool: 'users', backend: 'a', state: 'disabled' }]);
    expect(toggle.getAttribute('aria-checked')).toBe('true');
    fake.push('engine:snapshot', snapshotOf([backend('a', { admin: 'disabled' }), backend('b')]));
    await screen.findAllByText(/^off by you/);
    expect(toggle.getAttribute('aria-checked')).toBe('false');
  });

  it('toggles backend n on its digit, but not while one types', async () => {
    const fake = await open(snapshotOf([backend('a'), backend('b')]));
    await userEvent.keyboard('2');
    expect(fake.calls).toEqual([['setAdmin', { pool: 'users', backend: 'b', state: 'disabled' }]]);
    await userEvent.click(screen.getByRole('button', { name: 'Add backend' }));
    await userEvent.type(await screen.findByLabelText('Name'), '1');
    expect(fake.calls).toHaveLength(1);
  });

  it('says why and what to try when nobody is left', async () => {
    await open(snapshotOf([backend('a', { admin: 'disabled' })]));
    expect(screen.getByRole('alert').textContent).toMatch(
      /every request is answered 503.*switch one on again/,
    );
  });

  it('shows a refused edit at its field', async () => {
    const issue = {
      path: 'servers[1]',
      keys: ['servers', 1],
      message: 'servers[1]: "x" has no scheme; write "http://x"',
    };
    await open(snapshotOf([backend('a')]), {
      editConfig: async () => fail({ code: 'invalid', issues: [issue] }),
    });
    await userEvent.click(screen.getByRole('button', { name: 'Add backend' }));
    const dialog = await screen.findByRole('dialog');
    await userEvent.click(within(dialog).getByRole('button', { name: 'Add backend' }));
    expect((await within(dialog).findByRole('alert')).textContent).toBe(
      '"x" has no scheme; write "http://x"',
    );
  });

  it('sends traffic to the listener and shows the answers', async () => {
    const fake = await open(snapshotOf([backend('a')]));
    await userEvent.click(screen.getByRole('button', { name: 'Send traffic' }));
    const panel = await screen.findByRole('region', { name: 'Send traffic' });
    await userEvent.click(within(panel).getByRole('button', { name: 'Send' }));
    const plan = {
      listener: ':8080',
      method: 'GET',
      path: '/',
      load: { kind: 'count', requests: 300, concurrency: 10 },
    } as const;
    expect(fake.calls).toContainEqual(['startTraffic', plan]);
    fake.push('traffic:progress', {
      isRunning: false,
      plan,
      sent: 300,
      planned: 300,
      answers: { '200': 299, '503': 1 },
      byBackend: {},
      elapsedMs: 500,
    });
    expect((await within(panel).findByText(/answered in/)).textContent).toBe(
      '300 of 300 answered in 0.5 s, done',
    );
  });

  it('says that the engine is away, and that a file is not in force', async () => {
    const fake = await open(snapshotOf([backend('a')]));
    fake.push('engine:status', { kind: 'restarting', reason: 'out of memory' });
    expect((await screen.findByRole('alert')).textContent).toContain('out of memory');
    fake.push('engine:status', { kind: 'running' });
    fake.push('config:changed', {
      text: '{}',
      revision: 2,
      path: '/c.json',
      isDemo: false,
      fileIssues: [{ path: '', keys: [], message: 'Line 1: no' }],
    });
    await screen.findByText(/is not in force/);
    expect(screen.getByRole('alert').textContent).toContain('Line 1: no');
  });
});
