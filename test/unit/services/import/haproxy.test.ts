import { describe, expect, it } from 'vitest';
import { HAPROXY_CFG } from '../../../support/import-sources.ts';
import { imported, poolOf, refused, urlsOf } from './imported.ts';

const backend = (lines: string) => imported('haproxy', `backend users\n${lines}`);

describe('a haproxy.cfg', () => {
  const { config, notes } = imported('haproxy', HAPROXY_CFG);

  it('has its backends as pools, with checks, timeouts and what a server says', () => {
    const users = poolOf(config, 'users');
    expect(users.policy).toEqual({ name: 'least-connections' });
    expect(
      users.backends.map(({ name, weight, maxConnections, backup }) => [
        name,
        weight,
        maxConnections,
        backup,
      ]),
    ).toEqual([
      ['users-1', 20, null, false],
      ['users-2', 1, 30, false],
      ['users-3', 1, null, true],
    ]);
    expect(users.healthCheck).toMatchObject({
      type: 'http',
      method: 'GET',
      path: '/health',
      interval: 3_000,
      rise: 2,
      fall: 4,
    });
    expect(users.healthCheck.expectedStatus).toEqual([{ from: 200, to: 299 }]);
    expect(users.retries.attempts).toBe(3);
    expect(users.timeouts).toMatchObject({ connect: 5_000, firstByte: 30_000, idle: 30_000 });
  });

  it('checks as HAProxy does: by a connection without httpchk, not at all without "check"', () => {
    expect(poolOf(config, 'api').healthCheck.type).toBe('tcp');
    expect(poolOf(config, 'admin').healthCheck.type).toBe('off');
  });

  it('has its frontends as listeners with routes by host and path', () => {
    expect(config.listeners).toMatchObject([{ address: { port: 8080 }, defaultPool: 'users' }]);
    expect(config.listeners[0]?.routes).toMatchObject([
      { path: '/api', pool: 'api' },
      { path: '/v1', pool: 'api' },
      { host: 'admin.localhost', path: '/', pool: 'admin' },
    ]);
    expect(poolOf(config, 'admin').policy).toEqual({ name: 'sticky-cookie', cookie: 'SESSION' });
  });

  it('says with its line what was left out, and why', () => {
    expect(notes.find((note) => note.startsWith('15: '))).toContain('a route goes by host and path alone');
    expect(notes.find((note) => note.startsWith('25: '))).toContain('it is disabled');
    expect(notes.find((note) => note.startsWith('34: '))).toContain('mode tcp');
  });
});

it.each([
  ['balance roundrobin', { name: 'round-robin' }],
  ['balance source', { name: 'ip-hash' }],
  ['balance uri', { name: 'path-hash' }],
  ['balance first', { name: 'first-available' }],
  ['balance random', { name: 'two-choices' }],
  ['balance random(1)', { name: 'random' }],
  ['balance hash req.cook(session)', { name: 'cookie-hash', cookie: 'session' }],
  ['balance url_param userid', { name: 'round-robin' }],
])('reads %j as %j', (line, policy) => {
  expect(poolOf(backend(`${line}\nserver a localhost:5001`).config, 'users').policy).toEqual(policy);
});

it('says where no policy goes by the same', () => {
  const { notes } = backend('balance url_param userid\nserver a localhost:5001');
  expect(notes).toEqual(['2: balance url_param userid became round robin: no policy here goes by that.']);
});

it('reads a listen section, TLS to servers, and quoted words', () => {
  const text = 'listen "a b"\n bind 127.0.0.1:9000\n server s\\ 1 127.0.0.1:8443 ssl verify none # one';
  const { config } = imported('haproxy', text);
  expect(config.listeners).toMatchObject([{ address: { port: 9000 }, defaultPool: 'a b' }]);
  const pool = poolOf(config, 'a b');
  expect(urlsOf(pool)).toEqual(['https://127.0.0.1:8443']);
  expect(pool.backends[0]).toMatchObject({ name: 's 1', insecure: true });
});

it('answers 503 where a frontend leads nowhere, as HAProxy does', () => {
  const { config } = imported(
    'haproxy',
    'frontend f\nbind :9000\nuse_backend b if { path_beg /a }\nbackend b\nserver s localhost:5001',
  );
  expect(config.listeners[0]?.routes).toMatchObject([
    { path: '/a', pool: 'b' },
    { path: '/', respond: { status: 503 } },
  ]);
});

it.each([
  [
    'server a localhost:1',
    'Line 1: "server" stands in no section; begin with a section such as "backend users".',
  ],
  ['backend a\n server "a', 'Line 2: a quote is opened here and never closed.'],
  [
    'defaults\n mode http',
    'Nothing here can be balanced; it needs a backend with a line such as "server users-1 127.0.0.1:5001".',
  ],
])('says what is wrong with %j', (text, message) => {
  expect(refused('haproxy', text)).toBe(message);
});

it('listens with TLS where the file does, with a certificate of its own', () => {
  const text = 'listen a\n bind :9000\n bind :9443 ssl crt /etc/a.pem\n server s 127.0.0.1:1';
  const { config, notes } = imported('haproxy', text);
  expect(config.listeners.map(({ address, tls }) => [address.port, tls])).toEqual([
    [9000, null],
    [9443, 'self-signed'],
  ]);
  expect(notes.join()).toContain('Port 9443 gets a certificate that Switchyard makes');
});
