import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { Agent, get } from 'node:https';
import { join } from 'node:path';
import { type ConnectionOptions, connect as connectTls, type TLSSocket } from 'node:tls';
import { promisify } from 'node:util';
import { Client } from 'undici';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import WebSocket, { WebSocketServer } from 'ws';
import { TrafficRun } from '../../electron/services/traffic/traffic-run.ts';
import type { Config } from '../../shared/config/config.ts';
import { curlCommand } from '../../shared/text/curl.ts';
import type { TrafficPlan, TrafficProgress } from '../../shared/view/traffic.ts';
import { CertificateFolder } from '../support/certificates.ts';
import { type RawBackend, startRawBackend } from '../support/raw-backend.ts';
import { RawClient } from '../support/raw-client.ts';
import { oneConfig, startEngine, type TestEngine } from '../support/test-engine.ts';
import { until } from '../support/until.ts';

const run = promisify(execFile);
const certificates = new CertificateFolder();
const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello';
let ca = '';
beforeAll(async () => {
  ca = await certificates.renew();
});
afterAll(() => certificates.remove());

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

/** A listener that speaks https before one backend. */
async function serve(
  answer: (socket: import('node:net').Socket) => void = (socket) => socket.write(OK),
  listener: object = {},
): Promise<TestEngine & { readonly backend1: RawBackend; readonly config: Config }> {
  const backend1 = await startRawBackend(answer);
  stops.push(() => backend1.stop());
  const config = oneConfig(
    [backend1.url],
    { healthCheck: { type: 'off' } },
    { tls: certificates.tls, ...listener },
  );
  const engine = await startEngine(await certificates.load(config));
  stops.push(() => engine.stop());
  return { ...engine, backend1, config };
}

async function dial(port: number, options: ConnectionOptions = {}): Promise<TLSSocket & { text: string }> {
  const how: ConnectionOptions & { allowHalfOpen: true } = {
    port,
    host: '127.0.0.1',
    ca,
    allowHalfOpen: true,
  };
  const socket = connectTls({ ...how, ...options });
  stops.push(() => socket.destroy());
  const client = Object.assign(socket, { text: '' });
  socket.on('data', (bytes) => {
    client.text += String(bytes);
  });
  await once(socket, 'secureConnect');
  return client;
}

describe('how it is encrypted', () => {
  /** As openssl s_client -cipher does; level 0 lets the client offer what is old. */
  const offer = (ciphers: string, maxVersion: 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3' = 'TLSv1.2') => ({
    ciphers: `${ciphers}:@SECLEVEL=0`,
    minVersion: 'TLSv1' as const,
    maxVersion,
  });

  it.each([
    ['TLS 1.3', 'DEFAULT:TLS_AES_128_GCM_SHA256', 'TLSv1.3', 'TLS_AES_128_GCM_SHA256'],
    ['TLS 1.2', 'ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES128-GCM-SHA256', 'TLSv1.2', 'AES128-GCM'],
    ['TLS 1.2', 'ECDHE-RSA-CHACHA20-POLY1305:ECDHE-ECDSA-CHACHA20-POLY1305', 'TLSv1.2', 'CHACHA20'],
  ] as const)(
    '%s with %s is spoken, also after the certificate was renewed',
    async (_, ciphers, version, name) => {
      const { port, engine, config } = await serve();
      for (const isRenewed of [false, true]) {
        if (isRenewed) {
          ca = await certificates.renew();
          await engine.apply({ config: await certificates.load(config), options: { keepGoing: false } });
        }
        const client = await dial(port, offer(ciphers, version));
        expect(client.getProtocol()).toBe(version);
        expect(client.getCipher().name).toContain(name);
      }
    },
  );

  it.each([
    ['TLS 1.1', 'ALL', 'TLSv1.1'],
    ['CBC with SHA-1', 'ECDHE-RSA-AES128-SHA:ECDHE-ECDSA-AES128-SHA:AES128-SHA', 'TLSv1.2'],
    ['CBC with SHA-256', 'ECDHE-RSA-AES128-SHA256:ECDHE-ECDSA-AES128-SHA256', 'TLSv1.2'],
    ['no forward secrecy', 'AES128-GCM-SHA256:AES256-GCM-SHA384', 'TLSv1.2'],
    ['no encryption', 'NULL', 'TLSv1.2'],
    ['no authentication', 'aNULL', 'TLSv1.2'],
  ] as const)('%s is not', async (_, ciphers, version) => {
    const { port } = await serve();
    await expect(dial(port, offer(ciphers, version))).rejects.toMatchObject({
      code: expect.stringMatching(/ALERT|ECONNRESET/),
    });
  });
});

describe('real clients', () => {
  it('node:https, undici and curl get their answers, and the backend hears that it was https', async () => {
    const { port, backend1 } = await serve(undefined, { forwarded: true });
    const agent = new Agent({ ca, keepAlive: true });
    const answer = await new Promise<string>((resolve, reject) =>
      get({ port, host: 'localhost', family: 4, agent }, (response) => {
        response.on('data', (bytes) => resolve(`${response.statusCode} ${bytes}`));
      }).on('error', reject),
    );
    agent.destroy();
    expect(answer).toBe('200 hello');
    const client = new Client(`https://127.0.0.1:${port}`, { connect: { ca } });
    stops.push(() => client.close());
    const { body } = await client.request({ method: 'GET', path: '/' });
    expect(await body.text()).toBe('hello');
    const { stdout } = await run('curl', [
      ...['-s', '--max-time', '20', '--http1.1', '-w', ' %{http_version} %{ssl_verify_result}'],
      ...['--cacert', join(certificates.path, 'cert.pem'), `https://127.0.0.1:${port}/x`],
    ]);
    expect(stdout).toBe('hello 1.1 0');
    for (const text of backend1.received)
      expect(text).toMatch(/X-Forwarded-Proto: https\r\n[\s\S]*;proto=https\r\n/);
  });

  it('a request copied for curl is sent by it, over a certificate in a folder with an awkward name', async () => {
    const { port, backend1 } = await serve();
    const folder = join(certificates.path, "it's here");
    mkdirSync(folder);
    const certificatePath = join(folder, 'café.pem');
    writeFileSync(certificatePath, ca);
    const url = `https://127.0.0.1:${port}`;
    const head = `GET /x HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nX-A: 1\r\n`;
    const request = { url, certificatePath, method: 'GET', target: '/x', head, body: null };
    const command = curlCommand(request, true).replace(/^curl /, 'curl -sS --max-time 20 ');
    expect((await run('sh', ['-c', command])).stdout).toBe('hello');
    expect(backend1.received[0]).toMatch(/^GET \/x HTTP\/1\.1\r\nHost: 127\.0\.0\.1:\d+\r\nX-A: 1\r\n/);
  });

  it('a client that offers HTTP/2 too is answered over HTTP/1.1; one that wants nothing else is turned away', async () => {
    const { port } = await serve();
    const client = await dial(port, { ALPNProtocols: ['h2', 'http/1.1'] });
    expect(client.alpnProtocol).toBe('http/1.1');
    await expect(dial(port, { ALPNProtocols: ['h2'] })).rejects.toMatchObject({
      code: 'ERR_SSL_TLSV1_ALERT_NO_APPLICATION_PROTOCOL',
    });
  });

  it('a WebSocket goes both ways, and closes', async () => {
    const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
    stops.push(() => server.close());
    server.on('connection', (socket) => socket.on('message', (data) => socket.send(`echo ${data}`)));
    await once(server, 'listening');
    const address = server.address();
    const url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
    const config = oneConfig([url], { healthCheck: { type: 'off' } }, { tls: certificates.tls });
    const engine = await startEngine(await certificates.load(config));
    stops.push(() => engine.stop());
    const socket = new WebSocket(`wss://127.0.0.1:${engine.port}/`, { ca });
    await once(socket, 'open');
    socket.send('hi');
    const [data] = await once(socket, 'message');
    expect(String(data)).toBe('echo hi');
    socket.close(1000);
    const [code] = await once(socket, 'close');
    expect(code).toBe(1000);
  });
});

describe('the wire below HTTP', () => {
  it('pipelined requests are answered in order, and a half-closed client gets its answer', async () => {
    const { port } = await serve();
    const client = await dial(port);
    client.end('GET /1 HTTP/1.1\r\nHost: h\r\n\r\nGET /2 HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n');
    await once(client, 'end');
    expect(client.text.match(/HTTP\/1\.1 200/g)).toHaveLength(2);
  });

  it('a malformed request is a 400, as over plain http', async () => {
    const { port } = await serve();
    const client = await dial(port);
    client.write('GET / HTTP/1.1\nHost: h\n\n');
    await once(client, 'end');
    expect(client.text).toMatch(/^HTTP\/1\.1 400 /);
  });

  it('an answer that the backend cuts short is reset, not ended', async () => {
    const { port } = await serve((socket) => {
      socket.write('HTTP/1.1 200 OK\r\n\r\nhalf');
      setTimeout(() => socket.resetAndDestroy(), 50);
    });
    const client = await dial(port);
    let code = '';
    client.on('error', (error: NodeJS.ErrnoException) => {
      code = error.code ?? '';
    });
    client.write('GET / HTTP/1.0\r\nHost: h\r\n\r\n');
    await until('it is closed', () => client.closed);
    expect([client.text.endsWith('half'), code]).toEqual([true, 'ECONNRESET']);
  });

  it('a slow reader stops its writer, and gets all of it in the end', async () => {
    // Far more than the system keeps for all the sockets on the way.
    const size = 64 * 1024 * 1024;
    let waiting = () => 0;
    const { port } = await serve((socket) => {
      waiting = () => socket.writableLength;
      socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${size}\r\n\r\n`);
      socket.write(Buffer.alloc(size, 'x'));
    });
    const client = await dial(port);
    client.write('GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n');
    await once(client, 'data');
    client.pause();
    let before = -1;
    const isStill = () => {
      const now = waiting();
      const still = before === now;
      before = now;
      return still;
    };
    await until('the writer has stopped', isStill);
    expect(waiting()).toBeGreaterThan(0);
    client.resume();
    await once(client, 'end');
    expect(client.text.length).toBeGreaterThan(size);
  });

  it('plain http is told to use https; what is neither is closed', async () => {
    const { port, backend1 } = await serve();
    const plain = new RawClient(port).send('GET / HTTP/1.1\r\nHost: h\r\n\r\n');
    expect(await plain.ends()).toMatch(/^HTTP\/1\.1 400 [\s\S]*speaks https/);
    const other = new RawClient(port).send('\u0001\u0002');
    expect(await other.ends()).toBe('');
    expect(backend1.received).toEqual([]);
  });

  it('who never finishes the handshake keeps neither others out nor the listener from closing', async () => {
    const { port, engine } = await serve();
    const silent = new RawClient(port);
    const halfway = new RawClient(port).send('\u0016\u0003\u0001\u0002\u0000\u0001');
    await dial(port);
    await until(
      'both are in',
      () => silent.socket.readyState === 'open' && halfway.socket.readyState === 'open',
    );
    await engine.stop({ graceMs: 100 });
    await silent.ends();
    await halfway.ends();
  });
});

describe('while it runs', () => {
  it('a new certificate is for new connections; one that is open keeps going', async () => {
    const { port, engine, backend1, pushes } = await serve();
    const kept = await dial(port);
    const first = kept.getPeerX509Certificate()?.fingerprint256;
    const before = ca;
    ca = await certificates.renew();
    const config = oneConfig([backend1.url], { healthCheck: { type: 'off' } }, { tls: certificates.tls });
    await engine.apply({ config: await certificates.load(config), options: { keepGoing: false } });
    const fresh = await dial(port);
    const second = fresh.getPeerX509Certificate()?.fingerprint256;
    expect(second).not.toBe(first);
    await expect(dial(port, { ca: before })).rejects.toThrow();
    kept.write('GET / HTTP/1.1\r\nHost: h\r\n\r\n');
    await until('it is answered', () => kept.text.includes('hello'));
    const summaries = pushes.flatMap(({ payload }) => ('summary' in payload ? [payload.summary] : []));
    expect(summaries).toEqual(['another certificate for listener 127.0.0.1:0']);
  });

  it('https is switched on and off on the same port, and open connections stay', async () => {
    const { port, engine, backend1 } = await serve();
    const kept = await dial(port);
    const plainConfig = oneConfig([backend1.url], { healthCheck: { type: 'off' } });
    await engine.apply({ config: plainConfig, options: { keepGoing: false } });
    const plain = new RawClient(port).send('GET / HTTP/1.1\r\nHost: h\r\n\r\n');
    await plain.receives('hello');
    plain.close();
    kept.write('GET / HTTP/1.1\r\nHost: h\r\n\r\n');
    await until('it is answered', () => kept.text.includes('hello'));
    expect((await engine.snapshot(null)).listeners[0]).toMatchObject({
      url: `http://127.0.0.1:${port}`,
      tls: null,
    });
  });

  it('a backend that leads back to its own listener is found out, through TLS twice', async () => {
    const { port, engine } = await serve();
    const server = { url: `https://127.0.0.1:${port}`, insecure: true };
    const config = oneConfig(
      [],
      { servers: [server], healthCheck: { type: 'off' } },
      { tls: certificates.tls },
    );
    await engine.apply({ config: await certificates.load(config), options: { keepGoing: false } });
    const client = await dial(port);
    client.write('GET / HTTP/1.1\r\nHost: h\r\n\r\n');
    await until('it is answered', () => client.text.startsWith('HTTP/1.1 508 '));
  });

  it('a recorded request is sent again, and traffic is sent, to the very certificate of the listener', async () => {
    const { port, engine, snapshot, url } = await serve();
    await engine.watch(null);
    const client = await dial(port);
    client.write('GET /x HTTP/1.1\r\nHost: h\r\n\r\n');
    await until('it is answered', () => client.text.includes('hello'));
    const [record] = await until('it is recorded', async () => {
      const some = await engine.exchanges({ limit: 1 });
      return some.length > 0 ? some : null;
    });
    const again = await engine.sendAgain({ id: record?.id ?? 0, backend: null });
    expect(again).toMatchObject({ ok: true });
    const { tls = null } = (await snapshot()).listeners[0] ?? {};
    expect(tls).toMatchObject({ isSelfSigned: false, certificatePath: join(certificates.path, 'cert.pem') });
    const plan: TrafficPlan = {
      ...{
        listener: 'l',
        pool: 'p',
        method: 'GET',
        headers: [],
        body: '',
        paths: [{ path: '/', weight: 1 }],
      },
      load: { kind: 'count', requests: 20, concurrency: 2 },
    };
    const sendTo = async (fingerprint: string): Promise<TrafficProgress['answers']> => {
      const told: TrafficProgress[] = [];
      const job = { plan, url, tls: tls && { ...tls, fingerprint } };
      const traffic = new TrafficRun(job, (progress) => told.push(progress));
      stops.push(() => traffic.stop());
      traffic.start();
      await until('the run is over', () => told.at(-1)?.state === 'done', 20_000);
      return told.at(-1)?.answers ?? {};
    };
    expect(await sendTo(tls?.fingerprint ?? '')).toEqual({ 200: 20 });
    expect(Object.values(await sendTo('another'))).toEqual([20]);
    expect(await sendTo('another')).not.toHaveProperty('200');
  });
});
