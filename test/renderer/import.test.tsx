import { act, cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, it, vi } from 'vitest';
import { fail, ok } from '../../shared/calls/result.ts';
import type { ImportReview } from '../../shared/config/import-review.ts';
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

const REVIEW: ImportReview = {
  kind: 'nginx',
  path: '/srv/nginx.conf',
  text: '{ "pools": {} }',
  pools: [
    {
      name: 'users',
      policy: 'least-connections',
      servers: ['http://localhost:5001', 'http://localhost:5002'],
    },
  ],
  listeners: [':8080'],
  notes: [
    { line: 7, words: 'unix:/tmp/a was left out: a backend is reached over TCP here.' },
    { line: null, words: 'Something about the whole.' },
  ],
};

async function openReview(overrides = {}) {
  const fake = await openApp(snapshotOf([backend('a')]), overrides);
  act(() => fake.push('import:review', REVIEW));
  return { fake, dialog: within(await screen.findByRole('dialog', { name: 'Use nginx.conf as a config' })) };
}

it('says what a file comes to and what was left out, with its line', async () => {
  const { dialog } = await openReview();
  const pools = within(dialog.getByRole('list', { name: 'Pools' }));
  expect(pools.getByText('2 backends, least connections')).toBeTruthy();
  expect(dialog.getByText('localhost:5001 · localhost:5002')).toBeTruthy();
  expect(dialog.getByText('line 7')).toBeTruthy();
  expect(dialog.getByText(/^unix:\/tmp\/a was left out/)).toBeTruthy();
  expect(dialog.getByText('{ "pools": {} }')).toBeTruthy();
});

it('saves it where the user says, and goes to the pool', async () => {
  const config = {
    text: '{}',
    revision: 3,
    path: '/srv/switchyard.jsonc',
    isDemo: false,
    fileIssues: [],
    toAllow: [],
  };
  const { fake, dialog } = await openReview({
    saveImport: async (argument: unknown) => {
      fake.calls.push(['saveImport', argument]);
      return ok(config);
    },
  });
  await userEvent.click(dialog.getByRole('button', { name: 'Save and use…' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(fake.calls).toContainEqual(['saveImport', { path: '/srv/nginx.conf' }]);
  expect(screen.getByText('Saved as /srv/switchyard.jsonc, and in use.')).toBeTruthy();
});

it('stays when the user changes their mind about the place, and says what went wrong', async () => {
  const answers = [ok(null), fail({ code: 'not-applied', message: 'Port 8080 is taken.' })];
  const { dialog } = await openReview({ saveImport: async () => answers.shift() });
  await userEvent.click(dialog.getByRole('button', { name: 'Save and use…' }));
  await userEvent.click(dialog.getByRole('button', { name: 'Save and use…' }));
  expect((await dialog.findByRole('alert')).textContent).toBe('Port 8080 is taken.');
  await userEvent.click(dialog.getByRole('button', { name: 'Cancel' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
});

it('opens a file that is dropped on the window', async () => {
  const opened: unknown[] = [];
  await openApp(snapshotOf([backend('a')]), {
    openDroppedFile: async (file) => {
      opened.push(file instanceof File ? file.name : file);
      return fail({ code: 'invalid', issues: [{ path: '', keys: [], message: 'Procfile was not opened.' }] });
    },
  });
  const files = { types: ['Files'], files: [new File(['web: npm start'], 'Procfile')] };
  fireEvent.dragOver(window, { dataTransfer: files });
  expect(screen.getByText(/^Drop to open/)).toBeTruthy();
  fireEvent.drop(window, { dataTransfer: files });
  expect(await screen.findByText('Procfile was not opened.')).toBeTruthy();
  expect(opened).toEqual(['Procfile']);
});
