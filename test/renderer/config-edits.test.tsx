import { cleanup, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { argumentParsers } from '../../electron/desktop/ipc/arguments.ts';
import { fail, ok } from '../../shared/calls/result.ts';
import type { SwitchyardApi } from '../../shared/calls/switchyard-api.ts';
import type { ConfigDocument } from '../../shared/config/config-document.ts';
import type { ListenerSnapshot } from '../../shared/view/snapshot.ts';
import { backend, type FakeApi, snapshotOf } from './fake-api.ts';
import { openApp } from './open-app.tsx';

vi.mock('uplot', () => ({
  default: class {
    setData(): void {}
    setSize(): void {}
    destroy(): void {}
  },
}));
beforeEach(() => localStorage.clear());
afterEach(cleanup);

const DOCUMENT: ConfigDocument = {
  text: '{}',
  revision: 1,
  path: '/c.json',
  isDemo: false,
  fileIssues: [],
  toAllow: [],
};
const CONFLICT = fail({
  code: 'conflict' as const,
  message: 'The config has changed since you began this edit.',
});

const open = (overrides: Partial<SwitchyardApi> = {}) =>
  openApp(snapshotOf([backend('a'), backend('b')]), overrides);
const edits = ({ calls }: FakeApi) => calls.filter(([name]) => name === 'editConfig').map(([, of]) => of);
const typeWeight = async (name: string, weight: string) => {
  await userEvent.click(screen.getByRole('spinbutton', { name: `Weight of ${name}` }));
  await userEvent.keyboard(weight);
};

it('two edits in the same moment are no conflict: the second is made to what the first has left', async () => {
  let revision = 1;
  const asked: number[] = [];
  const fake = await open({
    editConfig: async ({ revision: from }) => {
      asked.push(from);
      if (from !== revision) return CONFLICT;
      revision += 1;
      return ok({ ...DOCUMENT, revision });
    },
  });
  for (const policy of ['random', 'ip-hash'] as const)
    fake.push('app:command', { kind: 'set-policy', pool: 'users', policy });
  await waitFor(() => expect(asked).toEqual([1, 2]));
});

it('a weight that was just typed is set also when the screen is left at once', async () => {
  const fake = await open();
  await typeWeight('a', '5');
  await userEvent.click(screen.getByRole('button', { name: 'Settings' }));
  await waitFor(() =>
    expect(edits(fake)).toEqual([
      { edit: { kind: 'set-weight', pool: 'users', backend: 'a', weight: 5 }, revision: 1 },
    ]),
  );
});

it('a weight that is no number gets as far as the schema, which says so', async () => {
  const fake = await open();
  await userEvent.click(screen.getByRole('button', { name: 'Add backend' }));
  const dialog = within(await screen.findByRole('dialog', { name: 'Add a backend' }));
  await userEvent.type(dialog.getByRole('textbox', { name: 'URL' }), '5001');
  await userEvent.type(dialog.getByRole('textbox', { name: 'Weight' }), 'lots');
  await userEvent.click(dialog.getByRole('button', { name: 'Add backend' }));
  await waitFor(() => expect(edits(fake)).toHaveLength(1));
  const server = { url: 'http://localhost:5001', weight: 'lots' };
  expect(edits(fake)[0]).toEqual({ edit: { kind: 'add-server', pool: 'users', server }, revision: 1 });
  expect(argumentParsers['config:edit'].safeParse(edits(fake)[0]).success).toBe(true);
});

it('a second Enter is no second edit', async () => {
  let answer = (): void => undefined;
  const answered = new Promise<void>((resolve) => {
    answer = resolve;
  });
  const asked: unknown[] = [];
  await open({
    editConfig: async ({ edit }) => {
      asked.push(edit);
      await answered;
      return ok({ ...DOCUMENT, revision: 2 });
    },
  });
  await userEvent.click(screen.getByRole('button', { name: 'Add a pool' }));
  const dialog = within(await screen.findByRole('dialog', { name: 'Add a pool' }));
  await userEvent.type(dialog.getByRole('textbox', { name: 'Name' }), 'orders{Enter}{Enter}');
  answer();
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  const servers = ['http://localhost:'];
  expect(asked).toEqual([{ kind: 'add-pool', pool: 'orders', servers }]);
});

it('a backend that goes while it is edited is not added anew', async () => {
  const fake = await open();
  await userEvent.click(screen.getByRole('button', { name: 'More for a' }));
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Edit…' }));
  const dialog = within(await screen.findByRole('dialog', { name: 'Edit a' }));
  fake.push('engine:snapshot', snapshotOf([backend('b')]));
  await waitFor(() => expect(screen.queryByRole('button', { name: 'More for a', hidden: true })).toBeNull());
  await userEvent.click(dialog.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(edits(fake)).toMatchObject([{ edit: { kind: 'update-server', backend: 'a' } }]));
});

it('a draft over a config that was changed elsewhere is not saved elsewhere, and it is said why', async () => {
  localStorage.setItem('draft:/c.json', JSON.stringify({ text: '{"port": 1}', base: '{"port": 2}' }));
  const saveConfigAs = vi.fn(async () => ok(null));
  const fake = await open({ saveConfigAs });
  fake.push('app:command', { kind: 'save-config-as' });
  await screen.findByText(/^The config was changed elsewhere while you were editing/);
  expect(saveConfigAs).not.toHaveBeenCalled();
});

it('says why no other port could be taken', async () => {
  const listener: ListenerSnapshot = {
    name: ':8080',
    defaultPool: 'users',
    address: ':8080',
    url: 'http://localhost:8080',
    isReachableFromNetwork: false,
    tls: null,
    isRehearsal: false,
    refusals: [],
    handshakeFailures: 0,
    routes: [],
    state: { kind: 'failed', reason: 'Port 8080 is taken.' },
  };
  await openApp(snapshotOf([backend('a')], { listeners: [listener] }), { editConfig: async () => CONFLICT });
  await userEvent.click(screen.getByRole('button', { name: 'Use the next free port' }));
  await screen.findByText('The config has changed since you began this edit.');
});
