import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { BackendProcess } from '../support/backend-process.ts';
import { until } from '../support/until.ts';
import { launch, type RunningApp } from './support/launch.ts';
import { Load } from './support/load.ts';

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

/** The app in front of so many names for the same backend, each with the path it is asked by. */
async function open(
  pool: object,
  servers: readonly object[],
): Promise<RunningApp & { readonly port: number }> {
  const path = join(mkdtempSync(join(tmpdir(), 'switchyard-e2e-')), 'config.json');
  const config = {
    listeners: [{ address: '127.0.0.1:0', defaultPool: 'users' }],
    pools: { users: { servers, healthCheck: { interval: '1s' }, ...pool } },
  };
  writeFileSync(path, JSON.stringify(config));
  const running = await launch('built', ['--config', path]);
  stops.push(running.close);
  const address = await running.page
    .getByText(/^127\.0\.0\.1:\d+$/)
    .first()
    .textContent();
  return { ...running, port: Number(address?.split(':')[1]) };
}

it('draws what happened: a toggle, a fault, a failure, and stands still when asked to', async () => {
  const backends: BackendProcess[] = [];
  for (const name of ['users-1', 'users-2', 'users-3', 'users-4', 'users-5']) {
    const one = await new BackendProcess(name, 'slow-backend.mjs').start();
    backends.push(one);
    stops.push(() => one.kill());
  }
  const servers = backends.map(({ name, url }) => ({ name, url }));
  const { page, port, screenshot, complaints } = await open({}, servers);
  await page.getByText('5 of 5 up').waitFor();
  const load = new Load({ port, connections: 24, perSecond: 240 });
  stops.push(() => load.stop());
  load.start();
  const chart = page.getByRole('slider', { name: 'Second in the chart' });
  await expect
    .poll(async () => page.locator(`[id="${await chart.getAttribute('aria-describedby')}"]`).textContent(), {
      timeout: 20_000,
    })
    .toMatch(/requests a second, users-/);
  await page.waitForTimeout(8_000);
  await page.getByRole('switch', { name: 'users-5 in rotation' }).click();
  await page.waitForTimeout(4_000);
  await page.getByRole('button', { name: 'More for users-2' }).click();
  await page.getByRole('menuitem', { name: 'Simulate a fault' }).click();
  await page.getByRole('menuitem', { name: /^Slow/ }).first().click();
  await page.waitForTimeout(4_000);
  await backends[2]?.kill();
  await until('it is down', async () => (await page.getByText(/^down \d+ s/).count()) > 0, 20_000);
  await page.waitForTimeout(4_000);
  await page.mouse.move(5, 5);
  await screenshot('charts');
  await page.getByRole('button', { name: 'p99' }).click();
  await page.getByRole('button', { name: 'p50' }).click();
  const box = await chart.boundingBox();
  if (!box) throw new Error('no chart');
  await page.mouse.move(box.x + box.width * 0.86, box.y + box.height * 0.7);
  await screenshot('charts-hover');
  await page.getByRole('button', { name: 'Pause' }).click();
  await page.getByText(/^Paused at/).waitFor();
  const paused = await page.getByText(/^Paused at/).textContent();
  await chart.focus();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Shift+ArrowLeft');
  expect(await chart.getAttribute('aria-valuetext')).toMatch(/^\d\d:\d\d:\d\d: \d+ requests a second/);
  await screenshot('charts-paused');
  expect(await page.getByText(/^Paused at/).textContent()).toBe(paused);
  await page.setViewportSize({ width: 900, height: 600 });
  await chart.scrollIntoViewIfNeeded();
  await screenshot('charts-small');
  await page.keyboard.press('End');
  await page.getByRole('button', { name: 'Pause' }).waitFor();
  expect(complaints).toEqual([]);
});
