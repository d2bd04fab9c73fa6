import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { isInstalled } from '../support/installed.ts';
import { listening } from '../support/listening.ts';
import { createNtlmBackend } from '../support/ntlm-backend.ts';
import { RawClient } from '../support/raw-client.ts';
import { nameOf, oneConfig, startEngine } from '../support/test-engine.ts';
import { until } from '../support/until.ts';

const run = promisify(execFile);
const CURL = '/usr/bin/curl';
const listen = listening();
const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

async function setUp(count: number, pool: object = {}) {
  const servers = Array.from({ length: count }, () => createNtlmBackend());
  const urls = await Promise.all(servers.map(async (server) => `http://127.0.0.1:${await listen(server)}`));
  const engine = await startEngine(oneConfig(urls, pool));
  stops.push(() => engine.stop());
  await engine.settle();
  return { engine, urls, servers };
}

/** A login in which the client's last message names the user; what comes before is left out, as no server checks it. */
function loginOf(user: string): string {
  const name = Buffer.from(user, 'utf16le');
  const message = Buffer.alloc(64 + name.length);
  message.write('NTLMSSP\0', 'latin1');
  message.writeUInt32LE(3, 8);
  message.writeUInt16LE(name.length, 36);
  message.writeUInt32LE(64, 40);
  name.copy(message, 64);
  return `Authorization: NTLM ${message.toString('base64')}\r\n`;
}

class Client extends RawClient {
  /** @returns status and body */
  async ask(path: string, more = ''): Promise<string> {
    this.text = '';
    this.send(`GET ${path} HTTP/1.1\r\nHost: h\r\n${more}\r\n`);
    const text = await this.receives(/\r\n\r\n.*(?:\?|\d\n)/);
    return `${text.slice(9, 12)} ${text.slice(text.indexOf('\r\n\r\n') + 4).trim()}`;
  }
}

function clientOf(port: number): Client {
  const client = new Client(port);
  stops.push(() => client.close());
  return client;
}

describe('a connection on which a client has authenticated', () => {
  it('serves this client alone', async () => {
    const { engine } = await setUp(1);
    const anna = clientOf(engine.port);
    expect(await anna.ask('/', loginOf('anna'))).toMatch(/^200 hello anna/);
    for (let turn = 0; turn < 20; turn++)
      expect(await clientOf(engine.port).ask('/')).toBe('401 who are you?');
    expect(await anna.ask('/again')).toMatch(/^200 hello anna \/again/);
  });

  it('is used for all further requests of its client, and so is its backend', async () => {
    const { engine } = await setUp(3);
    const anna = clientOf(engine.port);
    const first = await anna.ask('/', loginOf('anna'));
    const { by } = /X-Forwarded-Server: (?<by>\S+)/.exec(anna.text)?.groups ?? {};
    for (let turn = 0; turn < 7; turn++) {
      expect(await anna.ask('/')).toBe(first);
      expect(anna.text).toContain(`X-Forwarded-Server: ${by}`);
    }
  });

  it('is private from the challenge on, before anybody has logged in', async () => {
    const { engine } = await setUp(1);
    const anna = clientOf(engine.port);
    expect(await anna.ask('/')).toBe('401 who are you?');
    const bert = clientOf(engine.port);
    await bert.ask('/', loginOf('bert'));
    expect(await anna.ask('/')).toBe('401 who are you?');
    const [, onAnna] = /on (\d+)/.exec(await anna.ask('/', loginOf('anna'))) ?? [];
    const [, onBert] = /on (\d+)/.exec(await bert.ask('/')) ?? [];
    expect(onAnna).not.toBe(onBert);
  });

  it('ends with the connection of its client', async () => {
    const { engine, servers } = await setUp(1);
    const anna = clientOf(engine.port);
    await anna.ask('/', loginOf('anna'));
    const open = () =>
      new Promise<number>((resolve) => servers[0]?.getConnections((_error, count) => resolve(count)));
    await until('the probe has left', async () => (await open()) === 1);
    anna.close();
    await until('nothing is open', async () => (await open()) === 0);
  });

  it('is given up when its backend is taken out: the client logs in elsewhere', async () => {
    const { engine, urls } = await setUp(2, { policy: 'first-available' });
    const anna = clientOf(engine.port);
    await anna.ask('/', loginOf('anna'));
    await engine.engine.setAdmin({ pool: 'p', backend: nameOf(urls[0] ?? ''), state: 'draining' });
    expect(await anna.ask('/')).toBe('401 who are you?');
    expect(anna.text).toContain(`X-Forwarded-Server: ${urls[1]}`);
    expect(await anna.ask('/', loginOf('anna'))).toMatch(/^200 hello anna/);
  });

  it('goes on after a refusal of a request with a body, as a login with POST needs it', async () => {
    const { engine } = await setUp(1);
    const anna = clientOf(engine.port);
    anna.send('POST /up HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhello');
    await anna.receives(/who are you\?/);
    const first = await anna.ask('/', loginOf('anna'));
    expect(first).toMatch(/^200 hello anna/);
    expect(await anna.ask('/', 'Content-Length: 0\r\n')).toBe(first);
  });
});

it('three users of curl at once are each served as who they are', { timeout: 60_000 }, async () => {
  if (!isInstalled(CURL)) return;
  const { engine } = await setUp(2);
  const users = ['anna', 'bert', 'cleo'];
  const urls = Array.from({ length: 10 }, (_, at) => `${engine.url}/${at}`);
  const outputs = await Promise.all(
    users.map(async (user) => (await run(CURL, ['-s', '--ntlm', '-u', `${user}:x`, ...urls])).stdout),
  );
  for (const [at, user] of users.entries()) {
    const lines = (outputs[at] ?? '').trim().split('\n');
    expect(lines.map((line) => line.split(' ').slice(0, 3).join(' '))).toEqual(
      urls.map((_, index) => `hello ${user} /${index}`),
    );
  }
});
