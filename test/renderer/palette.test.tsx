import { act, cleanup, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { backend, snapshotOf } from './fake-api.ts';
import { openApp } from './open-app.tsx';

beforeEach(() => localStorage.clear());
afterEach(cleanup);

const two = () => snapshotOf([backend('users-1'), backend('users-2')]);
const open = async () => {
  await userEvent.keyboard('{Control>}k{/Control}');
  return screen.findByRole('combobox', {}, { timeout: 5_000 });
};
const lines = () => screen.getAllByRole('option').map((one) => one.textContent);

describe('the palette', () => {
  it('opens by key, finds by a few letters, runs and closes', async () => {
    const fake = await openApp(two());
    await open();
    await userEvent.keyboard('us2 drain{Enter}');
    expect(fake.calls).toContainEqual(['setAdmin', { pool: 'users', backend: 'users-2', state: 'draining' }]);
    expect(screen.queryByRole('combobox')).toBeNull();
  });

  it('opens from the rail, and goes with Escape, with the focus back where it was', async () => {
    await openApp(two());
    const button = screen.getByRole('button', { name: /^Search or run/ });
    await userEvent.click(button);
    await screen.findByRole('combobox');
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('combobox')).toBeNull());
    await waitFor(() => expect(document.activeElement).toBe(button));
  });

  it('lists what was run last first', async () => {
    await openApp(two());
    await open();
    await userEvent.keyboard('probe users-1{Enter}');
    await open();
    const recent = screen.getByRole('group', { name: 'Recent' });
    expect(within(recent).getByRole('option').textContent).toContain('Probe users-1 now');
    expect(lines().filter((one) => one?.includes('Probe users-1'))).toHaveLength(1);
  });

  it('goes by groups, and by shortcut', async () => {
    await openApp(two());
    await open();
    const headings = screen.getAllByRole('group').map((one) => one.getAttribute('aria-labelledby'));
    expect(headings.every((id) => id !== null)).toBe(true);
    expect(lines()).toContain('RequestsCtrlL');
    expect(lines()).toContain('Switch users-1 offCtrl1');
    // One of so many that it has to be looked for.
    expect(lines().some((one) => one?.startsWith('Drain'))).toBe(false);
  });

  it('says what a line would do now, also when that changes meanwhile', async () => {
    const fake = await openApp(two());
    await open();
    await userEvent.keyboard('switch users-1');
    expect(lines()[0]).toContain('Switch users-1 off');
    const changed = snapshotOf([backend('users-1', { admin: 'disabled' }), backend('users-2')], { seq: 2 });
    act(() => fake.push('engine:snapshot', changed));
    expect(lines()[0]).toContain('Switch users-1 on');
  });

  it('says so when nothing is called that', async () => {
    await openApp(two());
    await open();
    await userEvent.keyboard('xqzw');
    screen.getByText(/Nothing is called “xqzw”/);
  });
});

describe('shortcuts', () => {
  it('go to screens and switch backends', async () => {
    const fake = await openApp(two());
    await userEvent.keyboard('{Control>}2{/Control}');
    expect(fake.calls).toContainEqual(['setAdmin', { pool: 'users', backend: 'users-2', state: 'disabled' }]);
    await userEvent.keyboard('{Control>}l{/Control}');
    await screen.findByRole('heading', { name: 'Requests' });
  });

  it('are heard by an open dialog alone', async () => {
    const fake = await openApp(two());
    await userEvent.keyboard('{Control>}n{/Control}');
    await screen.findByRole('dialog', { name: 'Add a backend' });
    await userEvent.keyboard('{Control>}2{/Control}');
    expect(fake.calls.filter(([name]) => name === 'setAdmin')).toEqual([]);
  });

  it('are all shown by the question mark', async () => {
    await openApp(two());
    await userEvent.keyboard('?');
    const dialog = await screen.findByRole('dialog', { name: 'Keyboard shortcuts' });
    expect(within(dialog).getByText('Pause the log, or go on').closest('li')?.textContent).toContain('Space');
    expect(within(dialog).getByText('Filter requests').closest('li')?.textContent).toContain('/CtrlF');
  });

  it('find the filter of the log from any screen, and pause it where it is shown', async () => {
    await openApp(two());
    await userEvent.keyboard('/');
    await screen.findByRole('heading', { name: 'Requests' });
    await userEvent.keyboard('abc');
    expect(screen.getByRole('searchbox')).toHaveProperty('value', 'abc');
    await userEvent.keyboard('{Escape} ');
    await screen.findByRole('button', { name: 'Go on' });
  });

  it('tell the menu bar what is on screen', async () => {
    const shown: unknown[] = [];
    await openApp(two(), {
      noteShown: async (what) => {
        shown.push(what);
        return null;
      },
    });
    await userEvent.keyboard('{Control>}e{/Control}');
    await waitFor(() => expect(shown.at(-1)).toMatchObject({ screen: 'config', pool: 'users' }));
  });
});
