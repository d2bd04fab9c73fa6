import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express from 'express';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { listening } from '../../support/listening.ts';
import { oneConfig, startEngine } from '../../support/test-engine.ts';

const listen = listening();
const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

let base = '';
let port = 0;
let goOn = () => {};

beforeEach(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'switchyard-express-'));
  stops.push(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, 'digits.txt'), '0123456789');
  const app = express();
  app.set('trust proxy', 'loopback');
  app.get('/', (_request, response) => void response.send('home'));
  app.get('/seen', ({ ip, protocol, hostname, host }, response) => {
    response.json({ ip, protocol, hostname, host });
  });
  app.get('/cookies', (_request, response) => {
    response.cookie('a', '1').cookie('b', '2', { httpOnly: true }).send('set');
  });
  app.get('/away', (_request, response) => response.redirect('/seen?from=away'));
  app.get('/streamed', (_request, response) => {
    response.write('first');
    goOn = () => response.end('second');
  });
  app.post('/echo', express.json({ limit: '20mb' }), (request, response) => void response.json(request.body));
  app.use('/files', express.static(folder));
  const backend = await listen(createServer(app));
  const engine = await startEngine(oneConfig([`http://127.0.0.1:${backend}`]));
  stops.push(engine.stop);
  await engine.settle();
  port = engine.port;
  base = `http://127.0.0.1:${port}`;
});

it('an app that trusts its proxy sees who asked, by what and for which host', async () => {
  const answer = await fetch(`${base}/seen`);
  expect(answer.headers.get('x-powered-by')).toBe('Express');
  expect(await answer.json()).toEqual({
    ip: '127.0.0.1',
    protocol: 'http',
    hostname: '127.0.0.1',
    host: `127.0.0.1:${port}`,
  });
});

it('two cookies stay two', async () => {
  const { headers } = await fetch(`${base}/cookies`);
  expect(headers.getSetCookie()).toEqual(['a=1; Path=/', 'b=2; Path=/; HttpOnly']);
});

it('a redirect leads to the balancer, not to the backend', async () => {
  const first = await fetch(`${base}/away`, { redirect: 'manual' });
  expect([first.status, first.headers.get('location')]).toEqual([302, '/seen?from=away']);
  const followed = await fetch(`${base}/away`);
  expect([followed.status, followed.url]).toEqual([200, `${base}/seen?from=away`]);
});

it('a file is there in part, whole, or not changed', async () => {
  const file = `${base}/files/digits.txt`;
  const part = await fetch(file, { headers: { Range: 'bytes=2-5' } });
  expect([part.status, part.headers.get('content-range')]).toEqual([206, 'bytes 2-5/10']);
  expect(await part.text()).toBe('2345');
  const beyond = await fetch(file, { headers: { Range: 'bytes=99-' } });
  expect([beyond.status, beyond.headers.get('content-range')]).toEqual([416, 'bytes */10']);
  const whole = await fetch(file);
  expect(await whole.text()).toBe('0123456789');
  // Fetch asks for no-cache of itself, which Express would answer in full.
  const status = await new Promise((resolve, reject) =>
    httpRequest(file, { headers: { 'If-None-Match': whole.headers.get('etag') ?? '' } }, (answer) => {
      answer.resume().on('end', () => resolve(answer.statusCode));
    })
      .on('error', reject)
      .end(),
  );
  expect(status).toBe(304);
});

it('HEAD has the head alone, and OPTIONS tells the methods', async () => {
  const head = await fetch(`${base}/files/digits.txt`, { method: 'HEAD' });
  expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([200, '10', '']);
  const options = await fetch(`${base}/echo`, { method: 'OPTIONS' });
  expect([options.status, options.headers.get('allow')]).toEqual([200, 'POST']);
});

it('a streamed answer arrives as it is written', async () => {
  const answer = await fetch(`${base}/streamed`);
  const reader = answer.body?.getReader();
  const read = async () => Buffer.from((await reader?.read())?.value ?? []).toString();
  expect(await read()).toBe('first');
  goOn();
  expect(await read()).toBe('second');
});

it('ten megabytes of JSON go there and back', async () => {
  const sent = JSON.stringify({ text: 'ü'.repeat(5_000_000) });
  const answer = await fetch(`${base}/echo`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: sent,
  });
  const hash = (text: string) => createHash('sha256').update(text).digest('hex');
  expect(answer.status).toBe(200);
  expect(hash(await answer.text())).toBe(hash(sent));
});

it('what expects to be told to go on is, before it sends its body', async () => {
  const told: string[] = [];
  const text = await new Promise<string>((resolve, reject) => {
    const headers = { Expect: '100-continue', 'Content-Type': 'application/json', 'Content-Length': 8 };
    const request = httpRequest(`${base}/echo`, { method: 'POST', headers }, async (answer) => {
      let body = '';
      for await (const chunk of answer) body += chunk;
      resolve(body);
    });
    request.on('continue', () => {
      told.push('go on');
      request.end('{"a":42}');
    });
    request.on('error', reject);
    request.flushHeaders();
  });
  expect([told, text]).toEqual([['go on'], '{"a":42}']);
});
