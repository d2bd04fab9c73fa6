import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { CliBench } from '../support/cli-run.ts';
import { answering, startRawBackend } from '../support/raw-backend.ts';
import { RawClient } from '../support/raw-client.ts';
import { oneConfig, startEngine } from '../support/test-engine.ts';
import { until } from '../support/until.ts';

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

const OK = answering('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
function closeAll(clients: readonly RawClient[]): void {
  for (const client of clients) client.close();
}

const GET = 'GET / HTTP/1.1\r\nHost: h\r\n\r\n';

it('one connection more than the limit is told so and closed, and taken again when another has left', async () => {
  const backend = await startRawBackend(OK);
  const engine = await startEngine(oneConfig([backend.url], {}, { limits: { connections: 3 } }));
  stops.push(
    () => backend.stop(),
    () => engine.stop(),
  );
  await engine.settle();
  const clients = [1, 2, 3].map(() => new RawClient(engine.port).send(GET));
  stops.push(() => closeAll(clients));
  for (const client of clients) await client.receives(/ok$/);
  const extra = new RawClient(engine.port);
  expect(await extra.ends()).toMatch(
    /^HTTP\/1.1 503 .*3 connections open\. The limit is limits\.connections/s,
  );
  extra.close();
  const [record] = await engine.engine.exchanges({ limit: 1 });
  expect(record).toMatchObject({ status: 503, refusal: { code: 'too-many-connections' } });
  clients[0]?.close();
  await until('there is room again', async () => {
    const next = new RawClient(engine.port).send(GET);
    stops.push(() => next.close());
    return /200 OK/.test(await next.receives(/HTTP/));
  });
});

it('hundreds above the limit cost no more than a hundred', async () => {
  const backend = await startRawBackend(OK);
  const engine = await startEngine(oneConfig([backend.url], {}, { limits: { connections: 1 } }));
  const clients = Array.from({ length: 300 }, () => new RawClient(engine.port));
  stops.push(
    () => backend.stop(),
    () => engine.stop(),
    () => closeAll(clients),
  );
  await until(
    'all but one are turned away',
    () => clients.filter((one) => one.isEnded || one.isClosed).length === 299,
  );
  const told = clients.filter((client) => client.text.includes('503')).length;
  expect(told).toBeGreaterThan(50);
  expect(told).toBeLessThanOrEqual(101);
});

it.runIf(process.platform === 'linux')(
  'a process without files left says so, blames no backend, and goes on when there are some again',
  async () => {
    const backend = await startRawBackend(OK);
    const bench = new CliBench();
    const config = join(bench.folder, 'c.json');
    writeFileSync(
      config,
      JSON.stringify({ port: '127.0.0.1:0', healthCheckInterval: '100ms', servers: [backend.url] }),
    );
    const run = bench.run('serve', '--config', config);
    stops.push(
      () => backend.stop(),
      () => bench.stop(),
    );
    const port = Number(new URL(await run.listening()).port);
    const clients = Array.from({ length: 60 }, () => new RawClient(port));
    stops.push(() => closeAll(clients));
    // All of them have been taken once the last is served.
    await clients.at(-1)?.send(GET).receives(/ok$/);
    // Fewer than are open now: not one more can be opened, to the backend or for a probe.
    const limit = spawn('prlimit', ['--pid', String(run.child.pid), '--nofile=20:1024']);
    expect(await once(limit, 'exit')).toEqual([0, null]);
    for (const client of clients) client.send(GET);
    await run.says(/too many open files/);
    for (const client of clients) await client.receives(/HTTP\/1.1 (?:200|503)/);
    expect(clients.map((client) => client.text).join('')).toMatch(
      /HTTP\/1.1 503 .*no fault of the backend: allow more open files \(ulimit -n\)/s,
    );
    expect(run.err).not.toMatch(/\bdown\b/);
    for (const client of clients) client.close();
    const again = spawn('prlimit', ['--pid', String(run.child.pid), '--nofile=1024:1024']);
    expect(await once(again, 'exit')).toEqual([0, null]);
    await until('requests are served again', async () => {
      const next = new RawClient(port).send(GET);
      stops.push(() => next.close());
      return /200 OK/.test(await next.receives(/HTTP/, 500).catch(() => ''));
    });
    expect(run.err).not.toMatch(/\bdown\b/);
    expect(run.child.exitCode).toBeNull();
  },
);
