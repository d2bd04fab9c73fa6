import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { BackendProcess } from '../support/backend-process.ts';
import { animationOf, type Frame } from './support/animation.ts';
import { launch, ROOT } from './support/launch.ts';
import { Load } from './support/load.ts';
import { freePort } from './support/story.ts';

const IMAGES = join(ROOT, 'docs/images');
const NAMES = ['users-1', 'users-2', 'users-3', 'users-4', 'users-5'];
/** GIFs are shown in hundredths of a second. */
const FRAME_MS = 200;
const MOST_BYTES = 2 * 1024 * 1024;

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

// Only when somebody wants new pictures: npm run capture.
describe.runIf(process.env['SWITCHYARD_CAPTURE'] === '1')('the pictures of the README', () => {
  it('are taken while requests flow and a backend is killed', async () => {
    const backends = await Promise.all(NAMES.map((name) => new BackendProcess(name).start()));
    stops.push(() => Promise.all(backends.map((one) => one.kill())));
    const port = await freePort();
    const path = join(mkdtempSync(join(tmpdir(), 'switchyard-e2e-')), 'switchyard.json');
    const servers = backends.map(({ name, url }) => ({ name, url }));
    writeFileSync(path, JSON.stringify({ port: `:${port}`, healthCheckInterval: '1s', servers }));
    const { page, close } = await launch('built', ['--config', path]);
    stops.push(close);
    await page.getByText('5 of 5 up').waitFor();
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.getByRole('button', { name: '10 s', exact: true }).click();
    const load = new Load({ port, connections: 16, perSecond: 140 });
    load.start();
    stops.push(() => load.stop());
    await expect.poll(() => load.answers, { timeout: 60_000 }).toBeGreaterThan(140 * 20);

    await page.setViewportSize({ width: 1000, height: 640 });
    const frames: Frame[] = [];
    const film = async (count: number) => {
      for (let left = count; left > 0; left--) {
        const startMs = performance.now();
        const png = await page.screenshot();
        const tookMs = performance.now() - startMs;
        if (tookMs < FRAME_MS) await page.waitForTimeout(FRAME_MS - tookMs);
        frames.push({ png, ms: Math.round(Math.max(FRAME_MS, tookMs) / 10) * 10 });
      }
    };
    await film(12);
    await backends[2]?.kill();
    await page.getByRole('row', { name: 'users-3', exact: true }).getByText(/^down/).waitFor();
    await film(28);
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.waitForTimeout(500);
    await page.screenshot({ path: join(IMAGES, 'window.png') });
    await page.setViewportSize({ width: 1000, height: 640 });
    await backends[2]?.start();
    await page.getByText('5 of 5 up').waitFor();
    await film(16);
    const gif = animationOf(frames);
    expect(gif.length).toBeLessThan(MOST_BYTES);
    writeFileSync(join(IMAGES, 'killed.gif'), gif);
  });
});
