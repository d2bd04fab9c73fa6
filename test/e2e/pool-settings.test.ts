import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { until } from '../support/until.ts';
import { launch } from './support/launch.ts';

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

/** Passes every check, which asks with HEAD, and answers requests with `status`. */
async function service(status: number): Promise<string> {
  const server = createServer((request, response) => {
    response.writeHead(request.method === 'HEAD' ? 200 : status).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stops.push(
    () => new Promise((resolve) => server.close(resolve)),
    () => server.closeAllConnections(),
  );
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
}

it('ejects a backend that fails from when its pool is told to, and says what it was told wrongly', async () => {
  const path = join(mkdtempSync(join(tmpdir(), 'switchyard-e2e-')), 'config.json');
  const servers = [await service(200), await service(500)];
  writeFileSync(
    path,
    `{\n  // the door\n  "port": "127.0.0.1:0",\n  "servers": ${JSON.stringify(servers)}\n}\n`,
  );
  const { app, page, complaints, screenshot, close } = await launch('built', ['--config', path]);
  stops.push(close);
  await page.getByText('2 of 2 up').waitFor();
  await page.getByRole('button', { name: 'Pool settings' }).click();
  const dialog = page.getByRole('dialog', { name: 'Pool settings' });
  await screenshot('pool-settings');
  await dialog.getByRole('switch', { name: 'Eject backends that fail' }).click();
  await dialog.getByLabel('Failures in a row').fill('2');
  await dialog.getByLabel('Out for', { exact: true }).fill('soon');
  await dialog.getByLabel('Most that wait').fill('a few');
  await dialog.getByRole('button', { name: 'Apply' }).click();
  await dialog.getByText(/"soon" is not a duration/).waitFor();
  await dialog.getByText(/must be a whole number from 0 to 100000/).waitFor();
  expect(readFileSync(path, 'utf8')).not.toContain('outliers');
  await screenshot('pool-settings-errors');
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(900, 600));
  await page.waitForFunction(() => innerWidth === 900);
  await screenshot('pool-settings-small');
  await dialog.getByLabel('Out for', { exact: true }).fill('1m');
  await dialog.getByLabel('Most that wait').fill('');
  await dialog.getByRole('button', { name: 'Apply' }).click();
  await dialog.waitFor({ state: 'detached' });
  const text = readFileSync(path, 'utf8');
  expect(text).toContain('// the door');
  expect(text).toContain('"outliers": { "consecutive": 2, "ejection": "1m" }');
  const shown = await page
    .getByText(/^127\.0\.0\.1:\d+$/)
    .first()
    .textContent();
  await until('the backend that fails is ejected', async () => {
    await fetch(`http://${shown}/`);
    return (await page.getByText(/^ejected, back in .*: 2 failures in a row/).count()) > 0;
  });
  expect((await fetch(`http://${shown}/`)).status).toBe(200);
  await screenshot('ejected-small');
  expect(complaints).toEqual([]);
});
