import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { NGINX_CONF } from '../support/import-sources.ts';
import { launch } from './support/launch.ts';

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

it('shows what an nginx.conf comes to as a config, and uses it once it is saved', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'switchyard-e2e-'));
  stops.push(() => rmSync(folder, { recursive: true }));
  const source = join(folder, 'nginx.conf');
  const target = join(folder, 'switchyard.jsonc');
  writeFileSync(source, NGINX_CONF.replaceAll('listen 80;', 'listen 18080;'));
  const { app, page, screenshot, close, complaints } = await launch('built', []);
  stops.push(close);
  // The system's own dialogs cannot be clicked here; what they answer is all that differs.
  await app.evaluate(
    ({ dialog }, [from, to]) => {
      dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [from ?? ''] });
      dialog.showSaveDialog = async () => ({ canceled: false, filePath: to ?? '' });
    },
    [source, target],
  );
  await page.getByText('5 of 5 up').waitFor();
  await page.getByRole('button', { name: 'Config', exact: true }).click();
  await page.getByRole('button', { name: 'File', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Open…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Use nginx.conf as a config' });
  await dialog.getByText('line 11').waitFor();
  await screenshot('import-review');
  await page.setViewportSize({ width: 900, height: 600 });
  await dialog.getByText('Show the config').click();
  await screenshot('import-review-small');
  await page.setViewportSize({ width: 1280, height: 800 });
  expect(existsSync(target)).toBe(false);
  await dialog.getByRole('button', { name: 'Save and use…' }).click();
  await page.getByRole('heading', { name: 'users' }).waitFor();
  await page.getByText(`Saved as ${target}, and in use.`).waitFor();
  await screenshot('import-done');
  expect(readFileSync(target, 'utf8')).toContain('"least-connections"');
  expect(complaints).toEqual([]);
});
