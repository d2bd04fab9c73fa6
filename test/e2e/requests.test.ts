import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { BackendProcess } from '../support/backend-process.ts';
import { launch } from './support/launch.ts';

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

it('shows every request, and of one that was rescued, why it went where it went', async () => {
  const backends = [new BackendProcess('users-1'), new BackendProcess('users-2')];
  for (const backend of backends) {
    await backend.start();
    stops.push(() => backend.kill());
  }
  const servers = backends.map((backend, at) => ({ url: backend.url, name: `users-${at + 1}` }));
  const config = {
    listeners: [{ address: '127.0.0.1:0', defaultPool: 'users' }],
    pools: { users: { servers, healthCheck: { interval: '10m' } } },
  };
  const path = join(mkdtempSync(join(tmpdir(), 'switchyard-e2e-')), 'config.json');
  writeFileSync(path, JSON.stringify(config));
  const { page, screenshot, close } = await launch('built', ['--config', path]);
  stops.push(close);
  const address = await page
    .getByText(/^127\.0\.0\.1:\d+$/)
    .first()
    .textContent();
  const url = `http://${address}`;
  await page.getByRole('button', { name: 'Requests', exact: true }).click();
  await page.getByText('No requests yet. Each one shows here as it ends.').waitFor();
  await screenshot('requests-empty');

  for (let at = 1; at <= 40; at++) await fetch(`${url}/orders/${at}`);
  await backends[0]?.kill();
  expect(await (await fetch(`${url}/rescued`)).text()).toContain('users-2');
  const list = page.getByRole('list', { name: 'Requests, newest last' });
  const rescued = list.getByRole('button', { name: /^GET \/rescued, answered 200 by users-2/ });
  await rescued.waitFor();
  expect(await rescued.textContent()).toContain('2 tries');
  await screenshot('requests');

  await page.keyboard.press('/');
  await page.keyboard.type('orders 17');
  await list.getByRole('button', { name: /^GET \/orders\/17,/ }).waitFor();
  expect(await list.getByRole('listitem').count()).toBe(1);
  await page.getByRole('searchbox', { name: 'Filter requests' }).fill('');
  await page.getByRole('button', { name: 'Tried again' }).click();
  await rescued.click();
  const detail = page.getByRole('region', { name: 'Request' });
  await detail.getByText('connection refused').waitFor();
  const second = detail.getByRole('region', { name: 'Attempt 2' });
  await second.getByText('Round robin: users-2, because it was its turn.').waitFor();
  expect(await second.getByRole('row', { name: /^users-1/ }).textContent()).toBe('users-110downdown');
  await screenshot('request-why');
  await page.setViewportSize({ width: 900, height: 600 });
  await second.scrollIntoViewIfNeeded();
  await screenshot('request-why-small');
});
