import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { launch, type RunningApp } from './support/launch.ts';

const BACKENDS = 40;
const PATIENT = { timeout: 20_000 };
let server: Server;
let running: RunningApp;

/** One server that answers for all of them: it is the window that is looked at here. */
beforeAll(async () => {
  server = createServer((request, response) => {
    response.statusCode = request.url?.startsWith('/7/') ? 404 : 200;
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const servers = Array.from({ length: BACKENDS }, (_, at) => ({
    url: `http://127.0.0.1:${port}/${at + 1}/`,
    name: at === 2 ? 'a service whose name somebody has thought about for too long' : `service-${at + 1}`,
    weight: (at % 4) + 1,
  }));
  const path = join(mkdtempSync(join(tmpdir(), 'switchyard-e2e-')), 'config.json');
  const config = { port: '127.0.0.1:0', healthCheckInterval: '1s', policy: 'weighted-round-robin', servers };
  writeFileSync(path, JSON.stringify(config, null, 2));
  running = await launch('built', ['--config', path]);
  await running.page.getByRole('row', { name: 'service-40', exact: true }).waitFor();
});

afterAll(async () => {
  await running.close();
  server.closeAllConnections();
  server.close();
});

const rowNames = () =>
  running.page
    .getByRole('region', { name: 'Backends' })
    .getByRole('row')
    .evaluateAll((rows) => rows.flatMap((row) => row.getAttribute('aria-label') ?? []));

it('draws forty backends under load', async () => {
  const { page } = running;
  const port = await page
    .getByRole('button', { name: /^Copy http/ })
    .first()
    .getAttribute('aria-label');
  const target = /http:\/\/\S+/.exec(port ?? '')?.[0] ?? '';
  let isOver = false;
  const load = Promise.all(
    Array.from({ length: 8 }, async () => {
      // The balancer may be gone already when the test has failed.
      while (!isOver)
        await fetch(target).then(
          (answer) => answer.text(),
          () => {
            isOver = true;
          },
        );
    }),
  );
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  const read = async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
  };
  await page.getByRole('region', { name: 'Backends' }).scrollIntoViewIfNeeded();
  const before = await read();
  const seconds = 5;
  await page.waitForTimeout(seconds * 1_000);
  const after = await read();
  isOver = true;
  await load;
  const spent = (of: string) => (((after[of] ?? 0) - (before[of] ?? 0)) * 1_000) / (seconds * 4);
  const figures = ['ScriptDuration', 'RecalcStyleDuration', 'LayoutDuration'].map(
    (of) => `${of} ${spent(of).toFixed(1)} ms`,
  );
  // For whoever looks: how long it takes depends on who else uses the machine, so nothing is asked of it here.
  console.error(`the pool screen, a batch with ${BACKENDS} backends under load: ${figures.join(', ')}`);
  const [first] = await running.page.locator('[data-figure=requests]').allTextContents();
  expect(Number(first?.replaceAll(',', ''))).toBeGreaterThan(0);
});

it('sorts, selects and acts on many', async () => {
  const { page } = running;
  const table = page.getByRole('region', { name: 'Backends' });
  await table.getByRole('button', { name: 'Sort by Health' }).click();
  await expect.poll(async () => (await rowNames())[0], PATIENT).toBe('service-7');
  await table.getByRole('checkbox', { name: 'Select service-7', exact: true }).click();
  await table
    .getByRole('checkbox', { name: 'Select service-5', exact: true })
    .click({ modifiers: ['Shift'] });
  await table.getByText('6 selected').waitFor();
  await running.screenshot('backends-selected');
  await table.getByRole('button', { name: 'Switch off' }).click();
  await expect.poll(() => table.getByText(/^off by you/).count(), PATIENT).toBe(6);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => table.getByText(/^off by you/).count(), PATIENT).toBe(0);
  await table.getByRole('button', { name: 'Clear the selection' }).click();
  await table.getByRole('button', { name: 'Sort by Health' }).click();
  await table.getByRole('button', { name: 'Sort by Health' }).click();
  await expect.poll(async () => (await rowNames())[0], PATIENT).toBe('service-1');
});

it('renames a backend and takes a weight where they stand', async () => {
  const { page } = running;
  await page.getByRole('button', { name: 'Rename service-2', exact: true }).click();
  await page.keyboard.type('billing');
  await page.keyboard.press('Enter');
  await page.getByRole('row', { name: 'billing', exact: true }).waitFor();
  const weight = page.getByRole('spinbutton', { name: 'Weight of billing' });
  await weight.click();
  await page.keyboard.type('25');
  await page.keyboard.press('Enter');
  await expect.poll(() => weight.inputValue(), PATIENT).toBe('25');
});

it('says what came of a probe under the pointer, and fits a small window', async () => {
  const { app, page } = running;
  const strip = page.getByRole('button', { name: /^service-7: 0 of the last/ });
  await strip.hover({ position: { x: 88, y: 8 } });
  await page
    .getByRole('tooltip')
    .getByText(/HEAD \/7\/ answered 404|404/)
    .waitFor();
  await running.screenshot('backends-probe');
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(900, 600));
  await vi.waitFor(async () => expect(await page.evaluate(() => innerWidth)).toBe(900), PATIENT);
  await page.getByRole('row', { name: 'service-7', exact: true }).scrollIntoViewIfNeeded();
  await running.screenshot('backends-small');
  const overflow = await page
    .getByRole('region', { name: 'Backends' })
    .evaluate((region) =>
      [...region.querySelectorAll('div')].some((one) => one.scrollWidth > one.clientWidth + 1),
    );
  expect(overflow).toBe(false);
  expect(running.complaints).toEqual([]);
});
