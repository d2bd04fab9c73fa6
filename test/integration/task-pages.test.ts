import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { parseConfig } from '../../electron/services/config/parse.ts';
import { ask } from '../support/balanced.ts';
import { listening, portOf } from '../support/listening.ts';
import { startEngine, type TestEngine } from '../support/test-engine.ts';
import { until } from '../support/until.ts';

const TASKS = join(import.meta.dirname, '../../docs/tasks');

const listen = listening();
const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

async function startBackend(respond: (path: string) => string = (path) => path) {
  const server = createServer((request, response) => response.end(respond(request.url ?? '')));
  return { server, url: `http://127.0.0.1:${await listen(server)}` };
}

/** An engine with the first config of a task page, on a free port and with these backends for its ports. */
async function engineOf(page: string, backends: Readonly<Record<number, string>>): Promise<TestEngine> {
  const text = readFileSync(join(TASKS, `${page}.md`), 'utf8').replaceAll('\r\n', '\n');
  let config = /^```jsonc\n([\s\S]*?)^```/m.exec(text)?.[1] ?? '';
  config = config.replace('":8080"', '"127.0.0.1:0"');
  for (const [port, url] of Object.entries(backends)) {
    expect(config).toContain(`http://localhost:${port}"`);
    config = config.replace(`http://localhost:${port}"`, `${url}"`);
  }
  const parsed = parseConfig(config);
  if (!parsed.ok) throw new Error(parsed.error.map(({ message }) => message).join('\n'));
  const engine = await startEngine(parsed.value);
  stops.push(engine.stop);
  await engine.settle();
  return engine;
}

describe('the config on a task page', () => {
  it('cors-on-localhost: the page and the API have one origin', async () => {
    const web = await startBackend(() => 'page');
    const api = await startBackend((path) => `api ${path}`);
    const { url } = await engineOf('cors-on-localhost', { 5173: web.url, 3000: api.url });
    expect(await (await fetch(`${url}/`)).text()).toBe('page');
    expect(await (await fetch(`${url}/api/users`)).text()).toBe('api /api/users');
  });

  it('sticky-sessions: a client with the cookie stays, and gets another backend when its own is off', async () => {
    const [a, b] = [await startBackend(), await startBackend()];
    const { engine, port } = await engineOf('sticky-sessions', { 5001: a.url, 5002: b.url });
    const first = await ask(port);
    expect(first.cookie).toMatch(/^switchyard=/);
    const headers = { Cookie: first.cookie ?? '' };
    for (let turn = 0; turn < 4; turn++) expect((await ask(port, { headers })).by).toBe(first.by);
    expect(new Set([(await ask(port)).by, (await ask(port)).by]).size).toBe(2);
    const backend = first.by.replace('http://', '');
    await engine.setAdmin({ pool: 'default', backend, state: 'disabled' });
    const next = await ask(port, { headers });
    expect(next.status).toBe(200);
    expect(next.by).not.toBe(first.by);
    expect(next.cookie).toMatch(/^switchyard=/);
  });

  it('load-balance-replicas-locally: each replica gets every third request', async () => {
    const [a, b, c] = [await startBackend(), await startBackend(), await startBackend()];
    const urls = { 5001: a.url, 5002: b.url, 5003: c.url };
    const { port } = await engineOf('load-balance-replicas-locally', urls);
    const by: string[] = [];
    for (let turn = 0; turn < 6; turn++) by.push((await ask(port)).by);
    expect(by.slice(0, 3).toSorted()).toEqual([a.url, b.url, c.url].toSorted());
    expect(by.slice(3)).toEqual(by.slice(0, 3));
  });

  it('test-your-retries: the first request fails, the second does not', async () => {
    const backend = await startBackend();
    const { port } = await engineOf('test-your-retries', { 5001: backend.url });
    const first = await ask(port);
    expect([first.status, first.headers['retry-after']]).toEqual([503, '1']);
    expect((await ask(port)).status).toBe(200);
  });

  it('hmr-behind-a-proxy: a WebSocket passes, and requests wait for a restart', async () => {
    const web = await startBackend(() => 'page');
    const sockets = new WebSocketServer({ server: web.server });
    sockets.on('connection', (socket) => socket.send('connected'));
    const { engine, port, url } = await engineOf('hmr-behind-a-proxy', { 5173: web.url });
    const socket = new WebSocket(`ws://127.0.0.1:${port}/`, 'vite-hmr');
    stops.push(() => socket.terminate());
    let received = '';
    socket.on('message', (text) => {
      received += String(text);
    });
    await until('the message arrives', () => received === 'connected');

    const backendPort = portOf(web.server);
    for (const client of sockets.clients) client.terminate();
    web.server.closeAllConnections();
    await new Promise((resolve) => web.server.close(resolve));
    const waiting = fetch(url).then((response) => response.text());
    await until('the request waits', async () => (await engine.snapshot(null)).pools[0]?.waiting === 1);
    await new Promise<void>((resolve) => web.server.listen(backendPort, '127.0.0.1', resolve));
    expect(await waiting).toBe('page');
  });

  it('toxiproxy-for-http: one request chooses its own fault', async () => {
    const backend = await startBackend();
    const { port } = await engineOf('toxiproxy-for-http', { 5001: backend.url });
    expect((await ask(port, { headers: { 'X-Switchyard-Fault': 'error 418' } })).status).toBe(418);
    expect((await ask(port)).status).toBe(200);
  });
});
