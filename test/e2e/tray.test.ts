import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { BackendProcess } from '../support/backend-process.ts';
import { launch, type RunningApp } from './support/launch.ts';
import { rowText, threeBackends } from './support/story.ts';

const PATIENT = { timeout: 20_000 };
const backends: BackendProcess[] = [];
let running: RunningApp;

beforeEach(async () => {
  const story = await threeBackends();
  backends.push(...story.backends);
  running = await launch('built', ['--config', story.path]);
  await running.page.getByRole('row', { name: 'three', exact: true }).waitFor();
});

afterEach(() => running.close());
afterAll(async () => {
  await Promise.all(backends.map((one) => one.kill()));
});

/** There is no tray to look at under Xvfb: what main gives to Electron is kept, and Electron makes of it what it does. */
async function watchTray(): Promise<void> {
  await running.app.evaluate(({ Tray }) => {
    const { setContextMenu, setToolTip } = Tray.prototype;
    Tray.prototype.setContextMenu = function keep(menu) {
      Object.assign(globalThis, { trayMenu: menu });
      setContextMenu.call(this, menu);
    };
    Tray.prototype.setToolTip = function keep(text) {
      Object.assign(globalThis, { trayTitle: text });
      setToolTip.call(this, text);
    };
  });
}

function fakePanel(): string {
  const folder = mkdtempSync(join(tmpdir(), 'switchyard-panel-'));
  writeFileSync(join(folder, 'dbus-send'), '#!/bin/sh\necho "   boolean true"\n', { mode: 0o755 });
  return folder;
}

const title = () => running.app.evaluate(() => Reflect.get(globalThis, 'trayTitle') as string);
const click = (id: string) =>
  running.app.evaluate((_, wanted) => {
    const menu = Reflect.get(globalThis, 'trayMenu') as Electron.Menu;
    menu.getMenuItemById(wanted)?.click();
  }, id);
const isVisible = () =>
  running.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible() ?? false);

it('has an icon that says how things stand, and switches backends and the balancer', async () => {
  const { page } = running;
  await watchTray();
  await page.getByRole('switch', { name: 'two in rotation' }).click();
  await expect.poll(title, PATIENT).toBe('Switchyard: 2 of 3 backends up');
  await click('backend.toggle/default/two');
  await expect.poll(title, PATIENT).toBe('Switchyard: 3 of 3 backends up');
  await expect.poll(() => rowText(page, 'two'), PATIENT).not.toContain('off by you');
  await click('balancer.running');
  await page.getByRole('switch', { name: 'Balancer running', checked: false }).waitFor();
  await expect.poll(title, PATIENT).toBe('Switchyard: the balancer is off');
});

it('ends with its window where no tray could bring it back', async () => {
  const { app, page } = running;
  await page.keyboard.press(',');
  await page.getByRole('switch', { name: /tray/ }).click();
  await page.getByRole('switch', { name: /tray/, checked: true }).waitFor();
  const ended = new Promise((resolve) => app.process().once('exit', resolve));
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
  await ended;
});

it('stays in the tray where there is one, comes back from it, and quits from it', async () => {
  const { app, page } = running;
  await app.evaluate(async ({ app: electronApp }, panel) => {
    // A panel that has a place for icons, as far as asking the bus can tell.
    process.env['PATH'] = `${panel}:${process.env['PATH']}`;
    return electronApp.isReady();
  }, fakePanel());
  await watchTray();
  await page.keyboard.press(',');
  await page.getByRole('switch', { name: /tray/ }).click();
  await page.getByRole('switch', { name: /tray/, checked: true }).waitFor();
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
  await expect.poll(isVisible, PATIENT).toBe(false);
  await backends.at(-1)?.kill();
  await expect.poll(title, PATIENT).toBe('Switchyard: 2 of 3 backends up');
  await click('show');
  await expect.poll(isVisible, PATIENT).toBe(true);
  const ended = new Promise((resolve) => app.process().once('exit', resolve));
  await click('quit').catch(() => undefined);
  await ended;
});

it('tells of a backend that goes down by itself, once, and not of what the user does', async () => {
  const { app, page } = running;
  await app.evaluate(({ Notification, BrowserWindow }) => {
    const told: string[] = [];
    Object.assign(globalThis, { told });
    Notification.isSupported = () => true;
    Notification.prototype.show = function show() {
      told.push(`${this.title}: ${this.body}`);
      this.emit('click');
    };
    BrowserWindow.prototype.isFocused = () => false;
  });
  const told = () => app.evaluate(() => Reflect.get(globalThis, 'told') as string[]);
  await page.getByRole('switch', { name: 'one in rotation' }).click();
  await expect.poll(() => rowText(page, 'one'), PATIENT).toContain('off by you');
  await page.keyboard.press('Control+l');
  const [, , three] = backends.slice(-3);
  await three?.kill();
  await expect.poll(told, PATIENT).toEqual([expect.stringMatching(/^three is down: .*, pool default$/)]);
  // A click leads to the pool.
  await page.getByRole('heading', { name: 'Backends' }).waitFor();
  await vi.waitFor(async () => expect(await isVisible()).toBe(true), PATIENT);
});
