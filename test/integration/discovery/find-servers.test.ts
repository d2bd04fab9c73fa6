import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createHttp } from 'node:http';
import { createServer as createHttps } from 'node:https';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findServers } from '../../../electron/services/discovery/find-servers.ts';
import { readSocketTable } from '../../../electron/services/discovery/socket-table.ts';
import type { Discovery, DiscoveryProgress, FoundServer } from '../../../shared/view/discovery.ts';
import { startFoundProcess } from '../../support/found-process.ts';

let folder: string;
const stops: (() => unknown)[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'switchyard-find-'));
});
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
  rmSync(folder, { recursive: true });
});

/** A look at this machine by its own table, as somebody else's process. */
function look(change: Partial<Parameters<typeof findServers>[0]> = {}): Promise<Discovery> {
  return findServers({
    readTable: () => readSocketTable(process.platform),
    dockerSocket: join(folder, 'no.sock'),
    ownPid: 0,
    signal: new AbortController().signal,
    onProgress: () => undefined,
    ...change,
  });
}

async function start(where: string, change: Parameters<typeof startFoundProcess>[1] = {}) {
  const cwd = join(folder, where);
  mkdirSync(cwd, { recursive: true });
  const started = await startFoundProcess(cwd, change);
  stops.push(() => started.stop());
  return started;
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stops.push(() => server.close());
  return (server.address() as AddressInfo).port;
}

const serverAt = (found: Discovery, port: number): FoundServer | undefined =>
  found.groups.flatMap(({ servers }) => servers).find((one) => one.port === port);
const groupAt = (found: Discovery, port: number) =>
  found.groups.find(({ servers }) => servers.some((one) => one.port === port));

describe.skipIf(process.platform !== 'linux')('processes, by the table of the system', () => {
  it('are found with their name, folder and page, and copies of one service stand together', async () => {
    const [one, other, alone] = [
      await start('users', { title: 'Users &amp; more' }),
      await start('users', { title: 'Users &amp; more' }),
      await start('carts', { host: '::1', status: 404 }),
    ];
    writeFileSync(join(folder, 'users/package.json'), '{ "name": "users-api" }');
    const found = await look();
    expect(found.trouble).toBeNull();
    expect(serverAt(found, one.port)).toEqual({
      url: `http://localhost:${one.port}`,
      port: one.port,
      status: 200,
      title: 'Users & more',
      software: 'test',
      owner: {
        kind: 'process',
        name: 'users-api',
        detail: expect.stringContaining('found-process.mjs'),
        folder: join(folder, 'users'),
        pid: one.pid,
      },
    });
    expect(groupAt(found, one.port)).toMatchObject({ name: 'users-api' });
    const ports = groupAt(found, one.port)?.servers.map(({ port }) => port);
    expect(ports).toEqual([one.port, other.port].sort((a, b) => a - b));
    expect(serverAt(found, alone.port)).toMatchObject({
      url: `http://localhost:${alone.port}`,
      status: 404,
      title: null,
    });
    expect(groupAt(found, alone.port)).toMatchObject({ name: 'found-process.mjs', servers: [{}] });
  });

  it('are left out when they are Switchyard itself', async () => {
    const port = await listen(createHttp((_, response) => response.end()));
    expect(serverAt(await look(), port)).toBeDefined();
    expect(serverAt(await look({ ownPid: process.pid }), port)).toBeUndefined();
  });
});

const only = (...ports: readonly number[]) => ({
  readTable: async () => ({
    ports: ports.map((port) => ({ port, addresses: ['127.0.0.1'], pid: null })),
    processes: [],
  }),
});

describe('a port', () => {
  it('that speaks HTTPS is found as such', async () => {
    const tls = join(import.meta.dirname, '../../support/tls');
    const [cert, key] = [readFileSync(join(tls, 'cert.pem')), readFileSync(join(tls, 'key.pem'))];
    const port = await listen(createHttps({ cert, key }, (_, response) => response.end()));
    expect((await look(only(port))).groups).toMatchObject([
      { servers: [{ url: `https://localhost:${port}`, status: 200 }] },
    ]);
  });

  it('that speaks something else, or nothing, is named with why', async () => {
    const mute = await listen(createServer((socket) => socket.on('error', () => undefined)));
    const other = await listen(
      createServer((socket) => socket.on('error', () => undefined).end('220 mail ready\r\n')),
    );
    const found = await look(only(mute, other));
    expect(found.groups).toEqual([]);
    expect(found.silent.map(({ port, reason }) => `${port} ${reason}`).sort()).toEqual(
      [`${mute} did not answer within 1 s`, `${other} answers something other than HTTP`].sort(),
    );
  });

  it('that streams for ever is found, and let go of', async () => {
    let open = 0;
    const port = await listen(
      createHttp((_, response) => {
        open++;
        response.on('close', () => open--);
        response.write('<title>Live');
      }),
    );
    expect((await look(only(port))).groups).toMatchObject([{ servers: [{ title: 'Live' }] }]);
    await expect.poll(() => open).toBe(0);
  });
});

it('tells how far it is, and ends when it is stopped, with what it has found', async () => {
  const quick = await listen(createHttp((_, response) => response.end()));
  const mutes = await Promise.all(Array.from({ length: 20 }, () => listen(createServer(() => undefined))));
  const stop = new AbortController();
  const told: DiscoveryProgress[] = [];
  const found = await look({
    ...only(quick, ...mutes),
    signal: stop.signal,
    onProgress: (progress) => {
      told.push(progress);
      if (progress.asked === 1) stop.abort();
    },
  });
  expect(told).toEqual([
    { asked: 0, ports: 21 },
    { asked: 1, ports: 21 },
  ]);
  expect(found.groups).toMatchObject([{ servers: [{ port: quick }] }]);
  expect(found.trouble).toBeNull();
});

it('says what could not be looked at', async () => {
  const found = await look({
    readTable: async () => {
      throw new Error('spawn lsof ENOENT');
    },
  });
  expect(found).toEqual({
    groups: [],
    silent: [],
    trouble: 'The system did not tell what listens: spawn lsof ENOENT.',
  });
});
