import { mkdtempSync, writeFileSync } from 'node:fs';
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
