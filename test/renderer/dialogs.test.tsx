import { cleanup, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, it, vi } from 'vitest';
import type { AppCommand } from '../../shared/calls/app-command.ts';
import { fail, ok } from '../../shared/calls/result.ts';
import type { PoolSnapshot } from '../../shared/view/snapshot.ts';
import { backend, type FakeApi, snapshotOf } from './fake-api.ts';
import { openApp } from './open-app.tsx';

vi.mock('uplot', () => ({
  default: class {
    setData(): void {}
    setSize(): void {}
    destroy(): void {}
  },
}));
afterEach(cleanup);

const open = (overrides: Parameters<typeof openApp>[1] = {}) =>
  openApp(snapshotOf([backend('a'), backend('b')]), overrides);
const openDialog = (fake: FakeApi, name: Extract<AppCommand, { kind: 'dialog' }>['name'], of?: string) =>
  fake.push('app:command', { kind: 'dialog', name, ...(of !== undefined && { of }) });
const asked = ({ calls }: FakeApi, name: string) => calls.filter(([call]) => call === name);

it('a dialog goes with the backend it shows, and the keys are the window’s again', async () => {
  const fake = await open();
  openDialog(fake, 'health-history', 'a');
  await screen.findByRole('dialog', { name: 'Health of a' });
  fake.push('engine:snapshot', snapshotOf([backend('b')]));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  await userEvent.keyboard('1');
  await waitFor(() => expect(asked(fake, 'setAdmin')).toHaveLength(1));
  // It does not come up again by itself.
  fake.push('engine:snapshot', snapshotOf([backend('a'), backend('b')]));
  await screen.findByRole('button', { name: 'More for a' });
  expect(screen.queryByRole('dialog')).toBeNull();
});

it('a dialog about a pool does not become one about another', async () => {
  const fake = await open();
  const [users] = snapshotOf([backend('a')]).pools;
  const orders: PoolSnapshot = Object({ ...users, name: 'orders' });
  openDialog(fake, 'health-check');
  await screen.findByRole('dialog', { name: 'Health checks' });
  fake.push('engine:snapshot', snapshotOf([], { pools: [orders] }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
});

it('a second fault joins the first also before a batch has shown that', async () => {
  const fake = await open();
  openDialog(fake, 'faults', 'a');
  const dialog = within(await screen.findByRole('dialog', { name: 'Faults of a' }));
  await userEvent.click(dialog.getByRole('button', { name: 'Add the fault' }));
  await userEvent.selectOptions(dialog.getByRole('combobox', { name: 'Kind of fault' }), 'hang');
  await userEvent.click(dialog.getByRole('button', { name: 'Add the fault' }));
  await waitFor(() =>
    expect(asked(fake, 'setFaults').map(([, of]) => of)).toEqual([
      { pool: 'users', backend: 'a', faults: ['crash'] },
      { pool: 'users', backend: 'a', faults: ['crash', 'hang'] },
    ]),
  );
});

it('shortcuts do nothing behind a dialog of a screen', async () => {
  const fake = await open();
  fake.push('app:command', { kind: 'show', screen: 'routes' });
  await userEvent.click(await screen.findByRole('button', { name: 'Add route' }));
  await screen.findByRole('dialog', { name: 'Add a route' });
  await userEvent.keyboard('{Control>}b{/Control}');
  screen.getByRole('button', { name: 'Collapse the sidebar', hidden: true });
});

it('the focus is in the dialog that the palette has opened, whatever asked for it', async () => {
  await open();
  // The second time nothing has to be loaded first.
  for (const round of [1, 2]) {
    screen.getByRole('button', { name: 'Add backend' }).focus();
    await userEvent.keyboard('{Control>}k{/Control}');
    await userEvent.type(await screen.findByRole('combobox'), 'policy header hash{Enter}');
    const dialog = await screen.findByRole('dialog', { name: 'Header hash' });
    await userEvent.keyboard('X-User');
    const field = within(dialog).getByRole<HTMLInputElement>('textbox', { name: 'Header' });
    expect(field.value, `round ${round}`).toBe('X-User');
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  }
});

it('a second Enter is no second run, and no complaint', async () => {
  let answer: (() => void) | null = null;
  const started: unknown[] = [];
  const fake = await open({
    startTraffic: async (plan) => {
      started.push(plan);
      if (started.length > 1) return fail({ code: 'refused', message: 'A run goes on already.' });
      await new Promise<void>((resolve) => {
        answer = resolve;
      });
      return ok(null);
    },
  });
  fake.push('app:command', { kind: 'send-traffic' });
  await userEvent.type(await screen.findByRole('textbox', { name: 'Requests' }), '{Enter}{Enter}');
  await waitFor(() => expect(answer).not.toBeNull());
  expect(started).toHaveLength(1);
  expect(screen.queryByText('A run goes on already.')).toBeNull();
});
