import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MenuItem } from 'electron';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { BackendProcess } from '../support/backend-process.ts';
import { launch, ROOT, type RunningApp } from './support/launch.ts';
import { rowText, threeBackends } from './support/story.ts';

const PATIENT = { timeout: 20_000 };
let backends: BackendProcess[];
let running: RunningApp;

beforeAll(async () => {
  const story = await threeBackends();
  backends = story.backends;
  running = await launch('built', ['--config', story.path]);
  await running.page.getByRole('row', { name: 'three', exact: true }).waitFor();
});

afterAll(async () => {
  await running.close();
  await Promise.all(backends.map((one) => one.kill()));
});

/** Labels, ticks and shortcuts of the real menu bar, as main has it. */
async function menuLines(): Promise<readonly string[]> {
  return running.app.evaluate(({ Menu }) => {
    const flat = (items: readonly MenuItem[]): MenuItem[] =>
      items.flatMap((item) => [item, ...flat(item.submenu?.items ?? [])]);
    return flat(Menu.getApplicationMenu()?.items ?? []).map(({ label, accelerator, checked }) =>
      `${checked ? '✓ ' : ''}${label} ${accelerator ?? ''}`.trim(),
    );
  });
}

it('runs any action from the palette', async () => {
  const { page } = running;
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Actions' }).waitFor();
  await running.screenshot('palette');
  await page.keyboard.type('two off');
  await running.screenshot('palette-found');
  await page.keyboard.press('Enter');
  await expect.poll(() => rowText(page, 'two'), PATIENT).toContain('off by you');
  expect(await page.getByRole('combobox', { name: 'Actions' }).count()).toBe(0);
});

it('keeps the menu bar up to date, and obeys it', async () => {
  await expect.poll(menuLines, PATIENT).toContain('Switch two on CmdOrCtrl+2');
  await running.app.evaluate(({ Menu }) => {
    Menu.getApplicationMenu()?.getMenuItemById('backend.toggle/default/two')?.click();
  });
  await expect.poll(menuLines, PATIENT).toContain('Switch two off CmdOrCtrl+2');
  await expect.poll(() => rowText(running.page, 'two'), PATIENT).not.toContain('off by you');
  await running.app.evaluate(({ Menu }) => {
    Menu.getApplicationMenu()?.getMenuItemById('go.requests')?.click();
  });
  await running.page.getByRole('heading', { name: 'Requests' }).waitFor();
  await expect.poll(menuLines, PATIENT).toContain('✓ Requests CmdOrCtrl+L');
});

it('shows every shortcut, and obeys them', async () => {
  const { page } = running;
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
  await running.screenshot('shortcuts');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+p');
  await page.getByRole('heading', { name: 'Backends' }).waitFor();
  await page.keyboard.press('Control+Shift+b');
  await page.getByRole('switch', { name: 'Balancer running', checked: false }).waitFor();
  await expect.poll(menuLines, PATIENT).toContain('Start the balancer CmdOrCtrl+Shift+B');
  await page.keyboard.press('Control+Shift+b');
  await page.getByRole('switch', { name: 'Balancer running', checked: true }).waitFor();
});

it('fits a small window, and the rail when it is collapsed', async () => {
  const { app, page } = running;
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(900, 600));
  await vi.waitFor(async () => expect(await page.evaluate(() => innerWidth)).toBe(900), PATIENT);
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
  await running.screenshot('shortcuts-small');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+b');
  await page.getByRole('button', { name: /^Search or run/ }).click();
  await page.getByRole('combobox', { name: 'Actions' }).waitFor();
  await running.screenshot('palette-small');
  await page.keyboard.press('Escape');
  expect(running.complaints).toEqual([]);
});

it('is loaded only when it is asked for', () => {
  const assets = join(ROOT, 'dist/renderer/assets');
  const withPalette = readdirSync(assets)
    .filter((name) => name.endsWith('.js') && readFileSync(join(assets, name), 'utf8').includes('cmdk-item'))
    .map((name) => name.startsWith('palette-dialog-'));
  expect(withPalette).toEqual([true]);
});
