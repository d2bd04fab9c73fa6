import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { parseConfig } from '../../electron/services/config/parse.ts';
import { backend, fakeApi, snapshotOf } from './fake-api.ts';
import { openApp } from './open-app.tsx';

vi.mock('uplot', () => ({
  default: class {
    setData(): void {}
    setSize(): void {}
    destroy(): void {}
  },
}));
vi.mock('../../renderer/features/config/json-editor.tsx', () => ({
  default: ({ text, onChange }: { text: string; onChange: (text: string) => void }) => (
    <textarea
      aria-label="Config as JSON"
      value={text}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  ),
}));

beforeEach(() => localStorage.clear());
afterEach(cleanup);

const SIMPLE = `{
  // the door
  "port": ":8080",
  "servers": [
    "http://localhost:5001", // one
    { "url": "http://localhost:5002", "name": "two" }
  ]
}
`;
const FULL = `{
  "listeners": [{ "address": ":8080", "defaultPool": "users" }],
  "pools": {
    "users": { "servers": ["http://localhost:5001"] },
    "orders": { "policy": { "name": "header-hash", "header": "X-User" }, "servers": ["http://localhost:6001"] }
  }
}
`;

async function openForm(text: string): Promise<void> {
  const snapshot = snapshotOf([backend('a')]);
  const state = await fakeApi(snapshot).api.watch();
  await openApp(snapshot, {
    watch: async () => ({ ...state, config: { ...state.config, text } }),
    // The real check: messages are put at their fields by the keys it gives them.
    checkConfig: async ({ text: typed }) => {
      const parsed = parseConfig(typed);
      return parsed.ok ? [] : parsed.error;
    },
  });
  await userEvent.click(screen.getByRole('button', { name: /^Config/ }));
  await screen.findByRole('group', { name: 'Config as a form' });
}

const json = () => screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Config as JSON' });
const field = (name: string) => screen.getByRole<HTMLInputElement>('textbox', { name });
const fill = (name: string, value: string) => fireEvent.change(field(name), { target: { value } });

describe('the form beside the JSON', () => {
  it('writes into the text what is typed, and leaves everything else as it is', async () => {
    await openForm(SIMPLE);
    fill('Address of the listener', ':9090');
    fill('URL of server 1', 'http://localhost:7001');
    fill('Weight of server 2', '3');
    const after = SIMPLE.replace('8080', '9090')
      .replace('5001', '7001')
      .replace('"name": "two"', '"name": "two", "weight": 3');
    expect(json().value).toBe(after);
    await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Policy of the pool' }), 'IP hash');
    expect(json().value).toContain('"policy": "ip-hash"');
    await userEvent.click(screen.getByRole('switch', { name: 'Backup of server 1' }));
    expect(json().value).toContain('{ "url": "http://localhost:7001", "backup": true }, // one');
  });

  it('follows the JSON at once', async () => {
    await openForm(SIMPLE);
    fireEvent.change(json(), {
      target: { value: SIMPLE.replace(':8080', '0.0.0.0:80').replace('two', '2') },
    });
    expect(field('Address of the listener').value).toBe('0.0.0.0:80');
    expect(screen.getByText('Other machines can reach it')).toBeTruthy();
    expect(field('Name of server 2').value).toBe('2');
  });

  it('adds and removes servers', async () => {
    await openForm(SIMPLE);
    await userEvent.click(screen.getByRole('button', { name: 'Add a server' }));
    expect(field('URL of server 3').value).toBe('http://localhost:5003');
    await userEvent.click(screen.getByRole('button', { name: 'Remove server 1' }));
    expect(field('URL of server 1').value).toBe('http://localhost:5002');
    expect(json().value).not.toContain('5001');
  });

  it('says what is wrong at the field it belongs to', async () => {
    await openForm(SIMPLE);
    fill('URL of server 2', 'localhost:5002');
    fill('Weight of server 2', 'many');
    const error = await screen.findByText(/^"localhost:5002" has no scheme/);
    expect(field('URL of server 2').getAttribute('aria-describedby')).toBe(error.id);
    expect(field('URL of server 2').getAttribute('aria-invalid')).toBe('true');
    expect(field('Weight of server 2').value).toBe('many');
    expect(field('Weight of server 2').getAttribute('aria-invalid')).toBe('true');
    expect(field('URL of server 1').getAttribute('aria-invalid')).toBe('false');
  });

  it('takes an emptied field out when one is done with it, and not before', async () => {
    await openForm(SIMPLE);
    await userEvent.clear(field('Name of server 2'));
    expect(json().value).toBe(SIMPLE);
    expect(field('Name of server 2').value).toBe('');
    await userEvent.tab();
    expect(json().value).toBe(SIMPLE.replace(', "name": "two"', ''));
  });

  it('writes the allowed hosts of a listener as a list, with what is wrong at the field', async () => {
    await openForm(FULL);
    const [hosts] = screen.getAllByRole<HTMLInputElement>('textbox', { name: /^Allowed hosts/ });
    if (!hosts) throw new Error('there is no such field');
    fireEvent.change(hosts, { target: { value: 'app.test, *.shop.test' } });
    expect(JSON.parse(json().value).listeners[0].allowedHosts).toEqual(['app.test', '*.shop.test']);
    expect(hosts.value).toBe('app.test, *.shop.test');
    fireEvent.change(hosts, { target: { value: 'http://app.test' } });
    await screen.findAllByText(/must be a host without a port/);
    expect(hosts.getAttribute('aria-invalid')).toBe('true');
  });

  it('waits while the JSON cannot be read, loses nothing, and goes on', async () => {
    await openForm(SIMPLE);
    const broken = `${SIMPLE.slice(0, -3)}, "x`;
    fireEvent.change(json(), { target: { value: broken } });
    expect(await screen.findByText('The form waits:')).toBeTruthy();
    expect(screen.getByRole<HTMLFieldSetElement>('group', { name: 'Config as a form' }).disabled).toBe(true);
    expect(field('Name of server 2').value).toBe('two');
    await waitFor(() => expect(screen.getAllByText(/Line 7, column/).length).toBeGreaterThan(0));
    expect(json().value).toBe(broken);
    fireEvent.change(json(), { target: { value: SIMPLE } });
    expect(screen.queryByText('The form waits:')).toBeNull();
    expect(screen.getByRole<HTMLFieldSetElement>('group', { name: 'Config as a form' }).disabled).toBe(false);
  });

  it('writes a simple config in full on demand, with its comments', async () => {
    await openForm(SIMPLE);
    await userEvent.click(screen.getByRole('button', { name: 'Write it in full' }));
    expect(json().value).toContain('// the door');
    expect(screen.getByRole('region', { name: 'Pool default' })).toBeTruthy();
    fill('Path of the health check of pool default', '/health');
    expect(json().value).toContain('"healthCheck": { "path": "/health" }');
  });

  it('has every listener and pool of the full form', async () => {
    await openForm(FULL);
    const listener = screen.getByRole('region', { name: 'Listener :8080' });
    await userEvent.selectOptions(within(listener).getByRole('combobox'), 'orders');
    expect(json().value).toContain('"defaultPool": "orders"');
    fill('Header of pool orders', 'X-Tenant');
    expect(json().value).toContain('"header": "X-Tenant"');
    await userEvent.selectOptions(
      screen.getByRole('combobox', { name: 'Health check of pool users' }),
      'Off',
    );
    expect(json().value).toContain(
      '"users": { "servers": ["http://localhost:5001"], "healthCheck": { "type": "off" } }',
    );
    await userEvent.click(screen.getByRole('button', { name: 'Remove pool users' }));
    expect(json().value).not.toContain('users');
    await userEvent.click(
      within(screen.getByRole('group', { name: 'Config as a form' })).getByRole('button', {
        name: 'Add a pool',
      }),
    );
    expect(screen.getByRole('region', { name: 'Pool pool-2' })).toBeTruthy();
  });

  it('is shown alone, beside the JSON, or not at all, and that is remembered', async () => {
    await openForm(SIMPLE);
    await userEvent.click(screen.getByRole('button', { name: 'JSON' }));
    expect(screen.queryByRole('group', { name: 'Config as a form' })).toBeNull();
    await userEvent.click(screen.getByRole('button', { name: 'Form' }));
    expect(screen.queryByRole('textbox', { name: 'Config as JSON' })).toBeNull();
    cleanup();
    await openForm(SIMPLE);
    expect(screen.queryByRole('textbox', { name: 'Config as JSON' })).toBeNull();
    await userEvent.click(screen.getByRole('button', { name: 'Show server 2 in the JSON' }));
    expect(await screen.findByRole('textbox', { name: 'Config as JSON' })).toBeTruthy();
  });
});
