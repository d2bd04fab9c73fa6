import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { join } from 'node:path';
import type { TLSSocket } from 'node:tls';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { oneConfig, startEngine, type TestEngine } from '../support/test-engine.ts';
import { until } from '../support/until.ts';

const TLS = join(import.meta.dirname, '../support/tls');
const names: string[] = [];
const server = createServer(
  { key: readFileSync(join(TLS, 'key.pem')), cert: readFileSync(join(TLS, 'cert.pem')) },
  (request, response) => {
    const { servername } = request.socket as TLSSocket & { servername: string };
    names.push(servername);
    if (request.headers['x-close']) response.setHeader('Connection', 'close');
    response.end(`hello ${request.headers.host}`);
  },
);
let url = '';
let engines: TestEngine[] = [];

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  url = `https://localhost:${typeof address === 'object' && address ? address.port : 0}`;
});
afterAll(async () => {
  for (const engine of engines) await engine.stop();
  server.closeAllConnections();
  server.close();
});

async function balance(server: object): Promise<TestEngine> {
  const engine = await startEngine(oneConfig([], { servers: [server] }));
  engines = [...engines, engine];
  await engine.settle();
  return engine;
}

it('a backend whose certificate cannot be trusted is down, and says why and what to do', async () => {
  const engine = await balance({ url, name: 'b' });
  const { health } = await engine.backend('b');
  expect(health.health).toBe('down');
  expect(health.reason).toMatch(/certificate.*set "insecure": true/);
  expect((await fetch(engine.url)).status).toBe(503);
});

it('"insecure" accepts it; the host name is sent, and the connection kept', async () => {
  let connections = 0;
  server.on('secureConnection', () => connections++);
  const engine = await balance({ url, name: 'b', insecure: true });
  expect((await engine.backend('b')).health.health).toBe('up');
  names.length = 0;
  const probed = connections;
  for (let count = 0; count < 3; count++) {
    expect(await (await fetch(engine.url)).text()).toMatch(/^hello 127\.0\.0\.1:/);
  }
  expect(names).toEqual(['localhost', 'localhost', 'localhost']);
  expect(connections - probed).toBe(1);
});

it('a new connection resumes the session of an earlier one', async () => {
  const resumed: boolean[] = [];
  const onConnection = (socket: TLSSocket) => resumed.push(socket.isSessionReused());
  const engine = await balance({ url, name: 'b', insecure: true, healthCheck: { interval: '10m' } });
  server.on('secureConnection', onConnection);
  for (let count = 0; count < 3; count++) {
    // Asked to close, the backend is dialled anew for each.
    await (await fetch(engine.url, { headers: { 'X-Close': 'yes' } })).text();
  }
  server.off('secureConnection', onConnection);
  expect(resumed).toEqual([false, true, true]);
});

it('plain HTTP towards a port that speaks TLS is a backend that is down', async () => {
  const engine = await balance({ url: url.replace('https', 'http'), name: 'b' });
  await until('it is down', async () => (await engine.backend('b')).health.health === 'down');
});
