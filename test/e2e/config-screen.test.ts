import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Locator } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { complaintsOfAxe } from './support/axe.ts';
import { launch, type RunningApp } from './support/launch.ts';
import { threeBackends } from './support/story.ts';

let running: RunningApp;
let path: string;
let other: string;
let text: string;
const stops: (() => unknown)[] = [];
let editor: Locator;
let form: Locator;

beforeAll(async () => {
  const story = await threeBackends();
  stops.push(() => story.backends.map((one) => one.kill()));
  path = story.path;
  text = readFileSync(path, 'utf8');
  other = join(mkdtempSync(join(tmpdir(), 'switchyard-e2e-')), 'other.json');
  writeFileSync(other, text.replace('"name": "one"', '"name": "eins"'));
  running = await launch('built', ['--config', path]);
  await running.page.getByRole('button', { name: 'Config', exact: true }).click();
  editor = running.page.getByRole('textbox', { name: 'Config as JSON' });
  form = running.page.getByRole('group', { name: 'Config as a form' });
  await editor.waitFor();
  await form.waitFor();
});
afterAll(async () => {
  await running.close();
  for (const stop of stops) await stop();
});

/** A picture in both themes, in which axe finds nothing either. */
async function look(name: string): Promise<void> {
  await running.screenshot(name);
  for (const colorScheme of ['light', 'dark'] as const) {
    await running.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    expect(await complaintsOfAxe(running.page)).toEqual([]);
  }
}

const onDisk = () => readFileSync(path, 'utf8');
const shown = async () => (await editor.locator('.cm-line').allTextContents()).join('\n');

async function resize(width: number, height: number): Promise<void> {
  await running.app.evaluate(
    ({ BrowserWindow }, size) => {
      BrowserWindow.getAllWindows()[0]?.setContentSize(size.width, size.height);
    },
    { width, height },
  );
  await expect.poll(() => running.page.evaluate(() => window.innerWidth)).toBe(width);
}

describe('the config screen', () => {
  it('writes into the JSON what is typed into the form, touching nothing else', async () => {
    const { page } = running;
    await look('config-both');
    await form.getByRole('textbox', { name: 'Weight of server 2' }).fill('3');
    await form.getByRole('textbox', { name: 'Health checks every' }).fill('750ms');
    const after = text
      .replace('500ms', '750ms')
      .replace(/("url": "[^"]*")( },?\n.*"three")/, '$1, "weight": 3$2');
    await expect.poll(shown).toBe(after);
    expect(onDisk()).toBe(text);
    await page.getByRole('button', { name: 'Review changes' }).click();
    const dialog = page.getByRole('dialog', { name: 'Review changes' });
    await dialog.getByText('interval 500ms → 750ms').waitFor();
    await dialog.getByText('two weight 1 → 3').waitFor();
    await look('config-review');
    await page.keyboard.press('Control+Enter');
    await expect.poll(onDisk).toBe(after);
  });

  it('goes back, and forth again', async () => {
    const { page } = running;
    await page.getByRole('button', { name: /^Undo change: interval/ }).click();
    await expect.poll(onDisk).toBe(text);
    await page.getByRole('button', { name: /^Redo change: interval/ }).click();
    await expect.poll(onDisk).toContain('"weight": 3');
    await page.getByRole('button', { name: /^Undo change: interval/ }).click();
    await expect.poll(onDisk).toBe(text);
  });

  it('completes names and values by the schema, and says what they mean', async () => {
    const { page, screenshot } = running;
    await editor.click();
    await page.keyboard.press('Control+Home');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await page.keyboard.type('"pol');
    await page.getByRole('option', { name: /^policy/ }).waitFor();
    await page.getByText('How the pool picks a backend for a request.').waitFor();
    await screenshot('config-completion');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Control+Space');
    await page.getByRole('option', { name: /^least-connections/ }).click();
    await expect.poll(shown).toContain('"policy": "least-connections",');
    await expect
      .poll(() => form.getByRole('combobox', { name: 'Policy of the pool' }).inputValue())
      .toBe('least-connections');
    await editor.getByText('"healthCheckInterval"').hover();
    await page.getByText(/^Time between two probes of one backend/).waitFor();
    await screenshot('config-explanation');
    await page.mouse.move(0, 0);
  });

  it('waits while the JSON cannot be read, and says what is wrong at the field', async () => {
    const { page, screenshot } = running;
    await page.getByRole('button', { name: 'Revert', exact: true }).click();
    await editor.click();
    await page.keyboard.press('Control+End');
    await page.keyboard.type('x');
    await form.page().getByText('The form waits:').waitFor();
    await page.getByRole('button', { name: /^Line \d+, column \d+: / }).waitFor();
    await look('config-unreadable');
    await page.keyboard.press('Backspace');
    await form.getByRole('textbox', { name: 'URL of server 2' }).fill('localhost:5002');
    await form.getByText(/has no scheme/).waitFor();
    await look('config-field-error');
    await resize(900, 600);
    await screenshot('config-small');
    await resize(1280, 800);
    await form.getByRole('textbox', { name: 'URL of server 2' }).fill('http://localhost:5002');
    await form.getByRole('button', { name: 'Write it in full' }).click();
    await form.getByRole('region', { name: 'Pool default' }).scrollIntoViewIfNeeded();
    await look('config-full');
    await page.getByRole('button', { name: 'Form', exact: true }).click();
    await look('config-form-alone');
    await page.getByRole('button', { name: 'Both', exact: true }).click();
    await page.getByRole('button', { name: 'Revert', exact: true }).click();
    await expect.poll(shown).toBe(text);
  });

  it('shows both when the file is changed while one types, and keeps what one chooses', async () => {
    const { page } = running;
    await form.getByRole('textbox', { name: 'Name of server 1' }).fill('uno');
    writeFileSync(path, text.replace('500ms', '900ms'));
    await page.getByText('The config was changed elsewhere while you were editing.').waitFor();
    await page.getByRole('button', { name: 'Show what differs' }).click();
    await page.getByRole('dialog', { name: 'What differs' }).getByText(/uno/).first().waitFor();
    await look('config-behind');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Keep mine' }).click();
    await page.getByRole('button', { name: 'Review changes' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Apply' }).click();
    await expect.poll(onDisk).toBe(text.replace('"name": "one"', '"name": "uno"'));
  });

  it('mends a file that cannot be used', async () => {
    const { page } = running;
    const wrong = onDisk().replace('"500ms"', '"soon"');
    writeFileSync(path, wrong);
    await page.getByText('The file on disk cannot be used:').waitFor();
    await look('config-unusable');
    await page.getByRole('button', { name: 'Mend it here' }).click();
    await expect.poll(shown).toBe(wrong);
    await form.getByRole('textbox', { name: 'Health checks every' }).fill('1s');
    await page.getByRole('button', { name: 'Review changes' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Apply' }).click();
    await expect.poll(onDisk).toBe(wrong.replace('soon', '1s'));
  });

  it('saves as another file, and remembers those that were open', async () => {
    const { page, app } = running;
    await app.evaluate(({ dialog }, target) => {
      dialog.showSaveDialog = async () => ({ canceled: false, filePath: target });
    }, other);
    await page.getByRole('button', { name: 'File', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Save as…' }).click();
    await page.getByText(/^Saved as .*other.json/).waitFor();
    expect(readFileSync(other, 'utf8')).toBe(onDisk());
    await form.getByRole('textbox', { name: 'Name of server 1' }).fill('half-written');
    await page.getByRole('button', { name: 'File', exact: true }).click();
    const recent = page.getByRole('menuitem', { name: `config.json ${dirname(path)}` });
    await recent.waitFor();
    await look('config-recent');
    await recent.click();
    await page.getByText('What you typed over other.json is kept with it.').waitFor();
    await page.getByRole('button', { name: 'File', exact: true }).click();
    await page.getByRole('menuitem', { name: `other.json ${dirname(other)}` }).click();
    await page.getByText('not applied yet').waitFor();
    expect(await form.getByRole('textbox', { name: 'Name of server 1' }).inputValue()).toBe('half-written');
  });

  it('keeps what was typed when the window is loaded again, and had nothing to complain of', async () => {
    const { page, complaints } = running;
    await page.reload();
    await page.getByRole('button', { name: /^Config/ }).click();
    await page.getByText('not applied yet').waitFor();
    expect(await form.getByRole('textbox', { name: 'Name of server 1' }).inputValue()).toBe('half-written');
    expect(complaints).toEqual([]);
  });
});
