import { cleanup, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { defaultOf, FIELDS } from '../../renderer/features/pool-settings/setting-fields.ts';
import { changeBetween, formOf } from '../../renderer/features/pool-settings/settings-form.ts';
import { policyParameter, writtenPool } from '../../renderer/stores/written-pool.ts';
import type { AppState } from '../../shared/calls/contract.ts';
import { fail } from '../../shared/calls/result.ts';
import type { ConfigFailure } from '../../shared/config/config-document.ts';
import type { Snapshot } from '../../shared/view/snapshot.ts';
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

const TEXT = `{ // all
  "listeners": [{ "address": ":8080", "defaultPool": "users" }],
  "pools": { "users": {
    "servers": ["http://a:1"],
    "policy": { "name": "header-hash", "header": "X-User" },
    "retries": { "attempts": 3 }, "timeouts": { "connect": "90s" },
  } }
}`;

async function openWindow(text: string, overrides = {}, snapshot: Snapshot = snapshotOf([backend('a')])) {
  const state: AppState = {
    engine: { kind: 'running' },
    snapshot,
    config: { text, revision: 7, path: '/c.json', isDemo: false, fileIssues: [], toAllow: [] },
    processes: { commands: [], instances: [] },
    traffic: null,
    trafficRuns: [],
    scenario: null,
    importReview: null,
    scenarioReport: null,
    platform: 'linux',
    version: '0',
    notice: null,
  };
  return openApp(snapshot, { watch: async () => state, ...overrides });
}

async function openSettings(text: string, overrides = {}) {
  const fake = await openWindow(text, overrides);
  await userEvent.click(screen.getByRole('button', { name: 'Pool settings' }));
  return { fake, dialog: within(await screen.findByRole('dialog', { name: 'Pool settings' })) };
}

describe('the form of the settings', () => {
  it('is read from the text as it is written, and empty for the simple form', () => {
    const { values, isEjecting } = formOf(writtenPool(`\uFEFF${TEXT}`, 'users'), 'try');
    expect(Object.entries(values).filter(([, value]) => value !== '')).toEqual([
      ['attempts', '3'],
      ['connect', '90s'],
    ]);
    expect(isEjecting).toBe(false);
    expect(
      Object.values(formOf(writtenPool('{ "servers": ["http://a"] }', 'default'), 'refuse').values),
    ).toEqual(FIELDS.map(() => ''));
    expect(policyParameter(TEXT, 'users')).toBe('X-User');
    expect(policyParameter(TEXT, 'constructor')).toBe('');
  });

  it('has a default to show for every setting, and each under a name of its own', () => {
    expect(FIELDS.filter((field) => defaultOf(field) === '')).toEqual([]);
    expect(new Set(FIELDS.map(({ name }) => name)).size).toBe(FIELDS.length);
    const shown = (name: string) => FIELDS.filter((field) => field.name === name).map(defaultOf);
    expect([...shown('attempts'), ...shown('budget'), ...shown('keepAlive'), ...shown('total')]).toEqual([
      '3',
      '10s',
      '1m',
      'no limit',
    ]);
  });

  it.each([
    ['nothing', {}, false, {}, false, null],
    ['a space', { idle: '1s' }, false, { idle: ' 1s ' }, false, null],
    ['a field that is cleared', { slowStart: '1s' }, false, {}, false, { slowStart: null }],
    ['a word for a number', {}, false, { size: 'few' }, false, { queue: { size: 'few' } }],
    ['a number', {}, false, { attempts: '4' }, false, { retries: { attempts: 4 } }],
    ['ejection on', {}, false, {}, true, { outliers: {} }],
    ['ejection on, with a setting', {}, false, { window: '1m' }, true, { outliers: { window: '1m' } }],
    ['ejection off', { window: '1m' }, true, { window: '1m' }, false, { outliers: null }],
    ['ejection on as it was', { window: '1m' }, true, { window: '1m' }, true, null],
    ['what is typed while ejection is off', {}, false, { window: '1m' }, false, null],
  ])('%s', (_name, values, isEjecting, typed, isEjectingThen, change) => {
    const whenAllDown = 'try';
    expect(
      changeBetween(
        { values, isEjecting, whenAllDown },
        { values: typed, isEjecting: isEjectingThen, whenAllDown },
      ),
    ).toEqual(change);
  });

  it('what happens when every backend is down', () => {
    const form = { values: {}, isEjecting: false };
    expect(changeBetween({ ...form, whenAllDown: 'try' }, { ...form, whenAllDown: 'refuse' })).toEqual({
      whenAllDown: 'refuse',
    });
  });
});

describe('the settings of a pool', () => {
  it('are applied in one edit that names what was changed alone', async () => {
    const { fake, dialog } = await openSettings(TEXT);
    expect(dialog.getByLabelText('Most attempts')).toHaveProperty('value', '3');
    expect(dialog.getByLabelText('Drain').getAttribute('placeholder')).toBe('30s');
    expect(dialog.queryByLabelText('Failures in a row')).toBeNull();
    await userEvent.click(dialog.getByRole('switch', { name: 'Eject backends that fail' }));
    await userEvent.type(dialog.getByLabelText('Failures in a row'), '2');
    await userEvent.clear(dialog.getByLabelText('Connect'));
    await userEvent.type(dialog.getByLabelText('Whole share after'), '20s');
    const checks = dialog.getByRole('button', { name: 'Health checks…' });
    expect(checks.hasAttribute('disabled')).toBe(true);
    await userEvent.click(dialog.getByRole('button', { name: 'Apply' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(fake.calls).toEqual([
      [
        'editConfig',
        {
          edit: {
            kind: 'set-pool-settings',
            pool: 'users',
            settings: { slowStart: '20s', timeouts: { connect: null }, outliers: { consecutive: 2 } },
          },
          revision: 7,
        },
      ],
    ]);
  });

  it('stay as they are typed when they are refused, with each message at its field', async () => {
    const keys = ['pools', 'users', 'queue', 'timeout'];
    const failure: ConfigFailure = {
      code: 'invalid',
      issues: [{ path: 'q', keys, message: 'q: "soon" is not a duration; write it like "2s"' }],
    };
    const { dialog } = await openSettings(TEXT, { editConfig: async () => fail(failure) });
    const field = dialog.getByLabelText('Longest wait');
    await userEvent.type(field, 'soon');
    await userEvent.click(dialog.getByRole('button', { name: 'Apply' }));
    expect((await dialog.findByRole('alert')).textContent).toBe(
      '"soon" is not a duration; write it like "2s"',
    );
    expect(field.getAttribute('aria-invalid')).toBe('true');
    expect(field).toHaveProperty('value', 'soon');
    expect(document.activeElement).toBe(field);
  });

  it('ask for nothing when nothing was changed, and lead to the health checks', async () => {
    const { fake, dialog } = await openSettings(TEXT);
    await userEvent.click(dialog.getByRole('button', { name: 'Apply' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(fake.calls).toEqual([]);
    await userEvent.click(screen.getByRole('button', { name: 'Pool settings' }));
    await userEvent.click(await screen.findByRole('button', { name: 'Health checks…' }));
    expect(await screen.findByRole('dialog', { name: 'Health checks' })).toBeTruthy();
  });
});

it('the header of a policy in use is changed by choosing the policy again', async () => {
  const snapshot = snapshotOf([backend('a')]);
  const pools = snapshot.pools.map((pool) => ({ ...pool, policy: 'header-hash' as const }));
  const fake = await openWindow(TEXT, {}, { ...snapshot, pools });
  await userEvent.click(screen.getByRole('button', { name: /^Header hash/ }));
  await userEvent.click(await screen.findByRole('menuitemradio', { name: /^Header hash\s*By X-User/ }));
  const dialog = within(await screen.findByRole('dialog', { name: 'Header hash' }));
  const field = dialog.getByLabelText('Header');
  expect(field).toHaveProperty('value', 'X-User');
  await userEvent.clear(field);
  await userEvent.type(field, 'X-Tenant');
  await userEvent.click(dialog.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(fake.calls).toHaveLength(1));
  expect(fake.calls[0]).toMatchObject([
    'editConfig',
    { edit: { kind: 'set-policy', policy: 'header-hash', parameter: 'X-Tenant' } },
  ]);
});

it('the cookie and the key of a sticky policy are set by choosing the policy again', async () => {
  const snapshot = snapshotOf([backend('a')]);
  const pools = snapshot.pools.map((pool) => ({ ...pool, policy: 'sticky-cookie' as const }));
  const written =
    '{ "port": 1, "servers": ["http://a:1"], "policy": { "name": "sticky-cookie", "cookie": "lane" } }';
  const fake = await openWindow(written, {}, { ...snapshot, pools });
  await userEvent.click(screen.getByRole('button', { name: /^Sticky cookie/ }));
  await userEvent.click(await screen.findByRole('menuitemradio', { name: /^Sticky cookie/ }));
  const dialog = within(await screen.findByRole('dialog', { name: 'Sticky cookie' }));
  expect(dialog.getByLabelText('Cookie')).toHaveProperty('value', 'lane');
  await userEvent.click(dialog.getByRole('button', { name: 'Make a key' }));
  const key = dialog.getByLabelText<HTMLInputElement>('Key').value;
  expect(key).toMatch(/^[0-9a-f]{48}$/);
  await userEvent.click(dialog.getByRole('button', { name: 'Save' }));
  const edit = { kind: 'set-sticky-cookie', pool: 'users', cookie: 'lane', key };
  await waitFor(() => expect(fake.calls).toMatchObject([['editConfig', { edit }]]));
});
