import { describe, expect, it } from 'vitest';
import { NGINX_CONF } from '../../../support/import-sources.ts';
import { imported, poolOf, refused, urlsOf } from './imported.ts';

const upstream = (lines: string) => imported('nginx', `upstream users {\n${lines}\n}`);
const policyOf = (lines: string) => {
  const { config, notes } = upstream(`${lines}\nserver localhost:5001;`);
  return { policy: poolOf(config, 'users').policy, notes };
};

describe('an nginx.conf', () => {
  const { config, notes, text } = imported('nginx', NGINX_CONF);

  it('has its upstreams as pools, with weights, limits and backups', () => {
    const users = poolOf(config, 'users');
    expect(users.policy).toEqual({ name: 'least-connections' });
    expect(
      users.backends.map(({ origin, weight, maxConnections, backup }) => [
        origin.port,
        weight,
        maxConnections,
        backup,
      ]),
    ).toEqual([
      [5001, 3, null, false],
      [5002, 1, 50, false],
      [5003, 1, null, true],
    ]);
    expect(users.outliers).toMatchObject({ consecutive: 2, ejection: 30_000 });
    expect(poolOf(config, 'carts').policy).toEqual({ name: 'weighted-round-robin' });
  });

  it('has its server blocks as a listener with routes', () => {
    expect(config.listeners).toHaveLength(1);
    const [listener] = config.listeners;
    expect(listener).toMatchObject({ address: { host: null, port: 8080 }, defaultPool: 'users' });
    expect(listener?.routes).toMatchObject([
      { path: '/carts', pool: 'carts', stripPrefix: true },
      { path: '/v1', pool: 'carts', replacePrefix: '/v2' },
      { path: '/health', respond: { status: 200, body: 'all well' } },
      { path: '/old', redirect: { to: '/new', status: 301 } },
      { host: 'admin.localhost', path: '/admin', pool: '127.0.0.1:7001' },
      { host: 'admin.localhost', path: '/', respond: { status: 404 } },
      { host: '*.admin.localhost', path: '/admin', pool: '127.0.0.1:7001' },
      { host: '*.admin.localhost', path: '/', respond: { status: 404 } },
    ]);
  });

  it('says with its line what was left out, and why', () => {
    expect(notes).toContain('11: unix:/tmp/users.sock was left out: a backend is reached over TCP here.');
    expect(notes).toContain('18: Port 80 often needs more rights than you have, so it became 8080.');
    expect(notes.find((note) => note.startsWith('10: '))).toContain('marked down');
    expect(notes.find((note) => note.startsWith('24: '))).toContain(
      'a route is for a path and those below it',
    );
    expect(notes.some((note) => note.includes('keepalive'))).toBe(false);
  });

  it('tells in comments where each pool comes from', () => {
    expect(text).toContain('// Read from a-nginx');
    expect(text).toContain('// upstream users, line 5\n    "users"');
  });
});

describe('the policy of an upstream', () => {
  it.each([
    ['', { name: 'round-robin' }],
    ['ip_hash;', { name: 'ip-hash' }],
    ['random;', { name: 'random' }],
    ['random two least_conn;', { name: 'two-choices' }],
    ['least_time header;', { name: 'peak-ewma' }],
    ['hash $request_uri consistent;', { name: 'path-hash' }],
    ['hash $http_x_user;', { name: 'header-hash', header: 'x-user' }],
    [`hash \${cookie_session};`, { name: 'cookie-hash', cookie: 'session' }],
    ['hash $binary_remote_addr;', { name: 'ip-hash' }],
    ['sticky cookie srv_id expires=1h;', { name: 'sticky-cookie', cookie: 'srv_id' }],
    ['hash $scheme$host;', { name: 'round-robin' }],
  ])('of %j is %j', (line, policy) => {
    expect(policyOf(line).policy).toEqual(policy);
  });

  it('is said where there is none like it', () => {
    expect(policyOf('hash $scheme$host;').notes).toContainEqual(
      expect.stringMatching(/^2: hash \$scheme\$host became round robin/),
    );
  });
});

it('reads servers however they are written', () => {
  const { config } = upstream(
    'server 10.0.0.1;\nserver [::1]:5001;\nserver "localhost:5002" weight=1 ; # last',
  );
  expect(urlsOf(poolOf(config, 'users'))).toEqual([
    'http://10.0.0.1',
    'http://[::1]:5001',
    'http://localhost:5002',
  ]);
});

it('takes each server once, and keeps weights within bounds', () => {
  const { config, notes } = upstream('server localhost:5001 weight=5000;\nserver localhost:5001;');
  expect(poolOf(config, 'users').backends.map(({ weight }) => weight)).toEqual([1000]);
  expect(notes.filter((note) => note.startsWith('2: ') || note.startsWith('3: '))).toHaveLength(2);
});

it('checks by a connection, because nginx sends no health checks', () => {
  const { config, notes } = imported(
    'nginx',
    'upstream a { server h:1; }\nserver { listen 9000; location / { proxy_pass http://a; } location /b { proxy_pass http://h:2; } }',
  );
  expect(config.pools.map(({ name, healthCheck }) => [name, healthCheck.type])).toEqual([
    ['a', 'tcp'],
    ['h:2', 'tcp'],
  ]);
  expect(notes).toContain(
    'nginx sends no health checks, so a check here only opens a TCP connection. Set a health path if your backends have one.',
  );
});

it('says that a health check of NGINX Plus is left out', () => {
  const { notes } = imported(
    'nginx',
    'upstream u { server h:1; }\nserver { listen 9000; location / { proxy_pass http://u; health_check uri=/healthz; } }',
  );
  expect(notes).toContain(
    '2: health_check was left out: set the health check of the pool in the window or the config.',
  );
});

it('leaves out a server whose weight gives it no requests', () => {
  const { config, notes } = upstream('server localhost:5001 weight=0;\nserver localhost:5002;');
  expect(urlsOf(poolOf(config, 'users'))).toEqual(['http://localhost:5002']);
  expect(notes).toContain('2: localhost:5001 was left out: its weight of 0 gives it no requests.');
});

it('speaks TLS to backends that proxy_pass does', () => {
  const { config } = imported(
    'nginx',
    'upstream a { server h:8443; }\nserver { listen 9000; location / { proxy_pass https://a; } }',
  );
  expect(urlsOf(poolOf(config, 'a'))).toEqual(['https://h:8443']);
});

it('gives each upstream a listener where no server block leads to one', () => {
  const { config } = imported(
    'nginx',
    'upstream a { server localhost:8080; } upstream b { server localhost:5002; }',
  );
  expect(config.listeners.map(({ address, defaultPool }) => [address.port, defaultPool])).toEqual([
    [8081, 'a'],
    [8082, 'b'],
  ]);
});

it.each([
  ['upstream users {\n server a:1\n}', 'Line 2: "server" lacks a ";" behind it.'],
  ['upstream users {\n server a:1;\n', 'Line 1: the "{" behind upstream is never closed; add a "}".'],
  ['}\n', 'Line 1: this "}" closes nothing; remove it.'],
  ['events {}\n{', 'Line 2: "{" stands where the name of a directive belongs.'],
  ['a "b', 'Line 1: a quote is opened here and never closed.'],
  [
    'events {}',
    'Nothing here can be balanced; it needs an upstream such as "upstream users { server 127.0.0.1:5001; }".',
  ],
])('says what is wrong with %j', (text, message) => {
  expect(refused('nginx', text)).toBe(message);
});

it('listens with TLS where the file does, with a certificate of its own', () => {
  const text =
    'upstream u { server a:1; }\nserver { listen 8080; listen 443 ssl; location / { proxy_pass http://u; } }';
  const { config, notes } = imported('nginx', text);
  expect(config.listeners.map(({ address, tls }) => [address.port, tls])).toEqual([
    [8080, null],
    [8443, 'self-signed'],
  ]);
  expect(notes.join()).toContain('Port 443 gets a certificate that Switchyard makes');
});
