import { createServer } from 'node:http';
import { expect, it } from 'vitest';
import { findCheck } from '../../electron/engine/health/find-check.ts';
import { parseConfig } from '../../electron/services/config/parse.ts';
import { readForeign } from '../../electron/services/import/foreign-file.ts';
import { listening } from '../support/listening.ts';

const listen = listening();

/** An API that responds with 200 to this request and with 404 to all others. */
const api = (good: string, seen: string[] = []) =>
  listen(
    createServer((request, response) => {
      const what = `${request.method} ${request.url}`;
      seen.push(what);
      response.writeHead(what === good ? 200 : 404).end();
    }),
  );

const copies = (ports: readonly number[], more = '') =>
  `services:\n${ports.map((port, at) => `  web-${at + 1}: { image: x, ports: ["${port}:80"] ${more} }\n`).join('')}`;

async function imported(text: string, name = 'compose.yml') {
  const read = await readForeign(`/srv/${name}`, text, '/srv', { findCheck: (url) => findCheck(url) });
  if (!read?.ok) throw new Error(read?.error.message ?? 'the test is wrong');
  const parsed = parseConfig(read.value.text);
  if (!parsed.ok) throw new Error('the imported config is not valid');
  const notes = read.value.notes.map(({ words }) => words);
  return { pools: parsed.value.pools, notes, text: read.value.text };
}

it('copies that pass the same check share it', async () => {
  const ports = [await api('GET /healthz'), await api('GET /healthz')];
  const { text, notes, pools } = await imported(copies(ports));
  expect(text).toContain('"healthCheck": { "method": "GET", "path": "/healthz" }');
  expect(pools[0]?.backends.map(({ healthCheck }) => healthCheck.path)).toEqual(['/healthz', '/healthz']);
  expect(notes).toContain('web: GET /healthz returned 200; HEAD / returned 404.');
});

it('copies that pass different checks have one each', async () => {
  const ports = [await api('GET /healthz'), await api('HEAD /')];
  const { pools } = await imported(copies(ports));
  expect(pools[0]?.backends.map(({ healthCheck }) => [healthCheck.method, healthCheck.path])).toEqual([
    ['GET', '/healthz'],
    ['HEAD', '/'],
  ]);
});

it('a backend that responds at / needs no words', async () => {
  const { text, notes } = await imported(copies([await api('HEAD /')]));
  expect(text).not.toContain('healthCheck');
  expect(notes).toEqual([]);
});

it('backends that do not run keep the default check, and this is reported', async () => {
  const { text, notes } = await imported(copies([1]));
  expect(text).not.toContain('healthCheck');
  expect(notes).toEqual([
    'web-1: no backend could be reached now, so its check is HEAD /, which expects 200 to 399.',
  ]);
});

it('a backend whose file has a check is not asked', async () => {
  const seen: string[] = [];
  const port = await api('GET /healthz', seen);
  const { pools } = await imported(copies([port], ', healthcheck: { test: "curl http://localhost/up" }'));
  expect(pools[0]?.healthCheck.path).toBe('/up');
  const { pools: others } = await imported(
    `upstream a { server 127.0.0.1:${port}; } server { listen 9000; location / { proxy_pass http://a; } }`,
    'nginx.conf',
  );
  expect(others[0]?.healthCheck.type).toBe('tcp');
  expect(seen).toEqual([]);
});
