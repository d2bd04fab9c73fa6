import { mkdtempSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer } from 'vite';
import { afterEach, expect, it } from 'vitest';
import { RawClient } from '../../support/raw-client.ts';
import { oneConfig, startEngine } from '../../support/test-engine.ts';

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

/** What a page whose name was pointed at this machine gets of the Vite dev server behind a listener. */
async function rebind(pool: object, listener: object = {}) {
  const root = mkdtempSync(join(tmpdir(), 'switchyard-rebinding-'));
  stops.push(() => rm(root, { recursive: true }));
  writeFileSync(join(root, 'secret.js'), 'export const secret = "in the source";\n');
  const vite = await createServer({
    root,
    configFile: false,
    logLevel: 'silent',
    server: { host: '127.0.0.1', port: 0 },
  });
  stops.push(() => vite.close());
  await vite.listen();
  const address = vite.httpServer?.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const config = oneConfig([`http://127.0.0.1:${port}`], { healthCheck: { type: 'off' }, ...pool }, listener);
  const engine = await startEngine(config);
  stops.push(() => engine.stop());
  const ask = async (host: string) => {
    const client = new RawClient(engine.port);
    client.send(`GET /secret.js HTTP/1.1\r\nHost: ${host}:${engine.port}\r\nConnection: close\r\n\r\n`);
    return client.ends();
  };
  return { ask, engine: engine.engine };
}

it('Vite refuses the page itself where it sees its Host', async () => {
  const { ask } = await rebind({});
  expect(await ask('rebind.evil.test')).toMatch(/^HTTP\/1\.1 403 /);
  expect(await ask('localhost')).toContain('in the source');
});

it('where the Host is replaced, the listener refuses it, names the setting and records it', async () => {
  const { ask, engine } = await rebind({ hostHeader: 'backend' });
  const refused = await ask('rebind.evil.test');
  expect(refused).toMatch(/^HTTP\/1\.1 421 Misdirected Request/);
  expect(refused).toContain('add "rebind.evil.test" to "allowedHosts"');
  expect(refused).not.toContain('in the source');
  expect(await engine.exchanges({ limit: 1 })).toMatchObject([
    { status: 421, backend: null, refusal: { code: 'host-not-allowed' } },
  ]);
  expect(await ask('localhost')).toContain('in the source');
  expect(await ask('app.localhost')).toContain('in the source');
});

it('an allowed host is taken', async () => {
  const { ask } = await rebind({ hostHeader: 'backend' }, { allowedHosts: ['app.example.test'] });
  expect(await ask('app.example.test')).toContain('in the source');
});
