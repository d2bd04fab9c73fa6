import { cleanup, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { App } from '../../renderer/app.tsx';
import { createAppStore } from '../../renderer/stores/app-store.ts';
import { StoreContext } from '../../renderer/stores/use-app.ts';
import { fail } from '../../shared/calls/result.ts';
import { backend, fakeApi, snapshotOf } from './fake-api.ts';
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

const demo = { text: '{}', revision: 1, path: null, isDemo: true, fileIssues: [], toAllow: [] };

/** The window as it first opens. */
async function openDemo(overrides = {}) {
  const snapshot = snapshotOf([backend('demo-1')]);
  const state = await fakeApi(snapshot).api.watch();
  return openApp(snapshot, { watch: async () => ({ ...state, config: demo }), ...overrides });
}
const strip = () => screen.queryByRole('region', { name: 'Use your own services' });

describe('the demo', () => {
  it('offers ways to something of your own, until it is told not to', async () => {
    await openDemo();
    await userEvent.click(screen.getByRole('button', { name: 'Find running servers' }));
    expect(await screen.findByRole('dialog', { name: 'Find running servers' })).toBeTruthy();
    await userEvent.keyboard('{Escape}');
    await userEvent.click(await screen.findByRole('button', { name: 'Hide this line' }));
    expect(strip()).toBeNull();
    cleanup();
    await openDemo();
    expect(strip()).toBeNull();
  });

  it('is replaced by URLs that are typed', async () => {
    const fake = await openDemo();
    await userEvent.click(screen.getByRole('button', { name: 'Type URLs' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'Use your own services' }));
    await userEvent.clear(dialog.getByLabelText('URLs'));
    await userEvent.type(dialog.getByLabelText('URLs'), 'http://localhost:5001{enter}http://localhost:5002');
    await userEvent.click(dialog.getByRole('button', { name: 'Use them' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    const [, argument] = fake.calls.find(([name]) => name === 'startOwn') ?? [];
    const { text } = argument as { readonly text: string };
    expect(JSON.parse(text).servers).toEqual(['http://localhost:5001', 'http://localhost:5002']);
    expect(strip()).toBeNull();
  });

  it('stays when what is typed is no URL, and says so at the field', async () => {
    const issues = [{ path: 'servers[0]', keys: ['servers', 0], message: 'servers[0]: "x" has no scheme.' }];
    await openDemo({ startOwn: async () => fail({ code: 'invalid', issues }) });
    await userEvent.click(screen.getByRole('button', { name: 'Type URLs' }));
    await userEvent.click(await screen.findByRole('button', { name: 'Use them' }));
    expect((await screen.findByRole('alert')).textContent).toContain('has no scheme');
  });
});

describe('a window without a config that can be used', () => {
  async function openEmpty(overrides = {}) {
    const snapshot = snapshotOf([], { pools: [], listeners: [] });
    const state = await fakeApi(snapshot).api.watch();
    const config = { ...state.config, fileIssues: [{ path: '', keys: [], message: 'It is no JSON.' }] };
    const fake = fakeApi(snapshot, { watch: async () => ({ ...state, config }), ...overrides });
    render(
      <StoreContext value={createAppStore(fake.api)}>
        <App />
      </StoreContext>,
    );
    await screen.findByRole('heading', { name: 'Nothing is balanced yet' });
    return fake;
  }

  it('offers the demo, servers that run, and a file', async () => {
    let chosen = 0;
    const fake = await openEmpty({
      chooseConfig: async () => {
        chosen++;
        return { ok: true, value: null };
      },
    });
    await userEvent.click(screen.getByRole('button', { name: 'Open a config file…' }));
    expect(chosen).toBe(1);
    await userEvent.click(screen.getByRole('button', { name: 'Use the demo pool' }));
    expect(fake.calls).toContainEqual(['useDemo', null]);
    expect(await screen.findByText('The demo runs. Your config stays in its file.')).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Find running servers…' }));
    expect(await screen.findByRole('dialog', { name: 'Find running servers' })).toBeTruthy();
  });
});
