import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { machineSwitches, ROOT } from './support/launch.ts';

// A tree of its own, whose files can be changed.
const tree = mkdtempSync(join(tmpdir(), 'switchyard-dev-'));
let dev: ChildProcess;
let output = '';
let browser: Browser | null = null;

beforeAll(() => {
  const names = ['electron', 'renderer', 'shared', 'scripts', 'package.json', 'package-lock.json'];
  for (const name of [...names, 'tsconfig.json', 'tsconfig.base.json', 'vite.config.ts'])
    cpSync(join(ROOT, name), join(tree, name), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(tree, 'node_modules'));
  const profile = `--user-data-dir=${join(tree, 'profile')}`;
  const args = [...machineSwitches(), profile, '--remote-debugging-port=0'];
  dev = spawn(process.execPath, ['scripts/dev.mjs', ...args], { cwd: tree, stdio: 'pipe' });
  for (const stream of [dev.stdout, dev.stderr])
    stream?.on('data', (bytes) => {
      output += String(bytes);
    });
});

afterAll(async () => {
  await browser?.close();
  const hasEnded = new Promise((resolve) => dev.once('exit', resolve));
  if (dev.exitCode === null) {
    dev.kill('SIGTERM');
    await hasEnded;
  }
  rmSync(tree, { recursive: true, force: true });
});

it('npm run dev draws a changed component at once, and starts the app again for a changed engine', async () => {
  const page = await connect(1);
  const title = page.getByRole('navigation').first();
  await title.waitFor();
  await page.evaluate(() => document.body.setAttribute('data-kept', 'yes'));

  change('renderer/features/shell/mark.tsx', '<svg', '<svg data-changed="yes"');
  await page.locator('[data-changed="yes"]').first().waitFor();
  // The page was not loaded again for it.
  expect(await page.locator('[data-kept="yes"]').count()).toBe(1);

  change('electron/engine/core/worker.ts', /$/, '\n// changed\n');
  const next = await connect(2);
  await next.getByRole('navigation').first().waitFor();
  expect(await next.locator('[data-changed="yes"]').first().isVisible()).toBe(true);
  expect(await next.locator('[data-kept="yes"]').count()).toBe(0);
});

function change(path: string, what: string | RegExp, into: string): void {
  const file = join(tree, path);
  const before = readFileSync(file, 'utf8');
  const after = before.replace(what, into);
  expect(after).not.toBe(before);
  writeFileSync(file, after);
}

/** The page of the app that was started as the nth. */
async function connect(nth: number): Promise<Page> {
  const endpoint = () => [...output.matchAll(/DevTools listening on (ws:\S+)/g)][nth - 1]?.[1] ?? output;
  await expect.poll(endpoint, { timeout: 60_000 }).toMatch(/^ws:\S+$/);
  // A window that opens after the connection was made is not reported to it.
  await expect.poll(() => findPage(endpoint()), { timeout: 30_000 }).not.toBeNull();
  return (await findPage(endpoint())) ?? Promise.reject(new Error(output));
}

async function findPage(endpoint: string): Promise<Page | null> {
  const known = browser?.isConnected() ? browser.contexts()[0]?.pages()[0] : null;
  if (known) return known;
  await browser?.close();
  browser = await chromium.connectOverCDP(endpoint);
  return browser.contexts()[0]?.pages()[0] ?? null;
}
