import { mkdtempSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer } from 'vite';
import { afterEach, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { oneConfig, startEngine } from '../../support/test-engine.ts';
import { until } from '../../support/until.ts';

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

const moduleWith = (word: string) => `import.meta.hot.accept(() => {});\nexport const word = "${word}";\n`;

it('a page of the Vite dev server is served, and learns of an edit over its WebSocket', async () => {
  const root = mkdtempSync(join(tmpdir(), 'switchyard-vite-'));
  stops.push(() => rm(root, { recursive: true }));
  writeFileSync(join(root, 'index.html'), '<script type="module" src="/main.js"></script>');
  const main = join(root, 'main.js');
  writeFileSync(main, moduleWith('before'));
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
  const engine = await startEngine(oneConfig([`http://127.0.0.1:${port}`]));
  stops.push(() => engine.stop());
  await engine.settle();

  const get = async (path: string) => (await fetch(engine.url + path)).text();
  expect(await get('/')).toContain('/@vite/client');
  expect(await get('/main.js')).toContain('before');
  // The client asks for the socket where its page came from, with the token that stands in its code.
  const [, token = ''] = /wsToken = "([^"]+)"/.exec(await get('/@vite/client')) ?? [];
  expect(token).not.toBe('');

  const told: string[] = [];
  const socket = new WebSocket(`ws://127.0.0.1:${engine.port}/?token=${token}`, 'vite-hmr');
  stops.push(() => socket.terminate());
  socket.on('message', (text) => told.push(String(text)));
  await until('Vite says hello', () => told.some((text) => text.includes('"connected"')));
  writeFileSync(main, moduleWith('after'));
  await until('the update arrives', () => told.some((text) => text.includes('"update"')));
  const [update] = told.flatMap((text) => {
    const message = JSON.parse(text);
    return message.type === 'update' ? message.updates : [];
  });
  expect(update).toMatchObject({ type: 'js-update', path: '/main.js' });
  expect(await get(`/main.js?t=${update.timestamp}`)).toContain('after');
});
