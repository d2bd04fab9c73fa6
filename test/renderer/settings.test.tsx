import { cleanup, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, it, vi } from 'vitest';
import { fail } from '../../shared/calls/result.ts';
import { DEFAULT_SETTINGS } from '../../shared/config/settings-schema.ts';
import type { SettingsView } from '../../shared/view/settings-view.ts';
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

const view = (change: Partial<SettingsView> = {}): SettingsView => ({
  settings: DEFAULT_SETTINGS,
  launchAtLogin: { isOn: false, unavailable: null },
  updates: { unavailable: null },
  control: { kind: 'off' },
  ...change,
});

async function openSettings(...given: Parameters<typeof openApp>) {
  const fake = await openApp(...given);
  await userEvent.click(screen.getByRole('button', { name: 'Settings' }));
  await screen.findByRole('heading', { name: 'Settings' });
  await screen.findByRole('switch', { name: 'Control API' });
  return fake;
}

const pool = snapshotOf([backend('a')]);

it('opens with a comma, unless one is typed', async () => {
  await openApp(pool);
  await userEvent.keyboard(',');
  await screen.findByRole('heading', { name: 'Settings' });
  const address = await screen.findByRole('textbox', { name: 'Address' });
  await userEvent.click(screen.getByRole('button', { name: 'Requests' }));
  expect(address.isConnected).toBe(false);
});

it('asks for each setting to be changed', async () => {
  const fake = await openSettings(pool);
  await userEvent.click(screen.getByRole('switch', { name: 'Launch at login' }));
  await userEvent.click(screen.getByRole('switch', { name: 'Keep running in the tray' }));
  await userEvent.click(screen.getByRole('button', { name: 'Beta' }));
  await userEvent.click(screen.getByRole('button', { name: 'Use the open one' }));
  await userEvent.click(screen.getByRole('switch', { name: 'Control API' }));
  expect(fake.calls.filter(([name]) => name === 'changeSettings').map(([, change]) => change)).toEqual([
    { launchAtLogin: true },
    { keepInTray: true },
    { updateChannel: 'beta' },
    { configAtLaunch: 'open' },
    { isControlOn: true },
  ]);
});

it('says why launch at login cannot be had, and offers no switch for it', async () => {
  const launchAtLogin = { isOn: false, unavailable: 'Only an installed Switchyard can start at login.' };
  await openSettings(pool, { settings: async () => view({ launchAtLogin }) });
  expect(screen.getByText('Only an installed Switchyard can start at login.')).toBeTruthy();
  expect(screen.getByRole('switch', { name: 'Launch at login' }).getAttribute('aria-disabled')).toBe('true');
});

it('says what is wrong with an address under it', async () => {
  const message = '"0.0.0.0:1" could be reached by other machines; write "127.0.0.1:1".';
  await openSettings(pool, { changeSettings: async () => fail({ setting: 'controlAddress', message }) });
  const address = screen.getByRole('textbox', { name: 'Address' });
  await userEvent.clear(address);
  await userEvent.type(address, '0.0.0.0:1{Enter}');
  expect((await screen.findByRole('alert')).textContent).toBe(message);
});

it('says why the control API could not be opened', async () => {
  const reason = '127.0.0.1:9900 is already in use; choose another port, or 0 for a free one.';
  await openSettings(pool, { settings: async () => view({ control: { kind: 'failed', reason } }) });
  expect(screen.getByRole('alert').textContent).toBe(reason);
});

it('has the token copied without having it, and asks before it renews it', async () => {
  const fake = await openSettings(pool);
  fake.push('settings:changed', view({ control: { kind: 'on', url: 'http://127.0.0.1:9900' } }));
  await screen.findByText('http://127.0.0.1:9900');
  await userEvent.click(screen.getByRole('button', { name: 'Copy the token' }));
  expect(fake.calls).toContainEqual(['copyToken', { form: 'token' }]);
  await screen.findByText('Token copied.');
  await userEvent.click(screen.getByRole('button', { name: 'Copy a cURL command' }));
  expect(fake.calls).toContainEqual(['copyToken', { form: 'curl' }]);
  await userEvent.click(screen.getByRole('button', { name: 'Renew…' }));
  const dialog = within(await screen.findByRole('dialog', { name: 'Renew the token?' }));
  expect(fake.calls).not.toContainEqual(['renewToken', null]);
  await userEvent.click(dialog.getByRole('button', { name: 'Renew the token' }));
  expect(fake.calls).toContainEqual(['renewToken', null]);
});

it('offers no channel where the app does not update itself, and says who does', async () => {
  const unavailable = 'Your package manager updates Switchyard.';
  await openSettings(pool, { settings: async () => view({ updates: { unavailable } }) });
  expect(screen.getByText(unavailable)).toBeTruthy();
  expect(screen.queryByRole('group', { name: 'Update channel' })).toBeNull();
});
