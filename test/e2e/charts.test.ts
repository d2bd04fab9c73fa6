import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { BackendProcess } from '../support/backend-process.ts';
import { until } from '../support/until.ts';
import { type FrameFigures, measureFrames } from './support/frames.ts';
import { launch, ROOT, type RunningApp } from './support/launch.ts';
import { Load } from './support/load.ts';
import { loadFromProcess } from './support/load-process.ts';

/** Longer for figures to quote. */
const MEASURED_SECONDS = Number(process.env['FRAME_SECONDS'] ?? 2);
const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

/** Open from the start, so that it has more of a past than its chart shows by the time that is looked at. */
let ten: RunningApp & { readonly port: number };
let bench: BackendProcess;
beforeAll(async () => {
  bench = await new BackendProcess('bench', '../bench/servers/backend.mjs').start();
  const servers = Array.from({ length: 10 }, (_, at) => ({
    name: `users-${at + 1}`,
    url: `${bench.url}/${at}`,
  }));
  ten = await open({ healthCheck: { interval: '5s' } }, servers);
  // The past begins with the first request.
  await fetch(`http://127.0.0.1:${ten.port}/`);
});
afterAll(async () => {
  await ten.close();
  await bench.kill();
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
  const { page, port, screenshot, complaints, close } = await open({}, servers);
  stops.push(close);
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
  await page.waitForTimeout(4_000);
  await page.getByRole('switch', { name: 'users-5 in rotation' }).click();
  await page.waitForTimeout(2_000);
  await page.getByRole('button', { name: 'More for users-2' }).click();
  await page.getByRole('menuitem', { name: 'Simulate a fault' }).click();
  await page.getByRole('menuitem', { name: /^Slow/ }).first().click();
  await page.waitForTimeout(2_000);
  await backends[2]?.kill();
  await until('it is down', async () => (await page.getByText(/^down \d+ s/).count()) > 0, 20_000);
  await page.waitForTimeout(2_000);
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

it('shows one backend and no traffic, and nothing that moves to who wants none', async () => {
  const slow = await new BackendProcess('slow', 'slow-backend.mjs').start();
  stops.push(() => slow.kill());
  const { page, port, screenshot, complaints, close } = await open({}, [{ name: 'only', url: slow.url }]);
  stops.push(close);
  await page.getByText('1 of 1 up').waitFor();
  await screenshot('charts-one');
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const load = new Load({ port, connections: 8, perSecond: 100 });
  stops.push(() => load.stop());
  load.start();
  await page.waitForTimeout(2_000);
  const { callbacks } = await measureFrames(page, MEASURED_SECONDS);
  // Nothing asks for frames.
  expect(callbacks.p99).toBe(0);
  await screenshot('charts-still');
  expect(complaints).toEqual([]);
});

it('shows forty backends, the long names too, and reads them out', async () => {
  const slow = await new BackendProcess('slow', 'slow-backend.mjs').start();
  stops.push(() => slow.kill());
  const servers = Array.from({ length: 40 }, (_, at) => ({
    name:
      at === 2 ? 'a service whose name somebody has thought about for too long a time' : `users-${at + 1}`,
    url: `${slow.url}/${at}`,
    weight: 1 + (at % 3),
  }));
  const { page, port, screenshot, complaints, close } = await open(
    { policy: 'weighted-round-robin' },
    servers,
  );
  stops.push(close);
  await page.getByText('40 of 40 up').waitFor();
  const load = new Load({ port, connections: 40, perSecond: 120 });
  stops.push(() => load.stop());
  load.start();
  await page.waitForTimeout(4_000);
  await screenshot('charts-forty');
  load.stop();
  await page.getByRole('button', { name: '15 min' }).click();
  await page.waitForTimeout(1_000);
  console.error(JSON.stringify({ 'forty backends, 15 min': await measureFrames(page, MEASURED_SECONDS) }));
  await page.getByRole('button', { name: '1 min', exact: true }).last().click();
  const chart = page.getByRole('slider', { name: 'Second in the chart' });
  await chart.scrollIntoViewIfNeeded();
  await chart.focus();
  await page.keyboard.press('ArrowLeft');
  expect(await chart.getAttribute('aria-valuetext')).toMatch(/^\d\d:\d\d:\d\d: [\d,]+ requests a second/);
  await screenshot('charts-forty-read');
  await page.setViewportSize({ width: 900, height: 600 });
  await page.getByRole('heading', { name: 'Distribution' }).scrollIntoViewIfNeeded();
  await screenshot('charts-forty-small');
  expect(complaints).toEqual([]);
});

it('draws ten backends at rest and under load, and says what its frames cost', async () => {
  const { app, page, port, screenshot } = ten;
  await page.getByText('10 of 10 up').waitFor();
  const figures: Record<
    string,
    FrameFigures & { readonly requestsPerSecond: number; readonly bytesPerSecond: number }
  > = {};
  for (const perSecond of [0, 100, 10_000]) {
    const seconds = MEASURED_SECONDS + 4;
    const load = perSecond > 0 ? loadFromProcess({ port, connections: 64, perSecond, seconds }) : 0;
    await page.waitForTimeout(2_000);
    const sentBefore = await bytesSent(app);
    const frames = await measureFrames(page, MEASURED_SECONDS);
    const bytesPerSecond = Math.round(((await bytesSent(app)) - sentBefore) / MEASURED_SECONDS);
    if (perSecond > 0) await screenshot(`charts-${perSecond}`);
    figures[`${perSecond}/s`] = { requestsPerSecond: await load, bytesPerSecond, ...frames };
  }
  // By now there is more than the chart shows.
  const chart = page.getByRole('slider', { name: 'Second in the chart' });
  await chart.scrollIntoViewIfNeeded();
  await until(
    'there is something to move to',
    async () => (await chart.getAttribute('data-movable')) === 'true',
    60_000,
  );
  const box = await chart.boundingBox();
  if (!box) throw new Error('no chart');
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2 + 300, box.y + box.height / 2, { steps: 6 });
  await page.mouse.up();
  await page.getByText(/^Paused at/).waitFor();
  await page.getByText(/^at \d\d:\d\d:\d\d$/).waitFor();
  await screenshot('charts-dragged');
  console.error(JSON.stringify({ frames: figures }));
  writeFileSync(join(ROOT, 'test/e2e/screenshots/frames.json'), JSON.stringify(figures, null, 2));
  expect(figures['10000/s']?.requestsPerSecond).toBeGreaterThan(0);
});

/** What main has sent to the window so far, as JSON: a little more than what really crosses. */
function bytesSent(app: RunningApp['app']): Promise<number> {
  return app.evaluate(({ BrowserWindow }) => {
    const contents: (Electron.WebContents & { counted?: { bytes: number } }) | undefined =
      BrowserWindow.getAllWindows()[0]?.webContents;
    if (!contents) return 0;
    if (!contents.counted) {
      const counted = { bytes: 0 };
      const send = contents.send.bind(contents);
      contents.counted = counted;
      contents.send = (channel, ...args) => {
        counted.bytes += JSON.stringify(args).length;
        send(channel, ...args);
      };
    }
    return contents.counted.bytes;
  });
}
