import { createServer, type Server } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { until } from '../support/until.ts';
import { launch, type RunningApp } from './support/launch.ts';

const PATIENT = { timeout: 20_000 };

let running: RunningApp | null = null;
let blocker: Server | null = null;
afterEach(async () => {
  await running?.close();
  running = null;
  await new Promise((resolve) => (blocker ? blocker.close(resolve) : resolve(null)));
  blocker = null;
});

it('without a config, a demo pool runs, takes traffic, and loses no request to the toggle', async () => {
  running = await launch('built', []);
  const { page } = running;
  await page.getByText('demo, not saved').waitFor();
  await page.getByRole('button', { name: 'Send traffic' }).click();
  await page.getByRole('button', { name: 'A steady rate' }).click();
  await page.getByLabel('Requests a second').fill('150');
  await page.getByLabel('For how many seconds').fill('8');
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await page.getByRole('button', { name: 'Stop' }).waitFor();
  await page.getByRole('button', { name: 'Close' }).last().click();
  const served = async () => {
    const row = page.getByRole('row', { name: 'demo-1', exact: true });
    return Number(await row.locator('[data-figure=requests]').textContent());
  };
  await expect.poll(served, PATIENT).toBeGreaterThan(40);
  const toggle = page.getByRole('switch', { name: 'demo-4 in rotation' });
  await toggle.click();
  await page.getByRole('row', { name: 'demo-4', exact: true }).getByText('off by you').waitFor();
  const before = await served();
  await expect.poll(served, PATIENT).toBeGreaterThan(before + 40);
  await running.screenshot('first-minute');
  await page.getByRole('button', { name: 'Send traffic' }).click();
  await page.getByText('1,200 of 1,200 answered').waitFor();
  const answers = await page.getByLabel('Answers', { exact: true }).last().textContent();
  expect(answers).toBe('2001,200');
  expect(running.complaints).toEqual([]);
});

it('says so when port 8080 is taken, and takes the next free one', async () => {
  blocker = createServer();
  const isOurs = await new Promise<boolean>((resolve) => {
    blocker?.once('error', () => resolve(false));
    blocker?.listen(8080, '127.0.0.1', () => resolve(true));
  });
  if (!isOurs) blocker = null;
  running = await launch('built', []);
  const notice = running.page.getByText(/Port 8080 is taken, so the demo listens on \d+\./);
  await notice.waitFor();
  const port = Number(/on (\d+)/.exec((await notice.textContent()) ?? '')?.[1]);
  await until('the demo answers', async () => (await fetch(`http://localhost:${port}/`)).status === 200);
  await running.page.setViewportSize({ width: 900, height: 600 });
  await running.screenshot('small-with-notice');
});
