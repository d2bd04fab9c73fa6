import { cleanup, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, it, vi } from 'vitest';
import type { InstanceView } from '../../shared/view/processes.ts';
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

const instance = (changes: Partial<InstanceView> = {}): InstanceView => ({
  pool: 'users',
  name: 'api-1',
  state: 'running',
  reason: null,
  port: 20001,
  pid: 4711,
  ...changes,
});
const commands = [{ pool: 'users', name: 'api', wanted: 2 }];

it('shows exactly what a config would run, and allows that revision of it', async () => {
  const fake = await openApp(snapshotOf([backend('a')]));
  fake.push('config:changed', {
    text: '{}',
    revision: 7,
    path: '/tmp/shared.json',
    isDemo: false,
    fileIssues: [],
    toAllow: [
      {
        pool: 'users',
        name: 'api',
        command: 'node server.js\u202e #',
        instances: 2,
        cwd: '/home/me',
        env: { MODE: 'fast' },
      },
    ],
  });
  await userEvent.click(await screen.findByRole('button', { name: 'Review command' }));
  const dialog = within(await screen.findByRole('dialog', { name: 'Run the commands of this config?' }));
  // What turns the direction of writing would hide the rest.
  expect(dialog.getByText('"node server.js\\u202e #"')).toBeTruthy();
  expect(dialog.getByText('/home/me')).toBeTruthy();
  expect(dialog.getByText('MODE')).toBeTruthy();
  expect(dialog.getByText('fast')).toBeTruthy();
  expect(fake.calls).not.toContainEqual(['allowCommands', { revision: 7 }]);
  await userEvent.click(dialog.getByRole('button', { name: 'Allow and run…' }));
  expect(fake.calls).toContainEqual(['allowCommands', { revision: 7 }]);
});

it('has for a process what can be done with it as it is', async () => {
  const fake = await openApp(snapshotOf([backend('api-1')]));
  fake.push('process:changed', {
    commands,
    instances: [
      instance(),
      instance({ name: 'api-2', state: 'backing-off', reason: 'exited with code 1', pid: null }),
      instance({ name: 'x', pool: 'other' }),
    ],
  });
  expect(await screen.findByText('exited with code 1, starts again in a moment')).toBeTruthy();
  expect(screen.queryByRole('button', { name: 'Kill api-2' })).toBeNull();
  expect(screen.queryByRole('button', { name: 'Kill x' })).toBeNull();
  await userEvent.click(screen.getByRole('button', { name: 'Kill api-1' }));
  const dialog = within(await screen.findByRole('dialog', { name: 'Kill api-1?' }));
  expect(fake.calls.map(([name]) => name)).not.toContain('actOnProcess');
  await userEvent.click(dialog.getByRole('button', { name: 'Kill the process' }));
  await userEvent.click(screen.getByRole('button', { name: 'One instance of api fewer' }));
  expect(fake.calls.slice(-2)).toEqual([
    ['actOnProcess', { pool: 'users', backend: 'api-1', action: 'kill' }],
    ['scaleCommand', { pool: 'users', command: 'api', instances: 1 }],
  ]);
});

it('offers no edits for a backend whose settings are those of its command', async () => {
  const fake = await openApp(snapshotOf([backend('api-1')]));
  fake.push('process:changed', { commands, instances: [instance({ state: 'paused' })] });
  await userEvent.click(await screen.findByRole('button', { name: 'More for api-1' }));
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Resume the process' }));
  expect(fake.calls.at(-1)).toEqual(['actOnProcess', { pool: 'users', backend: 'api-1', action: 'resume' }]);
  await userEvent.click(screen.getByRole('button', { name: 'More for api-1' }));
  await screen.findByRole('menuitem', { name: 'Probe now' });
  expect(screen.queryByRole('menuitem', { name: 'Edit…' })).toBeNull();
  expect(screen.queryByRole('menuitem', { name: 'Remove' })).toBeNull();
  await userEvent.keyboard('{Escape}');
  expect(screen.getByRole('button', { name: 'More weight for api-1' })).toHaveProperty('disabled', true);
});

it('shows what a process writes as it comes, anew when another has its name', async () => {
  const asked: number[] = [];
  const answers = [
    [
      { id: 1, stream: 'stdout' as const, text: 'listening on 20001' },
      { id: 2, stream: 'stderr' as const, text: 'out of memory' },
    ],
    [{ id: 3, stream: 'stdout' as const, text: 'bye' }],
    [{ id: 1, stream: 'stdout' as const, text: 'hello again' }],
  ];
  const fake = await openApp(snapshotOf([backend('api-1')]), {
    processOutput: async ({ since }) => {
      asked.push(since);
      return answers.shift() ?? [];
    },
  });
  fake.push('process:changed', { commands, instances: [instance()] });
  await userEvent.click(await screen.findByRole('button', { name: 'Output of api-1' }));
  const dialog = within(await screen.findByRole('dialog', { name: 'Output of api-1' }));
  const error = (await dialog.findByText('out of memory')).closest('li');
  expect(error?.textContent).toBe('errout of memory');
  await dialog.findByText('bye');
  expect(dialog.getByText('listening on 20001')).toBeTruthy();
  await dialog.findByText('hello again');
  expect(dialog.queryByText('bye')).toBeNull();
  expect(asked.slice(0, 3)).toEqual([0, 2, 3]);
  await userEvent.type(dialog.getByLabelText('Only lines with'), 'nothing of the kind');
  expect(dialog.getByText('No line has that.')).toBeTruthy();
});
