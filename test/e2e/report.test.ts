import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ElectronApplication } from 'playwright';
import { afterEach, expect, it } from 'vitest';
import { BackendProcess } from '../support/backend-process.ts';
import { launch, ROOT } from './support/launch.ts';

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

/** The saved page as a browser shows it, in both themes. */
async function picture(app: ElectronApplication, path: string, name: string): Promise<void> {
  const shots = join(ROOT, 'test/e2e/screenshots');
  mkdirSync(shots, { recursive: true });
  const opened = app.waitForEvent('window');
  await app.evaluate(async ({ BrowserWindow }, file) => {
    await new BrowserWindow({ width: 1000, height: 1250 }).loadFile(file);
  }, path);
  const page = await opened;
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.screenshot({ path: join(shots, `${name}-${colorScheme}.png`), fullPage: true });
  }
  await page.close();
}

it('sets limits, plays a scenario to its end, and shows and saves what it came to', async () => {
  const servers: { url: string; name: string }[] = [];
  for (const name of ['users-1', 'users-2', 'users-3']) {
    const backend = await new BackendProcess(name).start();
    stops.push(() => backend.kill());
    servers.push({ url: backend.url, name });
  }
  const folder = mkdtempSync(join(tmpdir(), 'switchyard-e2e-'));
  const path = join(folder, 'config.json');
  const steps = ['at 0s: users-1 crash', 'at 1s: users-2 error 500 affects=traffic', 'at 3s: restore'];
  writeFileSync(
    path,
    JSON.stringify({
      listeners: [{ address: '127.0.0.1:0', defaultPool: 'users' }],
      pools: { users: { servers, healthCheck: { interval: '1s' } } },
      scenarios: { 'bad-deploy': { seed: 7, steps } },
    }),
  );
  const { page, app, screenshot, complaints, close } = await launch('built', ['--config', path]);
  stops.push(close);
  await page.getByText('3 of 3 up').waitFor();
  const url = `http://${await page
    .getByText(/^127\.0\.0\.1:\d+$/)
    .first()
    .textContent()}/`;
  const menu = () => page.getByRole('button', { name: 'Rehearse a scenario' }).click();
  await menu();
  await page.getByRole('menuitem', { name: 'Edit bad-deploy…' }).click();
  const editor = page.getByRole('dialog', { name: 'Scenario bad-deploy' });
  await editor.getByText(/^Limits/).click();
  await editor.getByLabel('Error rate').fill('1 %');
  await editor.getByLabel('Time to detect').fill('10s');
  await editor.getByRole('button', { name: 'Save' }).click();
  await editor.getByText(/must be a share from 0 to 1/).waitFor();
  await screenshot('scenario-limits');
  await editor.getByLabel('Error rate').fill('0.01');
  await editor.getByRole('button', { name: 'Save' }).click();
  await editor.waitFor({ state: 'hidden' });
  expect(readFileSync(path, 'utf8')).toContain('"errorRate": 0.01');

  await menu();
  await page.getByRole('menuitem', { name: /^Play bad-deploy/ }).click();
  await page.getByText('Scenario bad-deploy:').waitFor();
  let isOver = false;
  const sending = (async () => {
    while (!isOver) await (await fetch(url)).text();
  })();
  await page.getByRole('button', { name: 'Show the report' }).waitFor({ timeout: 30_000 });
  isOver = true;
  await sending;
  await screenshot('report-banner');
  await page.getByRole('button', { name: 'Show the report' }).click();
  const dialog = page.getByRole('dialog', { name: 'Report of bad-deploy' });
  await dialog.getByText('Failed').first().waitFor();
  await screenshot('report');
  await page.setViewportSize({ width: 900, height: 600 });
  await screenshot('report-small');
  await page.setViewportSize({ width: 1280, height: 800 });

  const html = join(folder, 'report.html');
  await app.evaluate(({ dialog: native }, filePath) => {
    native.showSaveDialog = async () => ({ canceled: false, filePath });
  }, html);
  await dialog.getByRole('button', { name: 'Save…' }).click();
  await page.getByText(`The report is in ${html}.`).waitFor();
  expect(readFileSync(html, 'utf8')).toContain('◆ Failed');
  await picture(app, html, 'report-page');
  expect(complaints).toEqual([]);
});
