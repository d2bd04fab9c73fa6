import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readDocker } from '../../../electron/services/discovery/docker.ts';
import { findServers } from '../../../electron/services/discovery/find-servers.ts';

let folder: string;
const servers: Server[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'switchyard-docker-'));
});
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
  rmSync(folder, { recursive: true });
});

const signal = new AbortController().signal;
const socketPath = () => join(folder, 'docker.sock');

/** An Engine API on a socket, which answers as its documentation says. */
async function engine(handle: RequestListener): Promise<void> {
  const server = createServer(handle);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(socketPath(), resolve));
}

const container = (name: string, port: number) => ({
  Id: '8dfafdbc3a40',
  Names: [`/${name}`],
  Image: 'example/users:latest',
  ImageID: 'sha256:d74508fb6632491cea586a1fd7d748dfc5274cd6fdfedee309ecdcbc2bf5cb82',
  Command: 'node server.js',
  Created: 1367854155,
  State: 'running',
  Status: 'Up 4 minutes',
  Ports: [
    { IP: '0.0.0.0', PrivatePort: 80, PublicPort: port, Type: 'tcp' },
    { IP: '::', PrivatePort: 80, PublicPort: port, Type: 'tcp' },
    { PrivatePort: 443, Type: 'tcp' },
    { IP: '0.0.0.0', PrivatePort: 53, PublicPort: 5353, Type: 'udp' },
  ],
  Labels: { 'com.docker.compose.project': 'app', 'com.docker.compose.service': 'users' },
});

it('names the containers behind published ports, and puts copies of a service together', async () => {
  const backends = await Promise.all(
    [1, 2].map(async () => {
      const server = createServer((_, response) => response.end('ok')).listen(0, '127.0.0.1');
      servers.push(server);
      await new Promise((resolve) => server.once('listening', resolve));
      return (server.address() as AddressInfo).port;
    }),
  );
  const asked: string[] = [];
  await engine((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    response.setHeader('Content-Type', 'application/json');
    response.end(JSON.stringify(backends.map((port, at) => container(`app-users-${at + 1}`, port))));
  });
  const found = await findServers({
    // Docker forwards without a process of its own.
    readTable: async () => ({ ports: [], processes: [] }),
    dockerSocket: socketPath(),
    ownPid: 0,
    signal,
    onProgress: () => undefined,
  });
  expect(asked).toEqual(['GET /containers/json']);
  expect(found.trouble).toBeNull();
  expect(found.groups).toMatchObject([{ name: 'app-users' }]);
  expect(found.groups[0]?.servers.map(({ port }) => port)).toEqual([...backends].sort((a, b) => a - b));
  expect(found.groups[0]?.servers[0]?.owner).toMatchObject({
    kind: 'container',
    detail: 'example/users:latest',
  });
});

it('finds nothing, and has nothing to complain of, where there is no Docker', async () => {
  expect(await readDocker(join(folder, 'none.sock'), signal)).toEqual([]);
});

it.each<[string, RequestListener, RegExp]>([
  ['an error', (_, response) => response.writeHead(500).end('{"message":"no"}'), /it answered 500/],
  ['no JSON', (_, response) => response.end('hello'), /JSON/],
  ['something else', (_, response) => response.end('{"a":1}'), /array/],
])('says so when the socket answers %s', async (_, handle, words) => {
  await engine(handle);
  await expect(readDocker(socketPath(), signal)).rejects.toThrow(words);
});
