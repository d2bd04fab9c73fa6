import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { launch } from './support/launch.ts';

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

/** Knows no path but one. */
async function service(path = '/ready'): Promise<string> {
  const server = createServer((request, response) => {
    response.writeHead(request.url === path ? 200 : 404, { 'X-Service': 'users' }).end('ready\n');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stops.push(
    () => new Promise((resolve) => server.close(resolve)),
    () => server.closeAllConnections(),
  );
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
}

it('shows what a check would get before it is saved, and takes the backends up when it is', async () => {
  const path = join(mkdtempSync(join(tmpdir(), 'switchyard-e2e-')), 'config.json');
  writeFileSync(
    path,
    `{\n  "port": "127.0.0.1:0", // any\n  "servers": ["${await service()}", "${await service()}"]\n}\n`,
  );
  const { page, screenshot, close } = await launch('built', ['--config', path]);
  stops.push(close);
  await page
    .getByText(/^down \d+ s: HEAD \/ answered 404/)
    .first()
    .waitFor();
  await page.getByRole('button', { name: 'checked every 2 s' }).click();
  const dialog = page.getByRole('dialog', { name: 'Health checks' });
  await dialog
    .getByText(/^fails: HEAD \/ answered 404/)
    .first()
    .waitFor();
  await dialog.getByLabel('Path').fill('/ready');
  await dialog.getByLabel('Interval').fill('1s');
  await dialog
    .getByText(/^passes: HEAD \/ready → 200/)
    .first()
    .waitFor();
  await dialog.getByText('The answer').first().click();
  await dialog.getByText('x-service: users').first().waitFor();
  await screenshot('health-checks');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await page.getByText('2 of 2 up').waitFor();
  await page
    .getByRole('button', { name: /^More for/ })
    .first()
    .click();
  await page.getByRole('menuitem', { name: 'Health history…' }).click();
  const history = page.getByRole('dialog', { name: /^Health of/ });
  await history.getByText(/^up after \d+ s down: HEAD \/ready → 200/).waitFor();
  await screenshot('health-history');
  await history.getByRole('button', { name: 'Close' }).last().click();
  await page
    .getByRole('button', { name: /^More for/ })
    .first()
    .click();
  await page.getByRole('menuitem', { name: 'Edit…' }).click();
  await page.getByRole('combobox', { name: 'Serves' }).waitFor();
  await page.setViewportSize({ width: 900, height: 600 });
  await screenshot('backend-dialog');
  const text = readFileSync(path, 'utf8');
  expect(text).toContain('// any');
  expect(text).toContain('"healthCheck": { "path": "/ready", "interval": "1s" }');
});

it('takes over a suggested path, and checks one backend in its own way', async () => {
  const path = join(mkdtempSync(join(tmpdir(), 'switchyard-e2e-')), 'config.json');
  const [usual, own] = [await service('/healthz'), await service('/own')];
  writeFileSync(path, `{ "port": "127.0.0.1:0", "servers": ["${usual}", "${own}"] }\n`);
  const { page, screenshot, close } = await launch('built', ['--config', path]);
  stops.push(close);
  await page.getByRole('button', { name: 'checked every 2 s' }).click();
  const dialog = page.getByRole('dialog', { name: 'Health checks' });
  await dialog.getByRole('button', { name: 'Use /healthz' }).waitFor();
  await screenshot('health-check-suggestion');
  await dialog.getByRole('button', { name: 'Use /healthz' }).click();
  await dialog.getByText(/^passes: HEAD \/healthz → 200/).waitFor();
  await dialog.getByRole('button', { name: 'Save' }).click();
  await page.getByText('1 of 2 up').waitFor();
  await page.getByRole('button', { name: `More for ${own.slice('http://'.length)}` }).click();
  await page.getByRole('menuitem', { name: 'Health checks of its own…' }).click();
  const ownDialog = page.getByRole('dialog', { name: /^Health checks of 127/ });
  await ownDialog.getByLabel('Path').fill('/own');
  await ownDialog.getByText(/^passes: HEAD \/own → 200/).waitFor();
  await screenshot('health-check-of-its-own');
  await ownDialog.getByRole('button', { name: 'Save' }).click();
  await page.getByText('2 of 2 up').waitFor();
  expect(readFileSync(path, 'utf8')).toContain(`{ "url": "${own}", "healthCheck": { "path": "/own" } }`);
});
