import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { isInstalled } from '../../support/installed.ts';
import { RawClient } from '../../support/raw-client.ts';
import { freePort, type ServerProcess, startServer } from '../../support/server-process.ts';
import { oneConfig, startEngine } from '../../support/test-engine.ts';

const PYTHON = '/usr/bin/python3';
const NGINX = '/usr/sbin/nginx';
const SCRIPT = join(import.meta.dirname, '../../support/servers/unread_bodies.py');
const SMUGGLED = 'GET /smuggled HTTP/1.1\r\nX-Key: ';
const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

async function startPython(): Promise<ServerProcess> {
  const server = await startServer((port) => [PYTHON, SCRIPT, String(port)]);
  stops.push(() => server.stop());
  return server;
}

async function switchyardTo(server: ServerProcess): Promise<number> {
  const engine = await startEngine(oneConfig([server.url]));
  stops.push(() => engine.stop());
  await engine.settle();
  return engine.port;
}

async function nginxTo(server: ServerProcess): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'switchyard-nginx-'));
  stops.push(() => rm(folder, { recursive: true }));
  const port = await freePort();
  await writeFile(
    join(folder, 'nginx.conf'),
    `daemon off; master_process off; pid ${folder}/pid; error_log stderr;
events {}
http {
  access_log off;
  client_body_temp_path ${folder}; proxy_temp_path ${folder}; fastcgi_temp_path ${folder};
  uwsgi_temp_path ${folder}; scgi_temp_path ${folder};
  upstream up { server 127.0.0.1:${server.port}; keepalive 8; }
  server {
    listen 127.0.0.1:${port};
    location / {
      proxy_pass http://up; proxy_http_version 1.1; proxy_set_header Connection "";
      proxy_request_buffering off;
    }
  }
}
`,
  );
  const nginx = await startServer(() => [NGINX, '-p', folder, '-c', join(folder, 'nginx.conf')], { port });
  stops.push(() => nginx.stop());
  return port;
}

const headOf = (method: string, more = '') =>
  `${method} /attack HTTP/1.1\r\nHost: h\r\n${more}Content-Length: ${SMUGGLED.length}\r\n\r\n`;

/** The body comes with the head, and the client waits for the response. */
async function atOnce(port: number, method: string, more?: string): Promise<void> {
  const client = new RawClient(port).send(headOf(method, more) + SMUGGLED);
  await client.receives(/^HTTP\/1.1 \d+ [\s\S]*\r\n\r\n/);
  client.close();
}

/** The body comes after the response. */
async function afterResponse(port: number, method: string): Promise<void> {
  const client = new RawClient(port).send(headOf(method));
  await client.receives(/^HTTP\/1.1 \d+ [\s\S]*\r\n\r\n/);
  client.send(SMUGGLED);
  // The balancer has it by the time that it has served another request on a connection that was opened later.
  await victim(port);
  client.close();
}

/** @returns the body that somebody else gets */
async function victim(port: number): Promise<string> {
  const client = new RawClient(port).send('GET /victim HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n');
  const text = await client.ends();
  return text.slice(text.indexOf('\r\n\r\n') + 4);
}

/** How many of twelve other requests got what was meant for none. */
async function poisoned(port: number, attack: () => Promise<void>): Promise<number> {
  let count = 0;
  for (let turn = 0; turn < 12; turn++) {
    await attack();
    if ((await victim(port)) !== 'GET /victim') count++;
  }
  return count;
}

describe('a body that the backend leaves unread is no part of the next request', () => {
  it.each(['GET', 'HEAD', 'DELETE', 'OPTIONS'])('after %s, and is not read as a request', async (method) => {
    if (!isInstalled(PYTHON)) return;
    const server = await startPython();
    const port = await switchyardTo(server);
    expect(await poisoned(port, () => atOnce(port, method))).toBe(0);
    expect(server.output()).not.toContain('/smuggled');
  });

  it.each(['GET', 'POST', 'PUT'])('when it comes after the response to %s', async (method) => {
    if (!isInstalled(PYTHON)) return;
    const port = await switchyardTo(await startPython());
    expect(await poisoned(port, () => afterResponse(port, method))).toBe(0);
  });

  it('after a POST that was refused', async () => {
    if (!isInstalled(PYTHON)) return;
    const port = await switchyardTo(await startPython());
    expect(await poisoned(port, () => atOnce(port, 'POST', 'X-Status: 401\r\n'))).toBe(0);
  });
});

it('nginx, with the same backend: as good after the response, worse at once', async () => {
  if (!isInstalled(PYTHON) || !isInstalled(NGINX)) return;
  const port = await nginxTo(await startPython());
  expect(await poisoned(port, () => afterResponse(port, 'POST'))).toBe(0);
  expect(await poisoned(port, () => atOnce(port, 'GET'))).toBeGreaterThan(0);
});
