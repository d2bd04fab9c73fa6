import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { SwitchyardApp } from '../../electron/desktop/switchyard-app.ts';
import type { Pushes } from '../../shared/calls/contract.ts';
import { Human } from '../support/human.ts';
import { buildThreads, type Threads } from '../support/threads.ts';

let threads: Threads;
let folder: string;
let human: Human;
let app: SwitchyardApp;
let reviews: Pushes['import:review'][];
const servers: Server[] = [];

beforeAll(async () => {
  threads = await buildThreads();
});

beforeEach(async () => {
  human = new Human('yes');
  folder = await mkdtemp(join(tmpdir(), 'switchyard-'));
  reviews = [];
  app = new SwitchyardApp({
    spawnEngine: () => threads.spawnEngine(),
    spawnDemo: () => threads.spawnDemo(),
    spawnTraffic: (job) => threads.spawnTraffic(job),
    findTarget: () => ({
      isDestroyed: () => false,
      send: (channel: string, payload: Pushes['import:review']) => {
        if (channel === 'import:review') reviews.push(payload);
      },
    }),
    onNews: () => undefined,
    onActed: () => undefined,
    onEvent: () => undefined,
    defaultConfigPath: join(folder, 'own.json'),
    certificateFolder: join(folder, 'tls'),
    trustPath: join(folder, 'allowed-commands.json'),
    consentPath: join(folder, 'allowed-configs.json'),
    askUser: human.ask,
    recentPath: join(folder, 'recent-files.json'),
    version: '1',
  });
});

afterEach(async () => {
  await app.stop();
  for (const server of servers.splice(0)) server.close();
  await rm(folder, { recursive: true });
});

async function startServer(answer: string): Promise<number> {
  const server = createServer((_, response) => response.end(answer)).listen(0, '127.0.0.1');
  servers.push(server);
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
}

async function write(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

async function freePort(): Promise<number> {
  const port = await startServer('');
  await new Promise((resolve) => servers.pop()?.close(resolve));
  return port;
}

it('shows what an nginx.conf comes to, and balances it once it is saved', async () => {
  const [one, other, port] = [await startServer('one'), await startServer('other'), await freePort()];
  const text = `upstream users { server 127.0.0.1:${one}; server 127.0.0.1:${other}; }
server { listen ${port}; location / { proxy_pass http://users; } }`;
  const source = await write('nginx.conf', text);
  await app.start(null);
  await app.watch();
  const before = app.config.document;
  expect(await app.imports.open(source)).toEqual({ ok: true, value: before });
  expect(reviews).toMatchObject([
    { kind: 'nginx', path: source, listeners: [`:${port}`], pools: [{ name: 'users' }] },
  ]);
  expect(app.config.document).toBe(before);

  const target = join(folder, 'switchyard.jsonc');
  const saved = await app.imports.save(source, target);
  expect(saved).toMatchObject({ ok: true, value: { path: target, isDemo: false } });
  expect(await readFile(target, 'utf8')).toBe(reviews[0]?.text);
  expect(await readFile(source, 'utf8')).toBe(text);
  const answers = await Promise.all(
    [1, 2].map(async () => (await fetch(`http://127.0.0.1:${port}/`)).text()),
  );
  expect(answers.sort()).toEqual(['one', 'other']);
});

it('runs nothing of a Procfile before the user has allowed it, and then in the folder of the Procfile', async () => {
  await mkdir(join(folder, 'app'));
  const source = await write('app/Procfile', `web: touch ${join(folder, 'touched')} # $PORT`);
  await app.start(null);
  await app.watch();
  await app.imports.open(source);
  const saved = await app.imports.save(source, join(folder, 'switchyard.jsonc'));
  expect(saved).toMatchObject({ ok: true, value: { toAllow: [{ name: 'web', cwd: join(folder, 'app') }] } });
  expect(existsSync(join(folder, 'touched'))).toBe(false);
});

it('changes nothing when the config cannot be applied or saved', async () => {
  const taken = await startServer('taken');
  const source = await write(
    'nginx.conf',
    `upstream a { server h:1; } server { listen ${taken}; location / { proxy_pass http://a; } }`,
  );
  await app.start(null);
  await app.watch();
  await app.imports.open(source);
  const target = join(folder, 'switchyard.jsonc');
  expect(await app.imports.save(source, target)).toMatchObject({ ok: false, error: { code: 'not-applied' } });
  expect(existsSync(target)).toBe(false);
  expect(app.config.document.isDemo).toBe(true);
  const other = await write('Procfile', 'web: npm start');
  await app.imports.open(other);
  const nowhere = await app.imports.save(other, join(other, 'switchyard.jsonc'));
  expect(nowhere).toMatchObject({ ok: false, error: { code: 'not-saved' } });
  expect(app.config.document.isDemo).toBe(true);
});

it('says what is wrong with a file, and saves only the one under review', async () => {
  await app.start(null);
  await app.watch();
  const source = await write('Procfile', 'web npm start');
  expect(await app.imports.open(source)).toMatchObject({
    ok: false,
    error: {
      issues: [
        {
          message:
            'Procfile was not opened. Line 1: this is no line of a Procfile; write it like "web: node server.js".',
        },
      ],
    },
  });
  expect(await app.imports.save(source, join(folder, 'x.jsonc'))).toMatchObject({
    ok: false,
    error: { code: 'conflict' },
  });
});

it('starts with the demo, and shows the file, when it is started with one', async () => {
  const source = await write('docker-compose.yml', 'services: { web: { ports: ["5001:80"] } }');
  await app.start(source);
  expect(await app.watch()).toMatchObject({
    config: { isDemo: true },
    importReview: { kind: 'compose', path: source },
  });
  expect(await app.watch()).toMatchObject({ importReview: null });
});
