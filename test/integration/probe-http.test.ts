import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createNetServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { createProbe } from '../../electron/engine/health/probe.ts';
import { listening } from '../support/listening.ts';
import { oneConfig } from '../support/test-engine.ts';

const listen = listening();

function backendOf(port: number, healthCheck: object = {}, base = '') {
  const check = { timeout: '400ms', ...healthCheck };
  const backend = oneConfig([`http://127.0.0.1:${port}${base}`], { healthCheck: check }).pools[0]
    ?.backends[0];
  if (!backend) throw new Error('the test is wrong');
  return backend;
}

const serve = (handler: RequestListener) => listen(createServer(handler));
/** Answers by `METHOD /path`, and 404 otherwise. */
const byPath =
  (answers: Readonly<Record<string, number | string>>, seen: string[] = []) =>
  (request: IncomingMessage, response: ServerResponse) => {
    const what = `${request.method} ${request.url}`;
    seen.push(what);
    const answer = answers[what] ?? 404;
    if (typeof answer === 'number') response.writeHead(answer).end();
    else response.writeHead(302, { Location: answer }).end();
  };

async function probe(port: number, healthCheck: object = {}) {
  const { hasPassed, words } = await createProbe()(backendOf(port, healthCheck)).result;
  return [hasPassed, words];
}

describe('what a probe sends', () => {
  it.each(['HEAD', 'GET', 'OPTIONS', 'POST'])('%s', async (method) => {
    const seen: string[] = [];
    const port = await serve(byPath({ [`${method} /up`]: 200 }, seen));
    expect(await probe(port, { method, path: '/up' })).toEqual([true, `${method} /up → 200`]);
    expect(seen).toEqual([`${method} /up`]);
  });

  it('the headers of the check, in place of its own', async () => {
    let got: IncomingMessage['headers'] = {};
    const port = await serve((request, response) => {
      got = request.headers;
      response.end();
    });
    await probe(port, { headers: { host: 'users.test', Authorization: 'Bearer x' } });
    expect(got).toEqual({
      host: 'users.test',
      authorization: 'Bearer x',
      'user-agent': 'switchyard-probe',
      connection: 'close',
    });
  });
});

describe('which status passes', () => {
  it.each<[unknown, number, boolean]>([
    [204, 204, true],
    [204, 200, false],
    ['200', 200, true],
    [['200', '400-404', 503], 503, true],
    [['200', '400-404', 503], 404, true],
    [['200', '400-404', 503], 405, false],
    [405, 405, true],
  ])('expected %j, answered %i', async (expectedStatus, status, hasPassed) => {
    const port = await serve((_request, response) => response.writeHead(status).end());
    const path = '/x';
    expect((await probe(port, { expectedStatus, path, method: 'GET' }))[0]).toBe(hasPassed);
  });
});

describe('bodyContains', () => {
  const check = { method: 'GET', bodyContains: 'ready' };
  const answering = (text: string) => serve((_request, response) => response.end(text));

  it('passes on a body with the text', async () => {
    expect(await probe(await answering('all ready'), check)).toEqual([true, 'GET / → 200 with "ready"']);
  });

  it('fails on a body without', async () => {
    expect(await probe(await answering('starting'), check)).toEqual([
      false,
      'GET / answered 200, but "ready" is not in its body',
    ]);
  });

  it.each([
    [65_531, true],
    [65_532, false],
  ])('is looked for in the first 64 KiB: after %i bytes', async (before, hasPassed) => {
    const [passed, words] = await probe(
      await answering(`${'x'.repeat(before)}ready${'x'.repeat(99)}`),
      check,
    );
    expect(passed).toBe(hasPassed);
    if (!hasPassed)
      expect(words).toBe('GET / answered 200, but "ready" is not in the first 64 KiB of its body');
  });

  it('passes as soon as it has come, though the body never ends', async () => {
    const port = await serve((_request, response) => response.write('still rea') && response.write('dy…'));
    expect(await probe(port, check)).toEqual([true, 'GET / → 200 with "ready"']);
  });

  it('is waited for no longer than the timeout', async () => {
    const port = await serve((_request, response) => response.write('starting'));
    expect(await probe(port, check)).toEqual([
      false,
      'GET / answered 200, but "ready" is not in what came of its body within 400ms',
    ]);
  });

  it('fails when the body is cut short', async () => {
    const port = await serve((_request, response) => {
      response.writeHead(200, { 'Content-Length': 100 }).write('rea');
      setImmediate(() => response.destroy());
    });
    expect(await probe(port, check)).toEqual([
      false,
      'GET / answered 200, but "ready" is not in its body, which was cut short',
    ]);
  });

  it('is not looked for in an answer whose status fails', async () => {
    const port = await serve((_request, response) => response.writeHead(500).end('ready'));
    expect(await probe(port, check)).toEqual([false, 'GET / answered 500']);
  });
});

describe('redirects', () => {
  const follow = { followRedirects: true };

  it('are not followed unless the check says so', async () => {
    const seen: string[] = [];
    const port = await serve(byPath({ 'HEAD /': '/login' }, seen));
    expect(await probe(port)).toEqual([true, 'HEAD / → 302']);
    expect(seen).toEqual(['HEAD /']);
  });

  it('are followed to where they lead, whose answer counts', async () => {
    const port = await serve(byPath({ 'HEAD /': '/a', 'HEAD /a': '/b?c', 'HEAD /b?c': 500 }));
    expect(await probe(port, follow)).toEqual([false, 'HEAD / → 302 /a → 302 /b?c answered 500']);
  });

  it('in a loop are named', async () => {
    const port = await serve(byPath({ 'HEAD /': '/a', 'HEAD /a': '/b', 'HEAD /b': '/a' }));
    expect(await probe(port, follow)).toEqual([false, 'HEAD / redirects in a loop: / → /a → /b → /a']);
  });

  it.each([
    [5, true, 'HEAD / → 302 /1 → 302 /2 → 302 /3 → 302 /4 → 302 /5 → 200'],
    [6, false, 'HEAD / redirects more than 5 times'],
  ])('%i of them', async (count, hasPassed, words) => {
    const port = await serve(({ url = '' }, response) => {
      const at = Number(url.slice(1));
      if (at === count) response.end();
      else response.writeHead(302, { Location: `/${at + 1}` }).end();
    });
    expect(await probe(port, follow)).toEqual([hasPassed, words]);
  });

  it('to another host go without the headers of the check', async () => {
    const seen: unknown[] = [];
    const other = await serve(({ headers }, response) => {
      seen.push(headers['x-key']);
      response.end();
    });
    const port = await serve(({ headers, url }, response) => {
      seen.push(headers['x-key']);
      response.writeHead(307, { Location: url === '/' ? '/a' : `http://127.0.0.1:${other}/b` }).end();
    });
    const [, words] = await probe(port, { ...follow, headers: { 'X-Key': 'k' } });
    expect(words).toBe(`HEAD / → 307 /a → 307 http://127.0.0.1:${other}/b → 200`);
    expect(seen).toEqual(['k', 'k', undefined]);
  });

  it('of a POST become a GET', async () => {
    const seen: string[] = [];
    const port = await serve(byPath({ 'POST /': '/a', 'GET /a': 200 }, seen));
    await probe(port, { ...follow, method: 'POST' });
    expect(seen).toEqual(['POST /', 'GET /a']);
  });

  it.each(['mailto:a@b', 'http://[', ''])('to nowhere are answers: %j', async (location) => {
    const port = await serve((_request, response) => response.writeHead(302, { Location: location }).end());
    const [hasPassed, words] = await probe(port, follow);
    expect([hasPassed, words]).toEqual(
      location === '' ? [false, 'HEAD / redirects in a loop: / → /'] : [true, 'HEAD / → 302'],
    );
  });
});

describe('a check that does not suit its backend', () => {
  it.each([405, 501])('HEAD answered %i: GET from then on, said once', async (status) => {
    const seen: string[] = [];
    const port = await serve(byPath({ 'HEAD /': status, 'GET /': 200 }, seen));
    const run = createProbe();
    const backend = backendOf(port);
    expect(await run(backend).result).toMatchObject({
      hasPassed: true,
      words: `HEAD / answered ${status}, so GET is used: GET / → 200`,
    });
    expect(await run(backend).result).toMatchObject({ hasPassed: true, words: 'GET / → 200' });
    expect(seen).toEqual(['HEAD /', 'GET /', 'GET /']);
  });

  it('is learned anew when the check is another', async () => {
    const seen: string[] = [];
    const port = await serve(byPath({ 'HEAD /': 405, 'GET /': 200, 'HEAD /up': 200 }, seen));
    const run = createProbe();
    await run(backendOf(port)).result;
    await run(backendOf(port, { path: '/up' })).result;
    expect(seen).toEqual(['HEAD /', 'GET /', 'HEAD /up']);
  });

  it.each(['/health', '/healthz'])('404 at /, but not at %s: said, looked for once', async (path) => {
    const seen: string[] = [];
    const port = await serve(byPath({ [`HEAD ${path}`]: 200 }, seen));
    const run = createProbe();
    const backend = backendOf(port);
    const words = `HEAD / answered 404; ${path} answers 200`;
    expect(await run(backend).result).toMatchObject({
      hasPassed: false,
      words,
      suggestedPath: path,
      cause: { kind: 'status', status: 404, suggestedPath: path },
    });
    const asked = seen.length;
    expect(await run(backend).result).toMatchObject({ hasPassed: false, words });
    expect(seen.slice(asked)).toEqual(['HEAD /']);
  });

  it('404 at / and everywhere: a path has to be set', async () => {
    expect(await probe(await serve(byPath({})))).toEqual([false, 'HEAD / answered 404']);
  });

  it('404 elsewhere is not looked into', async () => {
    const seen: string[] = [];
    const port = await serve(byPath({ 'HEAD /health': 200 }, seen));
    expect(await probe(port, { path: '/up' })).toEqual([false, 'HEAD /up answered 404']);
    expect(seen).toEqual(['HEAD /up']);
  });

  it('a look elsewhere that gets no answer does not outweigh the 404', async () => {
    const port = await serve(({ url }, response) => void (url === '/' && response.writeHead(404).end()));
    expect(await probe(port)).toEqual([false, 'HEAD / answered 404']);
  });
});

describe('localhost', () => {
  const localhost = (port: number) => {
    const backend = oneConfig([`http://localhost:${port}`]).pools[0]?.backends[0];
    if (!backend) throw new Error('the test is wrong');
    return backend;
  };
  const v4 = { address: '127.0.0.1', family: 4 };
  const v6 = { address: '::1', family: 6 };

  it.each([
    ['127.0.0.1', [v6, v4], '; localhost is not open on ::1, 127.0.0.1 is used'],
    ['::1', [v4, v6], '; localhost is not open on 127.0.0.1, ::1 is used'],
    ['::1', [v6, v4], ''],
  ])('open on %s only, looked up as %j', async (host, addresses, said) => {
    const port = await listen(
      createServer((_request, response) => response.end()),
      host,
    );
    const run = createProbe({ lookup: (_name, _options, done) => done(null, addresses) });
    expect(await run(localhost(port)).result).toMatchObject({
      hasPassed: true,
      words: `HEAD / → 200${said}`,
    });
  });

  it('open on neither is refused', async () => {
    const server = createNetServer();
    const port = await listen(server);
    await new Promise((resolve) => server.close(resolve));
    const run = createProbe({ lookup: (_name, _options, done) => done(null, [v6, v4]) });
    expect(await run(localhost(port)).result).toMatchObject({
      hasPassed: false,
      words: 'connection refused',
    });
  });
});

describe('somebody who wants to see the answer', () => {
  const look = (port: number, healthCheck: object = {}) =>
    createProbe()(backendOf(port, { method: 'GET', ...healthCheck }), { keepsBody: true }).result;

  it('gets its status, its headers and the first KiB of its body', async () => {
    const port = await serve((_request, response) => {
      response.setHeader('Set-Cookie', ['a=1', 'b=2']);
      response.writeHead(500).end('ü'.repeat(600));
    });
    expect(await look(port)).toMatchObject({
      hasPassed: false,
      words: 'GET / answered 500',
      answer: { status: 500, headers: { 'set-cookie': 'a=1, b=2' }, bodyStart: 'ü'.repeat(512) },
    });
  });

  it('gets what came of a body that never ends, and the probe passes as it would have', async () => {
    const port = await serve((_request, response) => response.write('data: 1\n'));
    expect(await look(port)).toMatchObject({ hasPassed: true, answer: { bodyStart: 'data: 1\n' } });
  });

  it('gets the body that had not what was looked for', async () => {
    const port = await serve((_request, response) => response.end('starting'));
    expect(await look(port, { bodyContains: 'ready' })).toMatchObject({
      hasPassed: false,
      answer: { status: 200, bodyStart: 'starting' },
    });
  });
});
