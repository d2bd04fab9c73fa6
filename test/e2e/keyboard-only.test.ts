import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startFoundProcess } from '../support/found-process.ts';
import { focused, hasFocus, tabTo } from './support/keyboard.ts';
import { launch, type RunningApp } from './support/launch.ts';
import { freePort } from './support/story.ts';

/** Two of the user's own servers. */
const ports: number[] = [];
const stops: (() => unknown)[] = [];
let running: RunningApp;
let page: Page;

beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'switchyard-e2e-'));
  stops.push(() => rmSync(folder, { recursive: true }));
  for (const title of ['one', 'two']) {
    const started = await startFoundProcess(folder, { title });
    stops.push(() => started.stop());
    ports.push(started.port);
  }
  running = await launch('built', []);
  page = running.page;
  await page.getByText('5 of 5 up').waitFor();
});
afterAll(async () => {
  await running.close();
  for (const stop of stops.reverse()) await stop();
});

const press = (key: string) => page.keyboard.press(key);
const button = (name: string | RegExp): Locator => page.getByRole('button', { name, exact: true });
const row = (name: string): Locator => page.getByRole('row', { name, exact: true });
/** Menus and dialogs move the focus a moment after they open or close. */
const becomesFocus = (target: Locator) =>
  expect.poll(async () => ((await hasFocus(target)) ? 'it' : await focused(page))).toBe('it');

describe('with the keyboard alone', () => {
  it('sends traffic to the demo', async () => {
    await tabTo(button('Send traffic'));
    await press('Enter');
    const panel = page.getByRole('region', { name: 'Send traffic' });
    await panel.waitFor();
    await tabTo(panel.getByRole('textbox', { name: 'Requests', exact: true }));
    await press('Control+A');
    await page.keyboard.type('60');
    await press('Enter');
    await page.getByText('60 of 60 answered').waitFor();
    await press('Escape');
    await panel.waitFor({ state: 'detached' });
    await becomesFocus(button('Send traffic'));
  });

  it('switches a backend off by its number, and on at its switch', async () => {
    await press('4');
    await row('demo-4').getByText('off by you').waitFor();
    await tabTo(page.getByRole('switch', { name: 'demo-4 in rotation' }));
    await press('Space');
    await page.getByText('5 of 5 up').waitFor();
  });

  it("opens a backend's menu and a dialog from it, and is led back", async () => {
    const more = button('More for demo-4');
    await tabTo(more);
    await press('Enter');
    await becomesFocus(page.getByRole('menuitem', { name: 'Edit…' }));
    await press('ArrowDown');
    await becomesFocus(page.getByRole('menuitem', { name: 'Health history…' }));
    await press('Enter');
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    await press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await becomesFocus(more);
    await press('Enter');
    await becomesFocus(page.getByRole('menuitem', { name: 'Edit…' }));
    await press('Escape');
    await becomesFocus(more);
  });

  it('puts two servers of its own into the config, and requests reach both', async () => {
    await tabTo(button('Config'));
    await press('Enter');
    const editor = page.getByRole('textbox', { name: 'Config as JSON' });
    await tabTo(editor);
    await press('Control+A');
    // Typing over a selection lets Chromium try to keep its style, which the policy for content refuses aloud.
    await press('Delete');
    const port = await freePort();
    const servers = ports.map((one) => `"http://localhost:${one}"`).join(', ');
    await page.keyboard.type(`{ "port": ":${port}", "servers": [${servers}] }`);
    await press('Control+Enter');
    const dialog = page.getByRole('dialog', { name: 'Review changes' });
    await becomesFocus(dialog.getByRole('button', { name: 'Apply' }));
    await press('Enter');
    await dialog.waitFor({ state: 'detached' });
    await page.getByText('2 of 2 up').waitFor();
    const answered = new Set<string | null>();
    for (let count = 0; count < 4; count++)
      answered.add((await fetch(`http://localhost:${port}/`)).headers.get('x-forwarded-server'));
    expect([...answered].sort()).toEqual(ports.map((one) => `http://localhost:${one}`).sort());
  });

  it('leaves the editor by the keys it says, and goes to another screen', async () => {
    const editor = page.getByRole('textbox', { name: 'Config as JSON' });
    await becomesFocus(editor);
    expect(await editor.getAttribute('aria-description')).toMatch(/Escape, then Tab, leaves/);
    await press('Escape');
    await press('Tab');
    expect(await hasFocus(editor)).toBe(false);
    await tabTo(button('Requests'));
    await press('Enter');
    await page.getByRole('heading', { name: 'Requests' }).waitFor();
  });

  it('goes to any screen through the palette, and is led back from it', async () => {
    const palette = page.getByRole('dialog', { name: 'Search or run an action' });
    await press('Control+K');
    await palette.waitFor();
    await press('Escape');
    await palette.waitFor({ state: 'detached' });
    await becomesFocus(button('Requests'));
    await press('Control+K');
    await palette.waitFor();
    await page.keyboard.type('settings');
    await press('Enter');
    await page.getByRole('heading', { name: 'Settings', exact: true }).waitFor();
    await press('Control+K');
    await palette.waitFor();
    await page.keyboard.type('pool default');
    await press('Enter');
    await page.getByRole('heading', { name: 'default', exact: true }).waitFor();
    expect(running.complaints).toEqual([]);
  });
});
