import { createServer } from 'node:http';
import { createServer as createNetServer } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { createProbe } from '../../electron/engine/health/probe.ts';
import { oneConfig } from '../support/test-engine.ts';

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

async function listen(server: import('node:net').Server, host = '127.0.0.1'): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  stops.push(() => new Promise((resolve) => server.close(resolve)));
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
}

async function probe(url: string, healthCheck: object = {}) {
  const backend = oneConfig([url], { healthCheck: { timeout: '300ms', ...healthCheck } }).pools[0]
    ?.backends[0];
  if (!backend) throw new Error('the test is wrong');
  return createProbe()(backend).result;
}

const answering = (status: number, seen: string[] = []) =>
  createServer((request, response) => {
    seen.push(`${request.method} ${request.url} ${request.headers['user-agent']}`);
    response.writeHead(status).end();
  });

it('passes on any status from 200 to 399, and says which', async () => {
  const seen: string[] = [];
  const port = await listen(answering(302, seen));
  expect(await probe(`http://127.0.0.1:${port}/base`, { path: '/health' })).toMatchObject({
    hasPassed: true,
    words: 'HEAD /health → 302',
  });
  expect(seen).toEqual(['HEAD /base/health switchyard-probe']);
});

it.each([
  [404, 'HEAD / answered 404'],
  [405, 'HEAD / answered 405, so GET is used: GET / answered 405'],
  [500, 'HEAD / answered 500'],
])('fails on %i in words: %s', async (status, words) => {
  const port = await listen(answering(status));
  expect(await probe(`http://127.0.0.1:${port}`)).toMatchObject({
    hasPassed: false,
    words,
    cause: { kind: 'status', status },
  });
});

it('takes the status the config expects', async () => {
  const port = await listen(answering(404));
  expect(await probe(`http://127.0.0.1:${port}`, { expectedStatus: '404' })).toMatchObject({
    hasPassed: true,
  });
});

it('says that the connection was refused', async () => {
  const server = createNetServer();
  const port = await listen(server);
  await stops.pop()?.();
  expect(await probe(`http://127.0.0.1:${port}`)).toMatchObject({
    hasPassed: false,
    words: 'connection refused',
    cause: { kind: 'refused' },
  });
});

it('says that there was no answer, and closes its connection', async () => {
  let open = 0;
  const server = createNetServer((socket) => {
    open++;
    socket.on('error', () => undefined);
    socket.on('close', () => open--);
    socket.resume();
  });
  const port = await listen(server);
  expect(await probe(`http://127.0.0.1:${port}`)).toMatchObject({
    hasPassed: false,
    words: 'no answer within 300ms',
  });
  await expect.poll(() => open).toBe(0);
});

it('says that the answer is not HTTP', async () => {
  const port = await listen(createNetServer((socket) => socket.resume().end('hello there\r\n\r\n')));
  expect(await probe(`http://127.0.0.1:${port}`)).toMatchObject({
    hasPassed: false,
    words: 'its response begins with "hello there" instead of HTTP/1.1',
    cause: { kind: 'not-http' },
  });
});

it('reaches a localhost that listens on IPv4 only', async () => {
  const port = await listen(answering(200));
  expect(await probe(`http://localhost:${port}`)).toMatchObject({ hasPassed: true });
});
