import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { BackendProcess } from '../support/backend-process.ts';
import { launch } from './support/launch.ts';

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

async function service(name: string): Promise<string> {
  const backend = await new BackendProcess(name).start();
  stops.push(() => backend.kill());
  return backend.url;
}

/** As a browser asks for a name that ends in `.localhost`. */
function ask(port: number, host: string, path: string): Promise<string> {
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, path, headers: { Host: `${host}:${port}` } }, (answer) => {
      let text = '';
      answer.on('data', (bytes) => {
        text += String(bytes);
      });
      answer.on('end', () => resolve(text));
    })
      .on('error', reject)
      .end();
  });
}

it('serves several services behind one door, and shows where each route leads', async () => {
  const pools = {
    web: { servers: [await service('web')] },
    users: { servers: [await service('users-1'), await service('users-2')] },
    orders: { servers: [await service('orders')] },
  };
  const routes = [
    { host: 'users.localhost', pool: 'users' },
    { path: '/users', pool: 'users', stripPrefix: true },
    { host: '*.shop.localhost', path: '/api/orders', pool: 'orders' },
    { path: '/old', redirect: '/new' },
    { path: '/health', respond: { body: 'fine' } },
  ];
  const path = join(mkdtempSync(join(tmpdir(), 'switchyard-e2e-')), 'config.json');
  writeFileSync(
    path,
    JSON.stringify({ listeners: [{ address: '127.0.0.1:0', defaultPool: 'web', routes }], pools }),
  );
  const { page, screenshot, close } = await launch('built', ['--config', path]);
  stops.push(close);
  const shown = page.getByText(/^127\.0\.0\.1:\d+$/).first();
  const port = Number((await shown.textContent())?.split(':')[1]);
  expect(await ask(port, 'localhost', '/x')).toBe('web GET /x\n');
  expect(await ask(port, 'users.localhost', '/x')).toBe('users-1 GET /x\n');
  expect(await ask(port, 'localhost', '/users/7')).toBe('users-2 GET /7\n');
  expect(await ask(port, 'eu.shop.localhost', '/api/orders/1')).toBe('orders GET /api/orders/1\n');
  expect(await ask(port, 'localhost', '/health')).toBe('fine');
  const list = page.getByRole('list', { name: /^Routes of/ });
  expect(await list.getByRole('listitem').count()).toBe(5);
  await list.getByRole('button', { name: 'users', exact: true }).first().click();
  await page.getByRole('heading', { name: 'users', level: 1 }).waitFor();
  await page.getByText(`users.localhost:${port}/`, { exact: true }).waitFor();
  await screenshot('routes');
});

it('leads a host to a second pool, both made by clicking, and keeps the comments of the file', async () => {
  const path = join(mkdtempSync(join(tmpdir(), 'switchyard-e2e-')), 'config.json');
  const web = await service('web');
  const orders = await service('orders');
  writeFileSync(path, `{\n  // the door\n  "port": "127.0.0.1:0",\n  "servers": ["${web}"] // pages\n}\n`);
  const { page, complaints, screenshot, close } = await launch('built', ['--config', path]);
  stops.push(close);
  const door = page.getByRole('button', { name: /^Routes of http/ });
  const port = Number((await door.textContent())?.split(':')[1]);

  await door.click();
  await page.getByText('Every request', { exact: true }).waitFor();
  await screenshot('routes-none');
  await page.getByRole('button', { name: 'Add a pool' }).click();
  await page.getByLabel('Name').fill('orders');
  await page.getByLabel('Backends').fill(orders);
  await page.getByRole('dialog').getByRole('button', { name: 'Add pool' }).click();
  await page.getByText('Added the pool orders.').waitFor();

  await page.getByRole('button', { name: 'Add route' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Host').fill('orders.localhost:80');
  await dialog.getByLabel('Path', { exact: true }).fill('/api');
  await dialog.getByLabel('The path a backend gets').selectOption({ label: 'Without /api' });
  await dialog.getByRole('button', { name: 'Add route' }).click();
  await dialog.getByText(/must be a host without a port/).waitFor();
  await screenshot('route-refused');
  await dialog.getByLabel('Host').fill('orders.localhost');
  await dialog.getByRole('button', { name: 'Add route' }).click();
  await page.getByRole('listitem', { name: 'orders.localhost/api', exact: true }).waitFor();
  expect(await ask(port, 'orders.localhost', '/api/7')).toBe('orders GET /7\n');
  expect(await ask(port, 'orders.localhost', '/7')).toBe('web GET /7\n');
  const text = readFileSync(path, 'utf8');
  expect(text).toContain('// the door\n      "address": "127.0.0.1:0",');
  expect(text).toContain(`"servers": ["${web}"], // pages`);
  // What happens when every backend is down stays as it was in the simple form.
  expect(text).toContain('"whenAllDown": "refuse"');

  await page.getByLabel('Which route?').fill(`http://orders.localhost:${port}/api/7?x`);
  const words = 'Route orders.localhost/api sends it to pool orders, where a backend gets /7?x.';
  expect(await page.getByRole('status', { name: 'Where it goes' }).textContent()).toBe(words);
  await screenshot('routes-one');

  await page
    .getByRole('navigation')
    .getByRole('button', { name: /^orders, / })
    .click();
  await page.getByRole('button', { name: 'Send traffic' }).click();
  const panel = page.getByRole('region', { name: 'Send traffic' });
  await panel.getByRole('textbox', { name: 'Requests' }).fill('20');
  await panel.getByRole('button', { name: 'Send', exact: true }).click();
  await page.getByText(/^20 of 20 answered in .* done$/).waitFor();
  expect(await page.getByLabel('Answered by').textContent()).toMatch(/20100\.0 %$/);
  await screenshot('routes-traffic');
  expect(complaints).toEqual([]);
});
