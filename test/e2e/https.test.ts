import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, expect, it } from 'vitest';
import { BackendProcess } from '../support/backend-process.ts';
import { launch } from './support/launch.ts';

const run = promisify(execFile);
const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

it('a listener is switched to https in the window, is trusted by curl, takes traffic, and goes back', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'switchyard-e2e-'));
  stops.push(() => rmSync(folder, { recursive: true, force: true }));
  // The certificate stays where the tests are, too.
  process.env['XDG_DATA_HOME'] = folder;
  stops.push(() => delete process.env['XDG_DATA_HOME']);
  const backend = await new BackendProcess('web').start();
  stops.push(() => backend.kill());
  const path = join(folder, 'config.json');
  const text = `{\n  // the door\n  "listeners": [{ "address": "127.0.0.1:0", "defaultPool": "web" }],\n  "pools": { "web": { "servers": ["${backend.url}"] } }\n}\n`;
  writeFileSync(path, text);
  const { app, page, complaints, screenshot, close } = await launch('built', ['--config', path]);
  stops.push(close);
  const door = page.getByRole('button', { name: /^Routes of http:/ });
  const port = Number((await door.textContent())?.split(':')[1]);
  await door.click();
  await page.getByText('plain http', { exact: true }).waitFor();
  await screenshot('https-off');
  await page.getByRole('switch', { name: 'https' }).click();
  await page.getByText('Certificate by Switchyard:').waitFor();
  await page.getByText('127.0.0.1:0 speaks https now.').waitFor();
  await screenshot('https-on');
  expect(readFileSync(path, 'utf8')).toBe(text.replace('"web" }', '"web", "tls": "self-signed" }'));
  const certificate = join(folder, 'switchyard', 'tls', 'switchyard.pem');
  const url = `https://127.0.0.1:${port}/x`;
  const { stdout } = await run('curl', ['-sS', '--max-time', '20', '--cacert', certificate, url]);
  expect(stdout).toBe('web GET /x\n');
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setSize(900, 600));
  await screenshot('https-on-small');
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setSize(1280, 800));

  await page.getByRole('button', { name: /^web/ }).first().click();
  await page.getByRole('heading', { name: 'web', level: 1 }).waitFor();
  await screenshot('https-pool');
  await page.getByRole('button', { name: /^Routes of https:/ }).click();
  await page.getByRole('switch', { name: 'https' }).click();
  await page.getByText('plain http', { exact: true }).waitFor();
  expect(await (await fetch(`http://127.0.0.1:${port}/y`)).text()).toBe('web GET /y\n');
  expect(readFileSync(path, 'utf8')).toBe(text);
  expect(complaints).toEqual([]);
}, 120_000);
