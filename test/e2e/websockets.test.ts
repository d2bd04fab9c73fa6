import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { until } from '../support/until.ts';
import { launch } from './support/launch.ts';

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

async function echoServer(): Promise<string> {
  const server = createServer((_request, response) => response.end());
  const sockets = new WebSocketServer({ server });
  sockets.on('connection', (socket) => socket.on('message', (data) => socket.send(data)));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stops.push(
    () => new Promise((resolve) => server.close(resolve)),
    () => sockets.close(),
  );
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
}

it('lists the WebSockets that are open, and takes them off when they close', async () => {
  const servers = [await echoServer(), await echoServer()];
  const path = join(mkdtempSync(join(tmpdir(), 'switchyard-e2e-')), 'config.json');
  writeFileSync(path, JSON.stringify({ port: '127.0.0.1:0', servers }));
  const { page, screenshot, close } = await launch('built', ['--config', path]);
  stops.push(close);
  const shown = page.getByText(/^127\.0\.0\.1:\d+$|^localhost:\d+$/).first();
  const port = Number((await shown.textContent())?.split(':')[1]);
  const clients = ['/chat', '/vite-hmr', '/chat?room=2'].map(
    (target) => new WebSocket(`ws://127.0.0.1:${port}${target}`),
  );
  stops.push(() => clients.map((client) => client.terminate()));
  await Promise.all(clients.map((client) => new Promise((resolve) => client.on('open', resolve))));
  clients[0]?.send('x'.repeat(50_000));
  const card = page.getByRole('region', { name: 'WebSockets and upgrades' });
  await card.getByText('3 open').waitFor();
  await until('its bytes are counted', async () => (await card.getByText('50 kB').count()) === 2);
  expect(await card.getByRole('row').count()).toBe(4);
  await card.scrollIntoViewIfNeeded();
  await screenshot('websockets');
  for (const client of clients) client.close();
  await card.waitFor({ state: 'detached' });
});
