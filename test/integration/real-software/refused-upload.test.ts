import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, expect, it } from 'vitest';
import { isInstalled } from '../../support/installed.ts';
import { startServer } from '../../support/server-process.ts';
import { oneConfig, startEngine } from '../../support/test-engine.ts';

const run = promisify(execFile);
const SERVERS = join(import.meta.dirname, '../../support/servers');
const PYTHON = '/usr/bin/python3';
const GO = '/usr/bin/go';
const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

type Command = readonly [string, ...string[]];

/** Compiles the Go server. @returns the program */
async function compiled(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'switchyard-go-'));
  stops.push(() => rm(folder, { recursive: true }));
  const program = join(folder, 'refusing');
  await run(GO, ['build', '-o', program, join(SERVERS, 'refusing.go')], {
    env: { ...process.env, GOFLAGS: '-mod=mod', GO111MODULE: 'off' },
  });
  return program;
}

const BACKENDS: readonly [string, string, () => Promise<(port: number) => Command>][] = [
  [
    'gunicorn',
    '/usr/bin/gunicorn',
    async () => (port) => [
      '/usr/bin/gunicorn',
      '--workers=2',
      `--bind=127.0.0.1:${port}`,
      'refusing_wsgi:app',
    ],
  ],
  [
    'Flask',
    '/usr/lib/python3/dist-packages/flask/__init__.py',
    async () => (port) => [PYTHON, join(SERVERS, 'refusing_flask.py'), String(port)],
  ],
  [
    'http.server of Python, HTTP/1.0',
    PYTHON,
    async () => (port) => [PYTHON, join(SERVERS, 'refusing_http_server.py'), String(port), 'HTTP/1.0'],
  ],
  [
    'http.server of Python, HTTP/1.1',
    PYTHON,
    async () => (port) => [PYTHON, join(SERVERS, 'refusing_http_server.py'), String(port), 'HTTP/1.1'],
  ],
  [
    'Express',
    process.execPath,
    async () => (port) => [process.execPath, join(SERVERS, 'refusing-express.mjs'), String(port)],
  ],
  [
    'Go',
    GO,
    async () => {
      const program = await compiled();
      return (port) => [program, String(port)];
    },
  ],
];

const SIZES = [30_000, 70_000, 200_000, 1_000_000, 3_000_000, 20_000_000];
const BODY = Buffer.alloc(20_000_000);

/** One request on a connection of its own. @returns its status, 0 when the response did not arrive whole */
function ask(port: number, method: string, bytes: number): Promise<number> {
  return new Promise((resolve) => {
    const headers = method === 'POST' ? { 'Content-Length': bytes } : {};
    const request = httpRequest({ host: '127.0.0.1', port, method, headers, agent: false }, (response) => {
      response.on('error', () => resolve(0));
      response.on('end', () => resolve(response.statusCode ?? 0));
      response.resume();
    });
    request.on('error', () => resolve(0));
    request.end(BODY.subarray(0, bytes));
  });
}

it.each(BACKENDS)(
  'a refusal of an upload by %s reaches the client, and touches nobody else',
  { timeout: 120_000 },
  async (_name, file, prepare) => {
    if (!isInstalled(file)) return;
    const commandFor = await prepare();
    const server = await startServer(commandFor, { cwd: SERVERS });
    stops.push(() => server.stop());
    const engine = await startEngine(oneConfig([server.url]));
    stops.push(() => engine.stop());
    await engine.settle();

    let isOver = false;
    const others: number[] = [];
    const bystander = (async () => {
      while (!isOver) {
        others.push(await ask(engine.port, 'GET', 0));
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    })();
    const statuses: number[] = [];
    for (let turn = 0; turn < 10; turn++)
      for (const bytes of SIZES) statuses.push(await ask(engine.port, 'POST', bytes));
    isOver = true;
    await bystander;
    expect(statuses.filter((status) => status === 401).length).toBeGreaterThanOrEqual(59);
    expect(others.filter((status) => status !== 200)).toEqual([]);
    expect(others.length).toBeGreaterThan(10);
  },
);
