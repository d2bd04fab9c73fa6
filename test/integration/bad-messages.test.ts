import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answering, type RawBackend, startRawBackend } from '../support/raw-backend.ts';
import { RawClient } from '../support/raw-client.ts';
import { oneConfig, startEngine, type TestEngine } from '../support/test-engine.ts';

let backend: RawBackend;
let engine: TestEngine;
beforeAll(async () => {
  backend = await startRawBackend(answering('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok'));
  engine = await startEngine(
    oneConfig([backend.url], {}, { limits: { body: 1_000 }, timeouts: { head: '300ms' } }),
  );
  await engine.settle();
});
afterAll(async () => {
  await engine.stop();
  await backend.stop();
});

const seen = () => backend.received.filter((text) => !text.includes('switchyard-probe')).join('');

describe('a bad request is refused, its connection closed, and no backend hears of it', () => {
  it.each<[string, string, number]>([
    ['bare LF', 'GET / HTTP/1.1\nHost: x\n\n', 400],
    ['HTTP/0.9', 'GET /\r\n', 400],
    ['the preface of HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 400],
    ['a TLS handshake', '\x16\x03\x01\x02\x00\x01', 400],
    ['no Host', 'GET / HTTP/1.1\r\n\r\n', 400],
    [
      'both lengths',
      'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      400,
    ],
    ['a head that is too large', `GET / HTTP/1.1\r\nHost: x\r\nA: ${'a'.repeat(20_000)}\r\n\r\n`, 431],
    ['a head that is too large and never ends', `GET / HTTP/1.1\r\nHost: x\r\nA: ${'a'.repeat(20_000)}`, 431],
    ['too many lines', `GET / HTTP/1.1\r\nHost: x\r\n${'A: b\r\n'.repeat(101)}\r\n`, 431],
    ['a long target', `GET /${'a'.repeat(9_000)} HTTP/1.1\r\nHost: x\r\n\r\n`, 414],
    [
      'a target longer than a whole head may be',
      `GET /${'a'.repeat(20_000)} HTTP/1.1\r\nHost: x\r\n\r\n`,
      414,
    ],
    ['a target that never ends', `GET /${'a'.repeat(20_000)}`, 414],
    ['a body that is too large', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1001\r\n\r\n', 413],
    ['CONNECT', 'CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n\r\n', 405],
    ['a head that does not come in time', 'GET / HTTP/1.1\r\nHost: x\r\n', 408],
  ])('%s', async (_name, text, status) => {
    const client = new RawClient(engine.port).send(text);
    expect(await client.ends()).toMatch(new RegExp(`^HTTP/1.1 ${status} [\\s\\S]*Connection: close\r\n`));
    expect(client.text.match(/^HTTP\/1\.1 /gm)).toHaveLength(1);
    client.close();
    expect(seen()).toBe('');
  });

  it('a bad chunk after a good start is refused, and the backend never gets a whole request', async () => {
    const client = new RawClient(engine.port);
    client.send('POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nWiki\r\n');
    await expect.poll(seen).toContain('Wiki');
    client.send('xyz\r\n');
    expect(await client.ends()).toMatch(/^HTTP\/1.1 400 /);
    expect(seen()).not.toContain('\r\n0\r\n');
    await expect
      .poll(() => [...backend.sockets].filter((socket) => !socket.destroyed && !socket.readableEnded))
      .toHaveLength(0);
  });

  it('a chunked body that grows too large is refused, and what follows it is never read as a request', async () => {
    const client = new RawClient(engine.port);
    const body = `400\r\n${'a'.repeat(1_024)}\r\n0\r\n\r\n`;
    client.send(
      `POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n${body}GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n`,
    );
    expect(await client.ends()).toMatch(/^HTTP\/1.1 413 /);
    expect(client.text.match(/^HTTP\/1\.1 /gm)).toHaveLength(1);
    expect(seen()).not.toContain('smuggled');
    client.close();
  });

  it('serves the next client as if nothing had happened', async () => {
    const client = new RawClient(engine.port).send('GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
    expect(await client.ends()).toMatch(/ok$/);
  });
});

describe('a bad answer is a 502, and its connection is thrown away', () => {
  it.each([
    ['nonsense', 'hello\r\n\r\n'],
    ['both lengths', 'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n'],
    ['CR alone', 'HTTP/1.1 200 OK\r\nA: b\rc\r\nContent-Length: 0\r\n\r\n'],
    ['a folded length', 'HTTP/1.1 200 OK\r\nContent-Length: 1\r\n 0\r\n\r\n'],
  ])('%s', async (_name, text) => {
    const bad = await startRawBackend(answering(text));
    const own = await startEngine(oneConfig([bad.url]));
    await own.settle();
    const client = new RawClient(own.port).send('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    expect(await client.receives(/could not be understood/)).toMatch(/^HTTP\/1.1 502 /);
    await expect.poll(() => bad.sockets.size).toBe(0);
    client.close();
    await own.stop();
    await bad.stop();
  });

  it('a chunk that goes wrong half-way cuts the client short, visibly', async () => {
    const bad = await startRawBackend(
      answering('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nzz\r\n'),
    );
    const own = await startEngine(oneConfig([bad.url]));
    await own.settle();
    const client = new RawClient(own.port).send('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    const answer = await client.ends();
    expect(answer).toContain('3\r\nabc\r\n');
    expect(answer).not.toContain('0\r\n\r\n');
    client.close();
    await own.stop();
    await bad.stop();
  });
});
