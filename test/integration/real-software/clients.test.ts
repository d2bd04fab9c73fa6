import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { Pool, request as undiciRequest } from 'undici';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listening } from '../../support/listening.ts';
import { oneConfig, startEngine, type TestEngine } from '../../support/test-engine.ts';
import { until } from '../../support/until.ts';

/** A body that is a stream has to say so (https://fetch.spec.whatwg.org/#dom-requestinit-duplex). */
type Streaming = RequestInit & { readonly duplex: 'half' };

const run = promisify(execFile);
const listen = listening();
let engine: TestEngine;
afterEach(() => engine.stop());

/** Answers with what it was sent: method, target, protocol and the hash of the body. */
beforeEach(async () => {
  const server = createServer(async (request, response) => {
    const { method, url, httpVersion } = request;
    // A client that gives up cuts its request short: there is nobody to answer then.
    const body = await bytesOf(request).catch(() => null);
    if (body === null) return;
    const hash = createHash('sha256').update(body).digest('hex');
    response.setHeader('Content-Type', 'application/json');
    response.end(
      JSON.stringify({ method, url, httpVersion, length: body.length, hash, expect: request.headers.expect }),
    );
  });
  engine = await startEngine(oneConfig([`http://127.0.0.1:${await listen(server)}`]));
  await engine.settle();
});

async function bytesOf(message: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of message) parts.push(part);
  return Buffer.concat(parts);
}

const bytes = Buffer.from(Array.from({ length: 3_000_000 }, (_, index) => index % 251));
const hash = createHash('sha256').update(bytes).digest('hex');

describe('curl', () => {
  const curl = async (...args: string[]) => {
    const { stdout } = await run('curl', ['--silent', '--show-error', '--max-time', '20', ...args]);
    return stdout;
  };
  const file = () => {
    const path = join(mkdtempSync(join(tmpdir(), 'switchyard-curl-')), 'bytes');
    writeFileSync(path, bytes);
    return path;
  };

  it('keeps its connection from one URL to the next', async () => {
    const said = await curl('--write-out', ' %{num_connects}\n', `${engine.url}/a`, `${engine.url}/b`);
    expect(
      said
        .trim()
        .split('\n')
        .map((line) => line.split(' ').at(-1)),
    ).toEqual(['1', '0']);
  });

  it.each([
    ['--upload-file', ['--upload-file', '@'], 'PUT'],
    ['chunks', ['--upload-file', '@', '--header', 'Transfer-Encoding: chunked'], 'PUT'],
    ['Expect', ['--upload-file', '@', '--header', 'Expect: 100-continue'], 'PUT'],
    ['--data-binary', ['--data-binary', '@@'], 'POST'],
  ])('sends a body by %s', async (_how, args, method) => {
    const path = file();
    const named = args.map((arg) => (arg === '@' ? path : arg === '@@' ? `@${path}` : arg));
    expect(JSON.parse(await curl(...named, `${engine.url}/up`))).toMatchObject({
      method,
      length: bytes.length,
      hash,
    });
  });

  it('asks for the head alone', async () => {
    expect(await curl('--head', engine.url)).toMatch(/^HTTP\/1\.1 200 OK\r\n[\s\S]*\r\n\r\n$/);
  });

  it('speaks HTTP/1.0, and is answered so that it understands', async () => {
    const said = await curl('--http1.0', '--include', `${engine.url}/old`);
    expect(said).not.toMatch(/transfer-encoding/i);
    expect(JSON.parse(said.split('\r\n\r\n')[1] ?? '')).toMatchObject({ url: '/old', httpVersion: '1.1' });
  });

  it('asks for HTTP/2 by upgrade, and is served in HTTP/1.1', async () => {
    const said = await curl('--http2', '--write-out', ' %{http_version}', `${engine.url}/two`);
    expect(said).toMatch(/"url":"\/two".* 1\.1$/);
  });
});

describe('undici', () => {
  it('pipelines, and gets its answers in order', async () => {
    const pool = new Pool(engine.url, { connections: 1, pipelining: 10 });
    const all = Array.from({ length: 50 }, async (_, index) => {
      const { body } = await pool.request({ path: `/${index}`, method: 'GET' });
      return ((await body.json()) as { url: string }).url;
    });
    expect(await Promise.all(all)).toEqual(Array.from({ length: 50 }, (_, index) => `/${index}`));
    await pool.close();
  });

  it('streams a body of unknown length', async () => {
    async function* parts() {
      for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536);
    }
    const { statusCode, body } = await undiciRequest(`${engine.url}/up`, {
      method: 'POST',
      body: Readable.from(parts()),
    });
    expect([statusCode, await body.json()]).toMatchObject([200, { length: bytes.length, hash }]);
  });
});

describe("Node's fetch", () => {
  it('sends a form, and a stream', async () => {
    const form = new FormData();
    form.set('file', new Blob([bytes]), 'bytes');
    const sent = await fetch(`${engine.url}/form`, { method: 'POST', body: form });
    expect(((await sent.json()) as { length: number }).length).toBeGreaterThan(bytes.length);
    const stream = new Blob([bytes]).stream();
    const init: Streaming = { method: 'POST', body: stream, duplex: 'half' };
    const streamed = await fetch(`${engine.url}/up`, init);
    expect(await streamed.json()).toMatchObject({ length: bytes.length, hash });
  });

  it('is let go when it gives up half-way', async () => {
    const aborted = new AbortController();
    const init: Streaming = {
      method: 'POST',
      duplex: 'half',
      signal: aborted.signal,
      body: new ReadableStream({ start: (controller) => controller.enqueue(bytes.subarray(0, 1_000)) }),
    };
    const asked = fetch(`${engine.url}/up`, init).catch((error: Error) => error.name);
    const inFlight = async () => (await engine.snapshot()).pools[0]?.backends[0]?.counters.inFlight;
    await until('it is in flight', async () => (await inFlight()) === 1);
    aborted.abort();
    expect(await asked).toBe('AbortError');
    await until('it is not in flight any more', async () => (await inFlight()) === 0);
    expect((await engine.engine.exchanges({ limit: 1 }))[0]).toMatchObject({ status: 499, bytesIn: 1_000 });
  });
});
