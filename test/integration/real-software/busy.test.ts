import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { isInstalled } from '../../support/installed.ts';
import { startServer } from '../../support/server-process.ts';
import { configOf, nameOf, startEngine } from '../../support/test-engine.ts';
import { until } from '../../support/until.ts';

const SERVERS = join(import.meta.dirname, '../../support/servers');
const PHP = '/usr/bin/php';
const PYTHON = '/usr/bin/python3';
const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

async function balance(command: (port: number) => readonly [string, ...string[]], pool: object = {}) {
  const server = await startServer(command);
  stops.push(() => server.stop());
  const engine = await startEngine(
    configOf({ port: '127.0.0.1:0', servers: [server.url], healthCheckInterval: '500ms', ...pool }),
  );
  stops.push(() => engine.stop());
  await engine.settle();
  const health = async () => (await engine.backend(nameOf(server.url))).health;
  const kinds = async () => (await engine.snapshot()).events.map(({ kind }) => kind);
  return { engine, health, kinds };
}

describe('a server that serves one request at a time is busy with a slow one, and not down', () => {
  it.each<[string, string, (port: number) => readonly [string, ...string[]]]>([
    ['php -S', PHP, (port) => [PHP, '-S', `127.0.0.1:${port}`, join(SERVERS, 'slow.php')]],
    [
      'Node with a blocked event loop',
      process.execPath,
      (port) => [process.execPath, join(SERVERS, 'blocking.mjs'), String(port)],
    ],
  ])('%s', { timeout: 30_000 }, async (_name, file, command) => {
    if (!isInstalled(file)) return;
    const { engine, health, kinds } = await balance(command);
    const slow = fetch(`${engine.url}/slow`);
    await until('it is busy', async () => (await health()).busy !== undefined);
    // Others wait, as they would without a balancer.
    const other = await fetch(engine.url);
    expect([other.status, await other.text()]).toEqual([200, 'ok']);
    expect((await slow).status).toBe(200);
    await until('its checks pass again', async () => (await health()).busy === undefined);
    expect(await kinds()).not.toContain('backend-down');
  });
});

it('connections that are kept do not block the checks of a server that serves one at a time', {
  timeout: 60_000,
}, async () => {
  if (!isInstalled(PYTHON)) return;
  const { engine, health, kinds } = await balance((port) => [
    PYTHON,
    join(SERVERS, 'one_connection.py'),
    String(port),
  ]);
  const statuses: number[] = [];
  const endMs = performance.now() + 6_000;
  while (performance.now() < endMs) {
    const started = performance.now();
    // Two at once: the second connection waits for the first to be closed.
    const both = await Promise.all([fetch(engine.url), fetch(engine.url)]);
    for (const response of both) {
      statuses.push(response.status);
      await response.text();
    }
    await until('the next turn', () => performance.now() - started > 100);
  }
  expect(new Set(statuses)).toEqual(new Set([200]));
  expect(statuses.length).toBeGreaterThan(20);
  expect((await health()).health).toBe('up');
  expect(await kinds()).not.toContain('backend-down');
});
