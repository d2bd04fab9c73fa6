import { act, cleanup, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { argumentParsers } from '../../electron/desktop/ipc/arguments.ts';
import type { Discovery } from '../../shared/view/discovery.ts';
import type { FoundCheck } from '../../shared/view/found-check.ts';
import { backend, type FakeApi, snapshotOf } from './fake-api.ts';
import { atHealthz, foundCheck } from './found-check.ts';
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

const URL_5001 = 'http://localhost:5001';
const CHECK = { method: 'GET', path: '/healthz' };
const WORDS = 'GET /healthz returned 200; HEAD / returned 404.';
const edits = ({ calls }: FakeApi) => calls.filter(([name]) => name === 'editConfig').map(([, of]) => of);
const findChecks = async ({ urls }: { readonly urls: readonly string[] }) => urls.map(atHealthz);

async function openDialog(button: string, name: string, overrides: object = { findChecks }) {
  const fake = await openApp(snapshotOf([backend('a')]), overrides);
  await userEvent.click(screen.getByRole('button', { name: button }));
  return { fake, dialog: within(await screen.findByRole('dialog', { name })) };
}

/** A search that goes on until the test ends it. */
function heldSearch() {
  let end: (found: readonly FoundCheck[]) => void = () => undefined;
  const searched = new Promise<readonly FoundCheck[]>((resolve) => {
    end = resolve;
  });
  return { findChecks: () => searched, end: (found: readonly FoundCheck[]) => end(found) };
}

describe('a backend that is added', () => {
  it('is written with the check that was found, and the message names it', async () => {
    const { fake, dialog } = await openDialog('Add backend', 'Add a backend');
    await userEvent.type(dialog.getByRole('textbox', { name: 'URL' }), '5001');
    await userEvent.click(dialog.getByRole('button', { name: 'Add backend' }));
    await waitFor(() => expect(edits(fake)).toHaveLength(1));
    expect(edits(fake)[0]).toMatchObject({
      edit: { kind: 'add-server', pool: 'users', server: { url: URL_5001, healthCheck: CHECK } },
    });
    expect(argumentParsers['config:edit'].safeParse(edits(fake)[0]).success).toBe(true);
    expect(await screen.findByText(`Added a backend to users. ${WORDS}`)).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Undo' })).toBeTruthy();
  });

  it('is a URL alone where the check of its pool passes', async () => {
    const { fake, dialog } = await openDialog('Add backend', 'Add a backend', {});
    await userEvent.type(dialog.getByRole('textbox', { name: 'URL' }), '5001');
    await userEvent.click(dialog.getByRole('button', { name: 'Add backend' }));
    await waitFor(() => expect(edits(fake)).toHaveLength(1));
    expect(edits(fake)[0]).toMatchObject({ edit: { server: { url: URL_5001 } } });
    expect(fake.calls).toContainEqual(['findChecks', { urls: [URL_5001], pool: 'users' }]);
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(screen.queryByText(/^Added a backend/)).toBeNull();
  });

  it('is not asked where its URL is none', async () => {
    const { fake, dialog } = await openDialog('Add backend', 'Add a backend', {});
    await userEvent.clear(dialog.getByRole('textbox', { name: 'URL' }));
    await userEvent.type(dialog.getByRole('textbox', { name: 'URL' }), 'localhost:5001');
    await userEvent.click(dialog.getByRole('button', { name: 'Add backend' }));
    await waitFor(() => expect(edits(fake)).toHaveLength(1));
    expect(fake.calls.some(([name]) => name === 'findChecks')).toBe(false);
  });

  it('is written as typed after one that was refused', async () => {
    let edit: unknown = null;
    const issues = [{ path: 'servers[1].url', keys: ['servers', 1, 'url'], message: 'is there already' }];
    const { dialog } = await openDialog('Add backend', 'Add a backend', {
      findChecks,
      editConfig: async (argument: { readonly edit: unknown }) => {
        edit = argument.edit;
        return { ok: false, error: { code: 'invalid', issues } };
      },
    });
    const url = dialog.getByRole('textbox', { name: 'URL' });
    await userEvent.type(url, '5001');
    await userEvent.click(dialog.getByRole('button', { name: 'Add backend' }));
    await dialog.findByText('is there already');
    await userEvent.clear(url);
    await userEvent.type(url, 'localhost:5002');
    await userEvent.click(dialog.getByRole('button', { name: 'Add backend' }));
    await waitFor(() => expect(edit).toMatchObject({ server: { url: 'localhost:5002' } }));
    expect(edit).not.toHaveProperty('server.healthCheck');
  });

  it('shows what is asked, and can be added before the search has ended', async () => {
    const search = heldSearch();
    const { fake, dialog } = await openDialog('Add backend', 'Add a backend', {
      findChecks: search.findChecks,
      stopFindingChecks: async () => {
        search.end([foundCheck(URL_5001, { kind: 'stopped' })]);
        return null;
      },
    });
    await userEvent.type(dialog.getByRole('textbox', { name: 'URL' }), '5001');
    await userEvent.click(dialog.getByRole('button', { name: 'Add backend' }));
    act(() => fake.push('check:progress', { url: URL_5001, asking: 'GET /healthz' }));
    expect(dialog.getByText('Asking localhost:5001: GET /healthz')).toBeTruthy();
    await userEvent.click(dialog.getByRole('button', { name: 'Add it as it is' }));
    await waitFor(() => expect(edits(fake)).toHaveLength(1));
    expect(edits(fake)[0]).toMatchObject({ edit: { server: { url: URL_5001 } } });
    expect(edits(fake)[0]).not.toHaveProperty('edit.server.healthCheck');
  });

  it('is not added when its dialog is closed meanwhile', async () => {
    const search = heldSearch();
    const { fake, dialog } = await openDialog('Add backend', 'Add a backend', {
      findChecks: search.findChecks,
    });
    await userEvent.type(dialog.getByRole('textbox', { name: 'URL' }), '5001');
    await userEvent.click(dialog.getByRole('button', { name: 'Add backend' }));
    await userEvent.click(dialog.getByRole('button', { name: 'Cancel' }));
    await waitFor(() => expect(fake.calls).toContainEqual(['stopFindingChecks', null]));
    await act(async () => search.end([atHealthz(URL_5001)]));
    expect(edits(fake)).toEqual([]);
  });
});

it('a pool that is added has the check that all of its backends need', async () => {
  const { fake, dialog } = await openDialog('Add a pool', 'Add a pool');
  await userEvent.type(dialog.getByRole('textbox', { name: 'Name' }), 'orders');
  await userEvent.clear(dialog.getByRole('textbox', { name: 'Backends' }));
  await userEvent.type(
    dialog.getByRole('textbox', { name: 'Backends' }),
    `${URL_5001} http://localhost:5002`,
  );
  await userEvent.click(dialog.getByRole('button', { name: 'Add pool' }));
  await waitFor(() => expect(edits(fake)).toHaveLength(1));
  expect(edits(fake)[0]).toMatchObject({
    edit: { kind: 'add-pool', healthCheck: CHECK, servers: [URL_5001, 'http://localhost:5002'] },
  });
  expect(argumentParsers['config:edit'].safeParse(edits(fake)[0]).success).toBe(true);
  expect(await screen.findByText(`Added the pool orders. ${WORDS}`)).toBeTruthy();
});

const FOUND: Discovery = {
  groups: [
    {
      name: 'api',
      servers: [5001, 5002].map((port) => ({
        url: `http://localhost:${port}`,
        port,
        status: 404,
        title: null,
        software: null,
        owner: { kind: 'process', name: 'api', detail: 'node api.js', folder: '/srv', pid: port },
      })),
    },
  ],
  silent: [],
  trouble: null,
};

it('a running server that is ticked shows the check that fits it, and is added with it', async () => {
  const asked: unknown[] = [];
  const fake = await openApp(snapshotOf([backend('a')]), {
    findServers: async () => FOUND,
    findChecks: async (argument: { readonly urls: readonly string[] }) => {
      asked.push(argument);
      return argument.urls.map(atHealthz);
    },
  });
  act(() => fake.push('app:command', { kind: 'find-servers' }));
  const dialog = within(await screen.findByRole('dialog', { name: 'Find running servers' }));
  const first = await dialog.findByRole('checkbox', { name: `${URL_5001}, api` });
  // The only group there is, is ticked from the start.
  await waitFor(() => expect(dialog.getAllByText(WORDS)).toHaveLength(2));
  await userEvent.click(first);
  expect(dialog.getAllByText(WORDS)).toHaveLength(1);
  await userEvent.click(first);
  expect(asked).toEqual([{ urls: [URL_5001, 'http://localhost:5002'], pool: 'users' }]);
  await userEvent.click(dialog.getByRole('button', { name: 'Add 2 backends' }));
  await waitFor(() => expect(edits(fake)).toHaveLength(2));
  expect(edits(fake)).toMatchObject([
    { edit: { server: { url: URL_5001, healthCheck: CHECK } } },
    { edit: { server: { url: 'http://localhost:5002', healthCheck: CHECK } } },
  ]);
  expect(await screen.findByText(`Added 2 backends to users. ${WORDS}`)).toBeTruthy();
});
