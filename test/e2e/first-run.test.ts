import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { startFoundProcess } from '../support/found-process.ts';
import { launch } from './support/launch.ts';

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

it('leads from a config that cannot be used to the demo, and from there to services of one’s own and back', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'switchyard-e2e-'));
  stops.push(() => rmSync(folder, { recursive: true }));
  const bad = join(folder, 'config.json');
  writeFileSync(bad, '{ "servers": [');
  const server = await startFoundProcess(folder, { title: 'Users' });
  stops.push(() => server.stop());
  const { page, screenshot, close, complaints } = await launch('built', ['--config', bad]);
  stops.push(close);
  await page.getByRole('heading', { name: 'Nothing is balanced yet' }).waitFor();
  await screenshot('empty');
  await page.setViewportSize({ width: 900, height: 600 });
  await screenshot('empty-small');
  await page.getByRole('button', { name: 'Use the demo pool' }).click();
  await page.getByText('5 of 5 up').waitFor();
  await screenshot('demo-small');
  await page.setViewportSize({ width: 1280, height: 800 });
  await screenshot('demo');
  expect(readFileSync(bad, 'utf8')).toBe('{ "servers": [');

  await page.getByRole('button', { name: 'Type URLs' }).click();
  const dialog = page.getByRole('dialog', { name: 'Use your own services' });
  await dialog.getByLabel('URLs').fill(`http://localhost:${server.port}\nlocalhost:5002`);
  await dialog.getByRole('button', { name: 'Use them' }).click();
  await dialog.getByRole('alert').waitFor();
  await screenshot('type-urls');
  await dialog.getByLabel('URLs').fill(`http://localhost:${server.port}`);
  await dialog.getByRole('button', { name: 'Use them' }).click();
  await page.getByText('1 of 1 up').waitFor();
  expect(await page.getByRole('region', { name: 'Use your own services' }).count()).toBe(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByText('5 of 5 up').waitFor();
  expect(complaints).toEqual([]);
});
