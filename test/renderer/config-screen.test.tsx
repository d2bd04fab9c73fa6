import { act, cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fail, ok } from '../../shared/calls/result.ts';
import type { SwitchyardApi } from '../../shared/calls/switchyard-api.ts';
import type { ConfigIssue } from '../../shared/config/config.ts';
import type { ConfigDocument } from '../../shared/config/config-document.ts';
import { backend, type FakeApi, snapshotOf } from './fake-api.ts';
import { openApp } from './open-app.tsx';

vi.mock('uplot', () => ({
  default: class {
    setData(): void {}
    setSize(): void {}
    destroy(): void {}
  },
}));
// The editor itself is looked at in the end-to-end tests; here it is a box with the same name.
vi.mock('../../renderer/features/config/json-editor.tsx', () => ({
  default: ({
    text,
    jumpTo,
    onChange,
  }: {
    text: string;
    jumpTo: object | null;
    onChange: (text: string) => void;
  }) => (
    <textarea
      aria-label="Config as JSON"
      data-jumps={jumpTo !== null}
      value={text}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  ),
}));

beforeEach(() => localStorage.clear());
afterEach(cleanup);

const FIRST: ConfigDocument = {
  text: '{}',
  revision: 1,
  path: '/c.json',
  isDemo: false,
  fileIssues: [],
  toAllow: [],
};
const ISSUE: ConfigIssue = {
  path: 'port',
  keys: ['port'],
  message: 'port: "x" is not an address',
  line: 2,
  column: 9,
  offset: 10,
  length: 3,
};

async function openConfig(overrides: Partial<SwitchyardApi> = {}): Promise<FakeApi> {
  const fake = await openApp(snapshotOf([backend('a')]), overrides);
  await userEvent.click(screen.getByRole('button', { name: /^Config/ }));
  await screen.findByRole('textbox', { name: 'Config as JSON' });
  return fake;
}

const editor = () => screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Config as JSON' });
const review = () => screen.getByRole<HTMLButtonElement>('button', { name: 'Review changes' });
const applyAll = async () => {
  await userEvent.click(review());
  await userEvent.click(await screen.findByRole('button', { name: 'Apply' }));
};
const type = (text: string) => fireEvent.change(editor(), { target: { value: text } });

describe('the config screen', () => {
  it('shows what is wrong with its place, and applies nothing then', async () => {
    const applied: string[] = [];
    await openConfig({
      checkConfig: async ({ text }) => (text.includes('x') ? [ISSUE] : []),
      applyConfig: async ({ text }) => {
        applied.push(text);
        return ok({ ...FIRST, text, revision: 2 });
      },
    });
    expect(review().disabled).toBe(true);
    type('{ "port": "x" }');
    const issue = await screen.findByRole('button', { name: /is not an address/ });
    expect(issue.textContent).toContain('2:9');
    expect(review().disabled).toBe(true);
    type('{ "port": 80 }');
    await screen.findByText('Valid');
    await applyAll();
    expect(applied).toEqual(['{ "port": 80 }']);
    await screen.findByText('Applied and saved.');
    expect(screen.queryByText('not applied yet')).toBeNull();
  });

  it('keeps what was typed while another screen is shown, and says that there is something', async () => {
    await openConfig();
    type('{ "a": 1 }');
    await userEvent.click(screen.getByRole('button', { name: /^users/ }));
    await userEvent.click(screen.getByRole('button', { name: 'Config, changes not applied' }));
    expect((await screen.findByRole<HTMLTextAreaElement>('textbox', { name: 'Config as JSON' })).value).toBe(
      '{ "a": 1 }',
    );
    await userEvent.click(screen.getByRole('button', { name: 'Revert' }));
    expect(editor().value).toBe('{}');
  });

  it('takes a change from elsewhere at once while nothing is typed', async () => {
    const fake = await openConfig();
    act(() => fake.push('config:changed', { ...FIRST, text: '{ "b": 2 }', revision: 2 }));
    expect(editor().value).toBe('{ "b": 2 }');
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it.each([
    ['Keep mine', '{ "a": 1 }', 'mine goes over it'],
    ['Take the file’s', '{ "b": 2 }', 'mine is gone'],
  ])('asks what to do with both changes: %s', async (choice, text) => {
    const revisions: number[] = [];
    const fake = await openConfig({
      applyConfig: async ({ text: applied, revision }) => {
        revisions.push(revision);
        return ok({ ...FIRST, text: applied, revision: 9 });
      },
    });
    type('{ "a": 1 }');
    act(() => fake.push('config:changed', { ...FIRST, text: '{ "b": 2 }', revision: 5 }));
    expect(screen.getByRole('alert').textContent).toContain('changed elsewhere while you were editing');
    expect(review().disabled).toBe(true);
    await userEvent.click(screen.getByRole('button', { name: choice }));
    expect(editor().value).toBe(text);
    expect(screen.queryByRole('alert')).toBeNull();
    if (choice === 'Keep mine') {
      await waitFor(() => expect(review().disabled).toBe(false));
      await applyAll();
      expect(revisions).toEqual([5]);
    }
  });

  it('says why it was not applied, and keeps what was typed', async () => {
    const failure = { code: 'not-applied', message: 'Port 80 is taken.' } as const;
    await openConfig({ applyConfig: async () => fail(failure) });
    type('{ "port": 80 }');
    await screen.findByText('Valid');
    await applyAll();
    expect((await within(screen.getByRole('dialog')).findByRole('alert')).textContent).toBe(
      'Port 80 is taken.',
    );
    await userEvent.click(screen.getByRole('button', { name: 'Back to editing' }));
    expect(screen.getByRole('alert').textContent).toBe('Port 80 is taken.');
    expect(editor().value).toBe('{ "port": 80 }');
  });

  it('offers another file for what cannot be saved in this one, in the dialog and after it', async () => {
    const message = '/home/ada/a.json may not be written by you; check its permissions. Nothing was changed.';
    const saved: unknown[] = [];
    await openConfig({
      applyConfig: async () => fail({ code: 'not-saved', message }),
      saveConfigAs: async (argument) => {
        saved.push(argument);
        return ok(null);
      },
    });
    type('{ "port": 81 }');
    await screen.findByText('Valid');
    await applyAll();
    const dialog = within(screen.getByRole('dialog'));
    expect((await dialog.findByRole('alert')).textContent).toBe(message);
    expect(dialog.getByRole('button', { name: 'Save as…' })).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Back to editing' }));
    expect(screen.getByRole('alert').textContent).toContain(message);
    await userEvent.click(within(screen.getByRole('alert')).getByRole('button', { name: 'Save as…' }));
    expect(saved).toEqual([{ text: '{ "port": 81 }', revision: 1 }]);
    expect(screen.queryByRole('alert')).toBeNull();
    expect(editor().value).toBe('{ "port": 81 }');
  });

  it('offers to write what runs over a file that cannot be used', async () => {
    const fake = await openConfig();
    act(() => fake.push('config:changed', { ...FIRST, revision: 2, fileIssues: [ISSUE] }));
    const alert = await screen.findByRole('alert');
    expect(alert.textContent).toContain('port: "x" is not an address (line 2, column 9)');
    expect(review().disabled).toBe(false);
  });

  it('shows what differs before it is applied, in lines and in words, and goes back with Undo', async () => {
    const fake = await openConfig({
      applyConfig: async ({ text }) => ok({ ...FIRST, text, revision: 3, undo: 'removed b' }),
      reviewConfig: async () => ok({ changes: ['removed b'], effects: ['b drains.'] }),
    });
    act(() => fake.push('config:changed', { ...FIRST, text: '{\n  "b": 1\n}', revision: 2 }));
    type('{\n  "b": 2\n}');
    await screen.findByText('Valid');
    await userEvent.click(review());
    const dialog = await screen.findByRole('dialog', { name: 'Review changes' });
    expect(await within(dialog).findByText('removed b')).toBeTruthy();
    expect(within(dialog).getByText('b drains.')).toBeTruthy();
    const rows = within(dialog)
      .getAllByRole('row')
      .map((row) => row.textContent);
    expect(rows).toContain('2−removed:   "b": 1');
    expect(rows).toContain('2+added:   "b": 2');
    expect(within(dialog).getByText('1 line added, 1 line removed')).toBeTruthy();
    await userEvent.click(within(dialog).getByRole('button', { name: 'Apply' }));
    await userEvent.click(await screen.findByRole('button', { name: 'Undo' }));
    expect(fake.calls).toContainEqual(['stepConfig', { direction: 'undo', revision: 3 }]);
  });

  it('takes changes back and makes them again, but not under what is typed', async () => {
    const fake = await openConfig();
    act(() => fake.push('config:changed', { ...FIRST, revision: 2, undo: 'added b', redo: 'policy a → b' }));
    await userEvent.click(screen.getByRole('button', { name: 'Undo change: added b' }));
    act(() => fake.push('config:changed', { ...FIRST, revision: 2, redo: 'policy a → b' }));
    await userEvent.click(screen.getByRole('button', { name: 'Redo change: policy a → b' }));
    expect(fake.calls.map(([name]) => name)).toEqual(['stepConfig', 'stepConfig']);
    act(() => fake.push('config:changed', { ...FIRST, revision: 2, redo: 'policy a → b' }));
    type('{ "a": 1 }');
    const redo = screen.getByRole<HTMLButtonElement>('button', { name: /^Redo change: apply or revert/ });
    expect(redo.disabled).toBe(true);
    act(() => fake.push('app:command', { kind: 'step-config', direction: 'redo' }));
    expect(await screen.findByText('Apply or revert what you have typed in the config first.')).toBeTruthy();
    expect(editor().value).toBe('{ "a": 1 }');
  });

  it('keeps what was typed with its file: over a restart, and while another is open', async () => {
    const fake = await openConfig();
    type('{ "a": 1 }');
    act(() =>
      fake.push('config:changed', { ...FIRST, path: '/other.json', text: '{ "o": 1 }', revision: 2 }),
    );
    expect(editor().value).toBe('{ "o": 1 }');
    expect(screen.getByText('What you typed over c.json is kept with it.')).toBeTruthy();
    cleanup();
    await openConfig();
    expect(editor().value).toBe('{ "a": 1 }');
    expect(screen.getByText('not applied yet')).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Revert' }));
    cleanup();
    await openConfig();
    expect(editor().value).toBe('{}');
  });

  it('lists the files that were open, and takes those off that are gone', async () => {
    const opened: string[] = [];
    const recent = [
      { path: '/c.json', isMissing: false },
      { path: '/b/old.json', isMissing: false },
      { path: '/b/gone.json', isMissing: true },
    ];
    await openConfig({
      recentConfigs: async () => recent,
      forgetConfig: async () => recent.slice(0, 2),
      openConfig: async ({ path }) => {
        opened.push(path);
        return ok({ ...FIRST, path, revision: 2 });
      },
    });
    localStorage.setItem('draft:/b/gone.json', '{}');
    await userEvent.click(screen.getByRole('button', { name: 'File' }));
    await userEvent.click(await screen.findByRole('menuitem', { name: /^gone.json Not there any more/ }));
    await waitFor(() => expect(screen.queryByRole('menuitem', { name: /gone/ })).toBeNull());
    expect(localStorage.getItem('draft:/b/gone.json')).toBeNull();
    expect(screen.queryByRole('menuitem', { name: /^c.json/ })).toBeNull();
    await userEvent.click(screen.getByRole('menuitem', { name: 'old.json /b' }));
    expect(opened).toEqual(['/b/old.json']);
  });

  it('takes the text of a file that cannot be used into the editor, to be mended', async () => {
    const fake = await openConfig();
    const fileText = '{ "port": "x" }';
    act(() => fake.push('config:changed', { ...FIRST, revision: 2, fileIssues: [ISSUE], fileText }));
    await userEvent.click(await screen.findByRole('button', { name: 'Mend it here' }));
    expect(editor().value).toBe(fileText);
  });

  it('says that the demo is not saved', async () => {
    const fake = await openConfig();
    act(() => fake.push('config:changed', { ...FIRST, path: null, isDemo: true, revision: 2 }));
    expect(screen.getByText(/Demo, not saved/)).toBeTruthy();
  });

  it('goes to a place once, not again with every editor', async () => {
    await openConfig({ checkConfig: async () => [ISSUE] });
    await userEvent.click(await screen.findByRole('button', { name: /is not an address/ }));
    expect(editor().dataset['jumps']).toBe('true');
    await userEvent.click(screen.getByRole('button', { name: 'Form' }));
    await userEvent.click(screen.getByRole('button', { name: 'Both' }));
    await screen.findByRole('textbox', { name: 'Config as JSON' });
    expect(editor().dataset['jumps']).toBe('false');
  });
});
