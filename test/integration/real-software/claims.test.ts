import { mkdtempSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isInstalled } from '../../support/installed.ts';
import { RawClient } from '../../support/raw-client.ts';
import { type ServerProcess, startServer } from '../../support/server-process.ts';
import { configOf, startEngine, type TestEngine } from '../../support/test-engine.ts';

const stops: (() => unknown)[] = [];
let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'switchyard-claims-'));
});
afterAll(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
  await rm(folder, { recursive: true, force: true });
});

/** Every variable that servers make of a header, one a line: `HTTP_X_ROLE=guest`. */
const PHP = `<?php foreach ($_SERVER as $name => $value) if (is_string($value)) echo "$name=$value\\n";`;
const WSGI = `def app(environ, start_response):
    length = int(environ.get('CONTENT_LENGTH') or 0)
    environ['wsgi.input'].read(length)
    body = ''.join(f'{name}={value}\\n' for name, value in environ.items() if isinstance(value, str)).encode()
    start_response('200 OK', [('Content-Length', str(len(body)))])
    return [body]
`;
const WERKZEUG = `import sys
from werkzeug.serving import run_simple
from app import app
run_simple('127.0.0.1', int(sys.argv[1]), app)
`;

/** In front of a server, on a listener that believes no client. The route sets one header and removes another. */
async function balance(url: string): Promise<TestEngine> {
  const requestHeaders = { set: { 'X-Role': 'guest' }, remove: ['X-Admin'] };
  const engine = await startEngine(
    configOf({
      listeners: [
        {
          address: '127.0.0.1:0',
          defaultPool: 'p',
          trustedProxies: [],
          routes: [{ path: '/', pool: 'p', requestHeaders }],
        },
      ],
      pools: { p: { servers: [url], healthCheck: { type: 'off' } } },
    }),
  );
  stops.push(() => engine.stop());
  return engine;
}

/** What the application is told when a client claims all this, in its head or in trailers. */
async function variables(engine: TestEngine, head: readonly string[], trailers: readonly string[] = []) {
  const client = new RawClient(engine.port);
  const framing = trailers.length > 0 ? ['Transfer-Encoding: chunked'] : [];
  const body = trailers.length > 0 ? `1\r\na\r\n0\r\n${trailers.join('\r\n')}\r\n\r\n` : '';
  const lines = [
    'POST /index.php HTTP/1.1',
    'Host: localhost',
    'Connection: close',
    ...framing,
    ...head,
    '',
    body,
  ];
  client.send(lines.join('\r\n'));
  const text = await client.ends(20_000);
  expect(text).toMatch(/^HTTP\/1\.1 200 /);
  const told = new Map<string, string>();
  for (const line of text.split(/\r?\n/)) {
    const equals = line.indexOf('=');
    if (/^[A-Z_]+=/.test(line)) told.set(line.slice(0, equals), line.slice(equals + 1));
  }
  return told;
}

/** PHP does not see the last trailer. */
const LAST = 'X-Last: 1';

const CLAIMS = [
  ['X_Forwarded_For: 6.6.6.6', 'HTTP_X_FORWARDED_FOR', '127.0.0.1'],
  ['X.Forwarded.For: 6.6.6.6', 'HTTP_X_FORWARDED_FOR', '127.0.0.1'],
  ['X-Forwarded_Proto: https', 'HTTP_X_FORWARDED_PROTO', 'http'],
  ['X_FORWARDED_HOST: evil.test', 'HTTP_X_FORWARDED_HOST', 'localhost'],
  ['X-Forwarded-Port: 1', 'HTTP_X_FORWARDED_PORT', '80'],
  ['X_Forwarded_Port: 1', 'HTTP_X_FORWARDED_PORT', '80'],
  ['X_Forwarded_Prefix: /evil', 'HTTP_X_FORWARDED_PREFIX', undefined],
  ['X_Role: admin', 'HTTP_X_ROLE', 'guest'],
  ['x-role: admin', 'HTTP_X_ROLE', 'guest'],
  ['X_Admin: 1', 'HTTP_X_ADMIN', undefined],
  ['X-Admin: 1', 'HTTP_X_ADMIN', undefined],
] as const;

function holds(start: () => Promise<ServerProcess>): void {
  let engine: TestEngine;
  beforeAll(async () => {
    const server = await start();
    stops.push(() => server.stop());
    engine = await balance(server.url);
  });

  it.each(CLAIMS)('a client that says %s is not believed', async (line, name, told) => {
    expect((await variables(engine, [line])).get(name)).toBe(told);
  });

  it.each([
    ...CLAIMS,
    ['Authorization: Basic dTpw', 'HTTP_AUTHORIZATION', undefined],
    ['Cookie: session=1', 'HTTP_COOKIE', undefined],
    ['Host: evil.test', 'HTTP_HOST', 'localhost'],
  ] as const)('nor one that says it in a trailer: %s', async (line, name, told) => {
    expect((await variables(engine, [], [line, LAST])).get(name)).toBe(told);
  });

  it('a name with a mark that is nobody’s but the two ends’ passes', async () => {
    expect((await variables(engine, ['X_API_Key: k'])).get('HTTP_X_API_KEY')).toBe('k');
  });
}

describe.runIf(isInstalled('/usr/bin/php'))('PHP’s own server, which merges trailers with the head', () => {
  holds(() => {
    writeFileSync(join(folder, 'index.php'), PHP);
    return startServer((port) => ['/usr/bin/php', '-S', `127.0.0.1:${port}`, '-t', folder]);
  });
});

describe.runIf(isInstalled('/usr/bin/gunicorn'))('gunicorn', () => {
  holds(() => {
    writeFileSync(join(folder, 'app.py'), WSGI);
    return startServer((port) => ['/usr/bin/gunicorn', '-b', `127.0.0.1:${port}`, 'app:app'], {
      cwd: folder,
    });
  });
});

describe.runIf(isInstalled('/usr/lib/python3/dist-packages/flask/__init__.py'))(
  'Werkzeug, Flask’s server',
  () => {
    holds(() => {
      writeFileSync(join(folder, 'app.py'), WSGI);
      writeFileSync(join(folder, 'serve.py'), WERKZEUG);
      return startServer((port) => ['/usr/bin/python3', 'serve.py', String(port)], { cwd: folder });
    });
  },
);
