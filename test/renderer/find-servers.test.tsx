import { act, cleanup, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { freeAddress, poolNameFor } from '../../renderer/features/discovery/found-servers.ts';
import { ownConfig } from '../../renderer/stores/discovery-actions.ts';
import { fail, ok } from '../../shared/calls/result.ts';
import type { Discovery, FoundServer } from '../../shared/view/discovery.ts';
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

const server = (port: number, name = 'users-api'): FoundServer => ({
  url: `http://localhost:${port}`,
  port,
  status: 200,
  title: 'Users',
  software: null,
  owner: { kind: 'process', name, detail: 'node server.js', folder: '/srv/users', pid: port },
});
const FOUND: Discovery = {
  groups: [
    { name: 'users-api', servers: [server(5001), server(5002), server(5003)] },
    { name: 'carts', servers: [server(6001, 'carts')] },
  ],
  silent: [
    { port: 5432, owner: { ...server(1).owner, name: 'postgres' }, reason: 'hangs up when asked in HTTP' },
  ],
  trouble: null,
};
const document = (change = {}) => ({
  text: '{ "own": 1 }',
  revision: 4,
  path: '/c.json',
  isDemo: false,
  fileIssues: [],
  toAllow: [],
  ...change,
});

async function openFind(overrides = {}, config = document()) {
  const snapshot = snapshotOf([backend('a', { url: 'http://127.0.0.1:5003' })]);
  const fake = await openApp(snapshot, { findServers: async () => FOUND, ...overrides });
  act(() => {
    fake.push('config:changed', config);
    fake.push('app:command', { kind: 'find-servers' });
  });
  return { fake, dialog: within(await screen.findByRole('dialog', { name: 'Find running servers' })) };
}

const box = (dialog: ReturnType<typeof within>, name: string) =>
  dialog.findByRole('checkbox', { name }) as Promise<HTMLInputElement>;

describe('servers that run', () => {
  it('are ticked one by one or as the copies they are, save those that are in a pool', async () => {
    const { dialog } = await openFind();
    expect(await dialog.findByText('4 servers speak HTTP')).toBeTruthy();
    const third = await box(dialog, 'http://localhost:5003, users-api');
    expect(third.disabled).toBe(true);
    expect(dialog.getByText('in pool users already')).toBeTruthy();
    const all = await box(dialog, 'All of users-api');
    await userEvent.click(await box(dialog, 'http://localhost:5001, users-api'));
    expect(all.indeterminate).toBe(true);
    await userEvent.click(all);
    expect(all.checked).toBe(true);
    expect((await box(dialog, 'http://localhost:5002, users-api')).checked).toBe(true);
    expect(dialog.getByRole('button', { name: 'Add 2 backends' })).toBeTruthy();
    expect(dialog.getByText('1 port does not speak HTTP')).toBeTruthy();
  });

  it('are added to the pool on screen where the one that was picked is gone', async () => {
    const asked: unknown[] = [];
    const { fake, dialog } = await openFind({
      editConfig: async ({ edit }: { readonly edit: object }) => {
        asked.push(edit);
        return ok(document({ revision: 5 }));
      },
    });
    act(() => fake.push('app:command', { kind: 'show', screen: 'pool', pool: 'gone' }));
    await userEvent.click(dialog.getByRole('button', { name: 'Look again' }));
    await userEvent.click(await box(dialog, 'http://localhost:6001, carts'));
    await userEvent.click(dialog.getByRole('button', { name: 'Add 1 backend' }));
    await waitFor(() => expect(asked).toMatchObject([{ kind: 'add-server', pool: 'users' }]));
  });

  it('are added to a pool with a way back', async () => {
    let revision = 4;
    const { fake, dialog } = await openFind({
      editConfig: async (argument: unknown) => {
        fake.calls.push(['editConfig', argument]);
        return ok(document({ revision: ++revision }));
      },
      applyConfig: async (argument: unknown) => {
        fake.calls.push(['applyConfig', argument]);
        return ok(document());
      },
    });
    await userEvent.click(await box(dialog, 'All of users-api'));
    await userEvent.click(dialog.getByRole('button', { name: 'Add 2 backends' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    const add = (url: string, at: number) => [
      'editConfig',
      { edit: { kind: 'add-server', pool: 'users', server: { url } }, revision: at },
    ];
    expect(fake.calls).toContainEqual(add('http://localhost:5001', 4));
    expect(fake.calls).toContainEqual(add('http://localhost:5002', 5));
    expect(screen.getByText('Added 2 backends to users.')).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Undo' }));
    expect(fake.calls).toContainEqual(['applyConfig', { text: '{ "own": 1 }', revision: 6 }]);
  });

  it('become a pool of their own, with a listener', async () => {
    const { fake, dialog } = await openFind();
    await userEvent.click(await box(dialog, 'http://localhost:6001, carts'));
    await userEvent.selectOptions(dialog.getByLabelText('Add them to'), 'a new pool');
    expect(dialog.getByLabelText<HTMLInputElement>('Name').value).toBe('carts');
    await userEvent.click(dialog.getByRole('button', { name: 'Add 1 backend' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    const edits = fake.calls.filter(([name]) => name === 'editConfig').map(([, argument]) => argument);
    expect(edits).toMatchObject([
      { edit: { kind: 'add-pool', pool: 'carts', servers: ['http://localhost:6001'] } },
      { edit: { kind: 'add-listener', address: ':8081', defaultPool: 'carts' } },
    ]);
  });

  it('are all added or none, and the reason is said', async () => {
    let revision = 4;
    const applied: unknown[] = [];
    const { dialog } = await openFind({
      editConfig: async () =>
        revision === 4
          ? ok(document({ revision: ++revision, text: 'half' }))
          : fail({ code: 'not-applied', message: 'The engine is away.' }),
      applyConfig: async (argument: unknown) => {
        applied.push(argument);
        return ok(document());
      },
    });
    await userEvent.click(await box(dialog, 'All of users-api'));
    await userEvent.click(dialog.getByRole('button', { name: 'Add 2 backends' }));
    expect((await dialog.findByRole('alert')).textContent).toBe('The engine is away.');
    expect(applied).toEqual([{ text: '{ "own": 1 }', revision: 5 }]);
  });

  it('take the place of the demo', async () => {
    const { fake, dialog } = await openFind({}, document({ isDemo: true, path: null }));
    await userEvent.click(await box(dialog, 'All of users-api'));
    await userEvent.click(dialog.getByRole('button', { name: 'Add 2 backends' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    const text = ownConfig(['http://localhost:5001', 'http://localhost:5002']);
    expect(fake.calls).toContainEqual(['startOwn', { text }]);
    expect(JSON.parse(text)).toMatchObject({ port: ':8080' });
    await userEvent.click(screen.getByRole('button', { name: 'Undo' }));
    expect(fake.calls).toContainEqual(['useDemo', null]);
  });
});

it('says how far a look is, and stops it', async () => {
  let end: (found: Discovery) => void = () => undefined;
  const { fake, dialog } = await openFind({
    findServers: () =>
      new Promise<Discovery>((resolve) => {
        end = resolve;
      }),
    stopFinding: async () => {
      fake.calls.push(['stopFinding', null]);
      end({ groups: [], silent: [], trouble: null });
      return null;
    },
  });
  expect(dialog.getByText('Looking what listens')).toBeTruthy();
  act(() => fake.push('discovery:progress', { asked: 3, ports: 8 }));
  expect(dialog.getByText('Asked 3 of 8 ports')).toBeTruthy();
  await userEvent.click(dialog.getByRole('button', { name: 'Stop' }));
  expect(await dialog.findByText(/^No server that speaks HTTP runs here/)).toBeTruthy();
  expect(fake.calls).toContainEqual(['stopFinding', null]);
});

it('says what could not be looked at', async () => {
  const trouble = 'Docker did not tell what it runs: it answered 500.';
  const { dialog } = await openFind({ findServers: async () => ({ groups: [], silent: [], trouble }) });
  expect((await dialog.findByRole('alert')).textContent).toBe(trouble);
});

it('proposes a name and an address that nothing has', () => {
  const { pools, listeners } = snapshotOf([backend('a')]);
  expect(poolNameFor({ name: 'server.js', servers: [] }, pools)).toBe('server');
  expect(poolNameFor({ name: 'users', servers: [] }, pools)).toBe('users-2');
  expect(poolNameFor({ name: '@me/users!', servers: [] }, pools)).toBe('me/users-');
  const taken = { ...FOUND, groups: [{ name: 'x', servers: [server(8081)] }] };
  expect(freeAddress(taken, listeners)).toBe(':8082');
});
