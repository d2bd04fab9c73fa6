import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createHttpsServer } from 'node:https';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect as connectTls } from 'node:tls';
import { afterEach, describe, expect, it } from 'vitest';
import { createProbe } from '../../electron/engine/health/probe.ts';
import { listening, portOf } from '../support/listening.ts';
import { startRawBackend } from '../support/raw-backend.ts';
import { RawClient } from '../support/raw-client.ts';
import { oneConfig, startEngine } from '../support/test-engine.ts';
import { until } from '../support/until.ts';

const TLS = join(import.meta.dirname, '../support/tls');
const pair = { key: readFileSync(join(TLS, 'key.pem')), cert: readFileSync(join(TLS, 'cert.pem')) };
const listen = listening();
const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

/** A server that says this as soon as a client connects, as SSH, SMTP and MySQL do. */
const greeting = (text: string) =>
  createServer((socket) => socket.on('error', () => undefined).write(text, 'latin1'));
/** A server that says this to the first bytes of a client, as Redis does. */
const replying = (text: string) =>
  createServer((socket) =>
    socket.on('error', () => undefined).once('data', () => socket.write(text, 'latin1')),
  );

const MYSQL = 'J\0\0\0\x0a8.0.36\0\x08\0\0\0abcdefgh\0';
const SETTINGS = '\0\0\0\x04\0\0\0\0\0';

/** One probe, with 10 s of patience. */
async function probe(url: string) {
  const backend = oneConfig([url], { healthCheck: { timeout: '10s' } }).pools[0]?.backends[0];
  if (!backend) throw new Error('the test is wrong');
  return createProbe()(backend).result;
}

/** The response to one request, and how long it took. */
async function ask(url: string) {
  const engine = await startEngine(oneConfig([url], { healthCheck: { type: 'off' } }));
  stops.push(() => engine.stop());
  const from = performance.now();
  const client = new RawClient(engine.port).send('GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
  const text = await client.ends();
  client.close();
  return { text, ms: performance.now() - from };
}

describe('a backend that speaks another protocol is said to, at once', () => {
  it.each([
    [
      'SSH',
      greeting('SSH-2.0-OpenSSH_9.2p1\r\n'),
      'it speaks SSH, not HTTP: it began with "SSH-2.0-OpenSSH_9.2p1"',
    ],
    [
      'SMTP',
      greeting('220 mail.example ESMTP\r\n'),
      'it speaks SMTP or FTP, not HTTP: it began with "220 mail.example ESMTP"',
    ],
    ['MySQL', greeting(MYSQL), 'it speaks MySQL, not HTTP: it began with '],
    [
      'Redis',
      replying("-ERR wrong number of arguments for 'get' command\r\n"),
      'it speaks Redis, not HTTP: it began with ',
    ],
    ['HTTP/2 without TLS', replying(SETTINGS), 'it speaks HTTP/2 only; HTTP/1.1 is needed here'],
    ['a TLS alert', replying('\x15\x03\x01\0\x02\x02\x46'), 'it speaks TLS; write https:// in its URL'],
    [
      'a warning before the head',
      replying('PHP Warning:  Undefined variable $x\nHTTP/1.1 200 OK\r\n'),
      'its response begins with "PHP Warning:  Undefined variable $x" instead of HTTP/1.1',
    ],
  ])('%s', async (_name, server, words) => {
    const url = `http://127.0.0.1:${await listen(server)}`;
    const { text, ms } = await ask(url);
    expect(text).toMatch(/^HTTP\/1.1 502 /);
    expect(text).toContain(words);
    expect(ms).toBeLessThan(5_000);
    const result = await probe(url);
    expect(result.hasPassed).toBe(false);
    expect(result.words).toContain(words);
  });

  it('one that sends a status line byte by byte is waited for', async () => {
    const slow = await startRawBackend((socket) => {
      const bytes = [...'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok'];
      const next = () => {
        const byte = bytes.shift();
        if (byte !== undefined) socket.write(byte, () => setImmediate(next));
      };
      next();
    });
    stops.push(() => slow.stop());
    expect((await ask(slow.url)).text).toMatch(/^HTTP\/1.1 200 .*ok$/s);
  });
});

describe('http:// in the URL of a backend that speaks TLS', () => {
  const TLS_WORDS = 'it speaks TLS; write https:// in its URL';

  it('Node, which closes the connection without a word', async () => {
    const server = createHttpsServer(pair, (_request, response) => response.end());
    expect(await probe(`http://127.0.0.1:${await listen(server)}`)).toMatchObject({
      words: TLS_WORDS,
      cause: { kind: 'speaks-tls' },
    });
  });

  it('OpenSSL', async () => {
    const port = await freePort();
    start('openssl', ['s_server', '-accept', `127.0.0.1:${port}`, '-quiet', ...pairArguments()]);
    await connectable(port);
    expect(await probe(`http://127.0.0.1:${port}`)).toMatchObject({ words: TLS_WORDS });
  });

  it('nginx, which responds 400', async () => {
    const port = await freePort();
    const folder = mkdtempSync(join(tmpdir(), 'switchyard-nginx-'));
    stops.push(() => rmSync(folder, { recursive: true, force: true }));
    const config = `daemon off; pid ${folder}/pid; error_log ${folder}/errors; events {} http { access_log off;
      server { listen 127.0.0.1:${port} ssl; ssl_certificate ${TLS}/cert.pem; ssl_certificate_key ${TLS}/key.pem; } }`;
    writeFileSync(join(folder, 'nginx.conf'), config);
    start('/usr/sbin/nginx', ['-p', folder, '-c', join(folder, 'nginx.conf')], 'SIGTERM');
    await connectable(port);
    expect(await probe(`http://127.0.0.1:${port}`)).toMatchObject({ words: TLS_WORDS });
  });

  it('400 alone is not enough', async () => {
    const port = await listen(replying('HTTP/1.0 400 Bad Request\r\n\r\nno\n'));
    expect((await probe(`http://127.0.0.1:${port}`)).words).toBe('HEAD / answered 400');
  });

  it('a backend that only closes connections is not said to speak TLS', async () => {
    const server = createServer((socket) => socket.on('error', () => undefined).end());
    const { words } = await probe(`http://127.0.0.1:${await listen(server)}`);
    expect(words).toBe('connection closed without an answer');
  });
});

it('https:// in the URL of a backend that speaks plain http', async () => {
  const port = await listen(replying('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n'));
  const words = 'it does not speak TLS; write http:// in its URL';
  expect(await probe(`https://127.0.0.1:${port}`)).toMatchObject({ words, cause: { kind: 'not-tls' } });
});

describe('a client that speaks another protocol', () => {
  async function setUp() {
    const backend = await startRawBackend((socket) =>
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n'),
    );
    const engine = await startEngine(oneConfig([backend.url], { healthCheck: { type: 'off' } }));
    stops.push(
      () => backend.stop(),
      () => engine.stop(),
    );
    const refusal = async () => (await engine.engine.exchanges({ limit: 1 }))[0]?.refusal;
    return { engine, refusal };
  }

  it('TLS on a listener that speaks plain http', async () => {
    const { engine, refusal } = await setUp();
    const socket = connectTls({ port: engine.port, host: '127.0.0.1', rejectUnauthorized: false });
    await new Promise((resolve) => socket.on('error', resolve));
    expect(await refusal()).toEqual({
      code: 'speaks-tls',
      message:
        'The client speaks TLS, and this listener speaks plain http. Write http:// in the URL, or set "tls" on the listener.',
    });
  });

  it.each([
    ['SSH-2.0-OpenSSH_9.2p1\r\n', 'not-http', /speaks SSH, not HTTP/],
    ['*1\r\n$4\r\nPING\r\n', 'not-http', /speaks Redis, not HTTP/],
    ['PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 'not-http', /HTTP\/2 is not served/],
    ['hello\r\n', 'bad-request-line', /The request line "hello" is not "METHOD target HTTP\/1\.1"/],
  ])('%j', async (bytes, code, message) => {
    const { engine, refusal } = await setUp();
    const socket: Socket = connect(engine.port, '127.0.0.1').on('error', () => undefined);
    stops.push(() => socket.destroy());
    socket.write(bytes);
    await until('it is refused', async () => (await refusal()) !== undefined);
    expect(await refusal()).toMatchObject({ code, message: expect.stringMatching(message) });
  });
});

function pairArguments(): string[] {
  return ['-cert', join(TLS, 'cert.pem'), '-key', join(TLS, 'key.pem')];
}

function start(command: string, args: readonly string[], signal: NodeJS.Signals = 'SIGKILL'): ChildProcess {
  const child = spawn(command, args, { stdio: 'ignore' });
  stops.push(() => child.kill(signal));
  return child;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const port = portOf(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function connectable(port: number): Promise<void> {
  await until('it takes connections', () => {
    return new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => {
        socket.destroy();
        resolve(true);
      });
      socket.on('error', () => resolve(false));
    });
  });
}
