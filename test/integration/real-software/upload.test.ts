import { createHash } from 'node:crypto';
import { createServer, request as httpRequest, type IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Busboy } from '@fastify/busboy';
import { afterEach, expect, it } from 'vitest';
import { listening } from '../../support/listening.ts';
import { nameOf, oneConfig, startEngine } from '../../support/test-engine.ts';
import { until } from '../../support/until.ts';

const listen = listening();
const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

const MB = 1_048_576;
const TYPE = 'multipart/form-data; boundary=limit';
const HEAD = '--limit\r\nContent-Disposition: form-data; name="file"; filename="big.bin"\r\n\r\n';
const TAIL = '\r\n--limit--\r\n';

interface Received {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** Takes the one file of a form, chunk by chunk. */
function receive(request: IncomingMessage): Promise<Received> {
  return new Promise((resolve, reject) => {
    const type = request.headers['content-type'] ?? '';
    const form = new Busboy({ headers: { 'content-type': type }, limits: { fileSize: Infinity } });
    const hash = createHash('sha256');
    let bytes = 0;
    let name = '';
    form.on('file', (_field, file, filename) => {
      name = filename;
      file.on('data', (chunk: Buffer) => {
        hash.update(chunk);
        bytes += chunk.length;
      });
    });
    form.on('finish', () => resolve({ name, bytes, sha256: hash.digest('hex') }));
    form.on('error', reject);
    request.pipe(form);
  });
}

async function setUp(onUpload: (request: IncomingMessage) => Promise<Received>) {
  const server = createServer(async (request, response) => {
    if (request.method !== 'POST') return void response.end();
    response.end(JSON.stringify(await onUpload(request)));
  });
  const url = `http://127.0.0.1:${await listen(server)}`;
  const engine = await startEngine(oneConfig([url]));
  stops.push(engine.stop);
  await engine.settle();
  return { engine, name: nameOf(url) };
}

it('200 MB arrive as they were sent, and wait at the client while the server does not read', async () => {
  let goOn = () => {};
  const mayRead = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  const { engine } = await setUp(async (request) => {
    await mayRead;
    return receive(request);
  });
  const hash = createHash('sha256');
  let sent = 0;
  function* body() {
    yield Buffer.from(HEAD);
    for (let at = 0; at < 200; at++) {
      const chunk = Buffer.alloc(MB, `part ${at} `);
      hash.update(chunk);
      sent += chunk.length;
      yield chunk;
    }
    yield Buffer.from(TAIL);
  }
  const request = httpRequest(`${engine.url}/upload`, { method: 'POST', headers: { 'Content-Type': TYPE } });
  const answered = new Promise<string>((resolve, reject) => {
    request.on('error', reject).on('response', async (answer) => {
      let text = '';
      for await (const chunk of answer) text += chunk;
      resolve(text);
    });
  });
  const written = pipeline(Readable.from(body()), request);
  let before = -1;
  let unchanged = 0;
  await until('the client waits', () => {
    unchanged = sent === before && sent > 0 ? unchanged + 1 : 0;
    before = sent;
    return unchanged === 20;
  });
  // The kernel keeps some megabytes at each of the two connections; the balancer must not add what it cannot pass on.
  expect(sent).toBeLessThan(40 * MB);
  goOn();
  await written;
  expect(JSON.parse(await answered)).toEqual({
    name: 'big.bin',
    bytes: 200 * MB,
    sha256: hash.digest('hex'),
  });
});

it('an upload given up half-way ends at the server too, and is in flight no more', async () => {
  let aborted = false;
  let arrived = 0;
  const { engine, name } = await setUp((request) => {
    request.on('data', (chunk: Buffer) => {
      arrived += chunk.length;
    });
    request.on('aborted', () => {
      aborted = true;
    });
    return new Promise(() => {});
  });
  const request = httpRequest(`${engine.url}/upload`, {
    method: 'POST',
    headers: { 'Content-Type': TYPE, 'Content-Length': 2 * MB },
  });
  request.on('error', () => {});
  request.write(Buffer.concat([Buffer.from(HEAD), Buffer.alloc(MB)]));
  await until('half of it has arrived', () => arrived >= MB);
  request.destroy();
  await until('the server knows', () => aborted);
  await until('it is in flight no more', async () => (await engine.backend(name)).counters.inFlight === 0);
});
