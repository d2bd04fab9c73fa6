import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BackendProcess } from '../support/backend-process.ts';
import { until } from '../support/until.ts';
import { launch, type RunningApp } from './support/launch.ts';
import { isListening, rowText, sendRequests, shownRequests, threeBackends } from './support/story.ts';

const INTERVAL_MS = 500;

describe.each(['built', 'packaged'] as const)('the %s app', (subject) => {
  let running: RunningApp;
  let backends: BackendProcess[];
  let path: string;
  let port: number;

  beforeAll(async () => {
    ({ backends, path, port } = await threeBackends());
    running = await launch(subject, ['--config', path]);
    await running.page.getByRole('heading', { name: 'default' }).waitFor();
  });
  afterAll(async () => {
    await Promise.all(backends.map((one) => one.kill()));
  });

  const shown = () => shownRequests(running.page);
  const reset = () => running.page.getByRole('button', { name: 'Reset', exact: true }).click();
  const zero = async () => {
    await reset();
    await expect.poll(shown).toEqual([0, 0, 0]);
  };

  it('spreads 300 requests as 100, 100, 100', async () => {
    await until(
      'every backend has been probed',
      async () => !(await running.page.getByText('checking…').count()),
    );
    expect(await sendRequests(port, 300)).toEqual({ 200: 300 });
    await expect.poll(shown).toEqual([100, 100, 100]);
    await running.screenshot('pool');
  });

  it('turns a killed backend down within two intervals, and no client sees an error', async () => {
    await backends[0]?.kill();
    const killedAt = performance.now();
    const statuses = sendRequests(port, 60);
    await until(
      'its row says down',
      async () => (await rowText(running.page, 'one')).includes('down'),
      2 * INTERVAL_MS + 500,
    );
    const seenMs = performance.now() - killedAt;
    // The window draws four times a second: that is the slack on top of the two intervals.
    expect(seenMs).toBeLessThan(2 * INTERVAL_MS + 250);
    expect(await statuses).toEqual({ 200: 60 });
    // Killed with a probe in its hands, it was first closed without an answer.
    await expect.poll(() => rowText(running.page, 'one')).toContain('connection refused');
    await zero();
    expect(await sendRequests(port, 100)).toEqual({ 200: 100 });
    await expect.poll(shown).toEqual([0, 50, 50]);
    await running.screenshot('pool-one-down');
  });

  it('takes it back when it is started again', async () => {
    await backends[0]?.start();
    await until('its row says up', async () => (await rowText(running.page, 'one')).includes('→ 200'));
    await zero();
    await sendRequests(port, 90);
    await expect.poll(shown).toEqual([30, 30, 30]);
  });

  it('sends nothing to a backend switched off in the window, and says that it was you', async () => {
    const toggle = running.page.getByRole('switch', { name: 'two in rotation' });
    await toggle.click();
    await until('its row says so', async () => (await rowText(running.page, 'two')).includes('off by you'));
    await zero();
    expect(await sendRequests(port, 100)).toEqual({ 200: 100 });
    await expect.poll(shown).toEqual([50, 0, 50]);
    expect(await rowText(running.page, 'two')).not.toContain('down');
    await running.screenshot('pool-one-off');
    await toggle.click();
    await until('its row is well', async () => (await rowText(running.page, 'two')).includes('→ 200'));
    await zero();
    await sendRequests(port, 90);
    await expect.poll(shown).toEqual([30, 30, 30]);
  });

  it('sends traffic of its own and shows the answers', async () => {
    const { page } = running;
    await page.getByRole('button', { name: 'Send traffic' }).click();
    await page.getByRole('textbox', { name: 'Requests' }).fill('60');
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await page.getByText('60 of 60 answered').waitFor();
    await running.screenshot('send-traffic');
    await page.keyboard.press('Escape');
    await expect.poll(shown).toEqual([50, 50, 50]);
  });

  it('applies a small edit, and keeps the comments in the file', async () => {
    const { page } = running;
    await page.getByRole('button', { name: /checked every/ }).click();
    await page.getByLabel('Interval').fill('250ms');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: 'checked every 250 ms' }).waitFor();
    const text = readFileSync(path, 'utf8');
    expect(text).toContain('"healthCheckInterval": "250ms", // twice a second');
    expect(text).toContain('// where the balancer listens');
  });

  it('refuses a bad edit at its field, and changes nothing', async () => {
    const { page } = running;
    const before = readFileSync(path, 'utf8');
    await page.getByRole('button', { name: 'Add backend' }).click();
    await page.getByLabel('URL').fill('localhost:5009');
    await page.getByRole('button', { name: 'Add backend' }).last().click();
    await page
      .getByRole('alert')
      .filter({ hasText: 'has no scheme; write "http://localhost:5009"' })
      .waitFor();
    await running.screenshot('add-backend-refused');
    await page.keyboard.press('Escape');
    expect(readFileSync(path, 'utf8')).toBe(before);
    expect((await shown()).length).toBe(3);
  });

  it('shows what is wrong in the config editor, then applies what is right', async () => {
    const { page } = running;
    await page.getByRole('button', { name: 'Config', exact: true }).click();
    const editor = page.getByRole('textbox', { name: 'Config as JSON' });
    await editor.waitFor();
    const text = readFileSync(path, 'utf8');
    await editor.fill(text.replace('"250ms"', '"soon"'));
    await page.getByRole('button', { name: /healthCheckInterval: "soon" is not a duration/ }).waitFor();
    await running.screenshot('config-invalid');
    expect(await page.getByRole('button', { name: 'Review changes' }).isDisabled()).toBe(true);
    expect(readFileSync(path, 'utf8')).toBe(text);
    await editor.fill(text.replace('"250ms"', '"750ms"'));
    await page.getByRole('button', { name: 'Review changes' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Apply' }).click();
    await expect.poll(() => readFileSync(path, 'utf8')).toBe(text.replace('"250ms"', '"750ms"'));
    await running.screenshot('config');
    await page.getByRole('button', { name: /^default/ }).click();
    await page.getByRole('button', { name: 'checked every 750 ms' }).waitFor();
  });

  it('closes: its port is free, no process of it is left, and the page had nothing to complain of', async () => {
    expect(running.complaints).toEqual([]);
    await running.close();
    expect(await isListening(port)).toBe(false);
    expect(() => process.kill(running.pid, 0)).toThrow();
  });
});
