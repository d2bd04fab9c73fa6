import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { CheckSearches } from '../../../electron/desktop/check-searches.ts';
import { findCheck } from '../../../electron/engine/health/find-check.ts';
import { applyEdit } from '../../../electron/services/config/edit.ts';
import { parseConfig } from '../../../electron/services/config/parse.ts';
import { serverOf } from '../../../renderer/stores/found-checks.ts';
import type { ServerInput } from '../../../shared/config/config-edit.ts';
import { isInstalled } from '../../support/installed.ts';
import { type ServerProcess, startServer } from '../../support/server-process.ts';
import { configOf, startEngine, type TestEngine } from '../../support/test-engine.ts';

const SERVERS = join(import.meta.dirname, '../../support/servers');
const PYTHON = '/usr/bin/python3';
/** In the simple form, a request gets 503 while every backend is down by its checks. */
const EMPTY = '{ "port": "127.0.0.1:0", "healthCheckInterval": "10m", "servers": [] }';

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

type Command = readonly [string, ...string[]];

/** Program, what has to be installed, how it is started, and the check that fits it. */
const APIS: readonly [string, string, (port: number) => Command, object][] = [
  [
    'Express, with a health path',
    process.execPath,
    (port) => [process.execPath, join(SERVERS, 'api-express.mjs'), String(port)],
    { method: 'GET', path: '/healthz' },
  ],
  [
    'Flask',
    '/usr/lib/python3/dist-packages/flask/__init__.py',
    (port) => [PYTHON, join(SERVERS, 'api_flask.py'), String(port)],
    { expectedStatus: '200-499' },
  ],
  [
    'http.server of Python, one connection at a time and no HEAD',
    PYTHON,
    (port) => [PYTHON, join(SERVERS, 'api_one_connection.py'), String(port)],
    { method: 'GET', expectedStatus: '200-499' },
  ],
  [
    'PHP, failing at /',
    '/usr/bin/php',
    (port) => ['/usr/bin/php', '-S', `127.0.0.1:${port}`, join(SERVERS, 'api.php')],
    { type: 'tcp' },
  ],
];

/** An engine with this server alone, added as the window adds it. */
async function engineWith(server: ServerInput): Promise<TestEngine> {
  const added = applyEdit(EMPTY.replace('[]', '["http://127.0.0.1:1"]'), {
    kind: 'update-server',
    pool: 'default',
    backend: '127.0.0.1:1',
    server,
  });
  if (!added.ok) throw new Error('the server could not be added');
  const config = parseConfig(added.value);
  if (!config.ok) throw new Error(config.error.map(({ message }) => message).join('\n'));
  const engine = await startEngine(config.value);
  stops.push(engine.stop);
  await engine.settle();
  return engine;
}

describe.each(APIS)('%s', (_name, file, command, check) => {
  it.skipIf(!isInstalled(file))('is balanced at once with the check that is found', async () => {
    const api: ServerProcess = await startServer(command);
    stops.push(() => api.stop());
    const plain = await engineWith({ url: api.url });
    expect((await fetch(`${plain.url}/api/users`)).status).toBe(503);
    const idle = await startEngine(configOf(JSON.parse(EMPTY.replace('[]', '["http://127.0.0.1:1"]'))));
    stops.push(idle.stop);
    const searches = new CheckSearches({
      findCheck,
      snapshot: idle.snapshot,
      onProgress: () => undefined,
    });
    const [found] = await searches.find([api.url], null);
    expect(found?.healthCheck).toEqual(check);
    if (!found) return;
    const fitted = await engineWith(serverOf(found));
    const response = await fetch(`${fitted.url}/api/users`);
    expect([response.status, await response.text()]).toEqual([200, 'ada']);
    const [backend] = (await fitted.snapshot()).pools[0]?.backends ?? [];
    expect(backend?.health.health).toBe('up');
  });
});
