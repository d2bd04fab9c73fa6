import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { startFoundProcess } from '../support/found-process.ts';
import { launch } from './support/launch.ts';

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

/** Processes in a folder of their own, as somebody would have started them. */
async function start(
  name: string,
  count: number,
  page: { readonly title: string; readonly status?: number },
): Promise<readonly number[]> {
  const folder = mkdtempSync(join(tmpdir(), 'switchyard-e2e-'));
  stops.push(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, name));
  writeFileSync(join(folder, name, 'package.json'), JSON.stringify({ name }));
  const started = await Promise.all(
    Array.from({ length: count }, () => startFoundProcess(join(folder, name), page)),
  );
  for (const one of started) stops.push(() => one.stop());
  return started.map(({ port }) => port).sort((a, b) => a - b);
}

it('finds two real servers, puts them in place of the demo, and requests reach both', async () => {
  const ports = await start('users-api', 2, { title: 'Users' });
  // An API without a page at `/`.
  const title = 'A shop with a rather long name for its carts, as such pages have';
  await start('carts-api', 1, { title, status: 404 });
  const { page, screenshot, close, complaints } = await launch('built', []);
  stops.push(close);
  await page.getByText('5 of 5 up').waitFor();
  const own = (await page.getByTitle('Change where it listens').textContent()) ?? '';
  await page.getByRole('button', { name: 'Add backend' }).click();
  await page.getByRole('button', { name: 'Find running servers…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Find running servers' });
  await dialog.getByText(/servers speak HTTP$/).waitFor();
  // The demo and the listener are Switchyard's own.
  expect(await dialog.getByText(own, { exact: true }).count()).toBe(0);
  await dialog.getByRole('checkbox', { name: 'All of users-api' }).check();
  await screenshot('find-servers');
  await page.setViewportSize({ width: 900, height: 600 });
  await screenshot('find-servers-small');
  await page.setViewportSize({ width: 1280, height: 800 });
  await dialog.getByRole('button', { name: 'Add 2 backends' }).click();
  await page.getByText('2 of 2 up').waitFor();
  const url = `http://${await page.locator('header').getByTitle('Change where it listens').textContent()}`;
  const answered: string[] = [];
  for (let count = 0; count < 6; count++)
    answered.push((await fetch(url)).headers.get('x-forwarded-server') ?? '');
  const each = ports.map((port) => `http://localhost:${port}`);
  expect(answered.sort()).toEqual([...each, ...each, ...each].sort());
  await screenshot('find-servers-done');

  // And once more, into a pool there is: what is in it already cannot be ticked.
  await page.getByRole('button', { name: 'Add backend' }).click();
  await page.getByRole('button', { name: 'Find running servers…' }).click();
  const again = page.getByRole('dialog', { name: 'Find running servers' });
  await again.getByText('in pool default already').first().waitFor();
  await again.getByRole('checkbox', { name: /carts-api$/ }).check();
  const words = 'HEAD / returned 404, so any status from 200 to 499 counts as up.';
  await again.getByText(words).waitFor();
  await again.getByLabel('Add them to').selectOption('a new pool');
  await screenshot('find-servers-new-pool');
  await again.getByRole('button', { name: 'Add 1 backend' }).click();
  await page.getByRole('heading', { name: 'carts-api' }).waitFor();
  await page.getByText('1 of 1 up').waitFor();
  await page.getByText(`Added 1 backend to carts-api. ${words}`).waitFor();
  await page.getByRole('button', { name: 'Undo' }).last().click();
  await page.getByRole('heading', { name: 'default' }).waitFor();
  expect(complaints).toEqual([]);
});
