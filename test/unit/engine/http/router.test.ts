import { describe, expect, it } from 'vitest';
import { Router } from '../../../../electron/engine/http/client/router.ts';
import { Malformed } from '../../../../electron/engine/http/message/malformed.ts';
import { parseRequestHead } from '../../../../electron/engine/http/message/request-head.ts';
import { configOf } from '../../../support/test-engine.ts';

function routerOf(...routes: readonly object[]) {
  const pools = Object.fromEntries(['d', 'a', 'b', 'c'].map((name) => [name, { servers: ['http://x'] }]));
  const config = configOf({ listeners: [{ address: ':1', defaultPool: 'd', routes }], pools });
  return new Router(config.listeners[0]?.routes ?? []);
}

function find(router: Router, target: string, host = 'localhost:8080') {
  const head = parseRequestHead(`GET ${target} HTTP/1.1\r\nHost: ${host}\r\n`, {
    target: 1_000,
    headers: 50,
  });
  if (head instanceof Malformed) throw new Error(head.words);
  return router.find(head);
}

describe('by path', () => {
  const router = routerOf(
    { path: '/users', pool: 'a' },
    { path: '/users/admin', pool: 'b' },
    { path: '/files/', pool: 'c' },
  );

  it.each([
    ['/users', 'a'],
    ['/users/', 'a'],
    ['/users/7?x=/users/admin', 'a'],
    ['/users?x', 'a'],
    ['/users/admin', 'b'],
    ['/users/admin/x', 'b'],
    ['/users/administrator', 'a'],
    ['/usersx', undefined],
    ['/Users', undefined],
    ['/%75sers', undefined],
    ['/', undefined],
    ['/?/users', undefined],
    ['/files/', 'c'],
    ['/files/x', 'c'],
    ['/files', undefined],
  ])('%s', (target, pool) => {
    expect(find(router, target)?.config.pool).toBe(pool);
  });
});

describe('by host', () => {
  const router = routerOf(
    { host: '*.example.localhost', pool: 'a' },
    { host: 'Users.example.localhost', pool: 'b' },
    { host: '*.deep.example.localhost', pool: 'c' },
  );

  it.each([
    ['users.example.localhost', 'b'],
    ['USERS.example.localhost:8080', 'b'],
    ['x.example.localhost', 'a'],
    ['y.x.example.localhost', 'a'],
    ['y.deep.example.localhost', 'c'],
    ['example.localhost', undefined],
    ['badexample.localhost', undefined],
    ['[::1]:8080', undefined],
  ])('%s', (host, pool) => {
    expect(find(router, '/', host)?.config.pool).toBe(pool);
  });
});

it('a host counts for more than a path; of those that fit, the one with the longest path', () => {
  const router = routerOf(
    { path: '/api/v1', pool: 'a' },
    { host: 'x.localhost', pool: 'b' },
    { host: 'x.localhost', path: '/api', pool: 'c' },
  );
  expect(find(router, '/api/v1', 'x.localhost')?.config.pool).toBe('c');
  expect(find(router, '/other', 'x.localhost')?.config.pool).toBe('b');
  expect(find(router, '/api/v1', 'y.localhost')?.config.pool).toBe('a');
});

describe('what the backend gets', () => {
  it.each([
    [{ path: '/users' }, '/users/7?q', '/users/7?q'],
    [{ path: '/users', stripPrefix: true }, '/users/7?q', '/7?q'],
    [{ path: '/users', stripPrefix: true }, '/users', '/'],
    [{ path: '/users', stripPrefix: true }, '/users?q', '/?q'],
    [{ path: '/users/', stripPrefix: true }, '/users/7', '/7'],
    [{ path: '/users', stripPrefix: true }, '/users//7', '//7'],
    [{ path: '/users', replacePrefix: '/api/people' }, '/users/7', '/api/people/7'],
    [{ path: '/users', replacePrefix: '/api/people/' }, '/users/7', '/api/people/7'],
    [{ path: '/users', replacePrefix: '/api' }, '/users', '/api'],
    [{ path: '/', replacePrefix: '/api' }, '/x', '/api/x'],
    [{ path: '/', stripPrefix: true }, '/x', '/x'],
  ])('%j of %s is %s', (settings, target, wanted) => {
    expect(find(routerOf({ ...settings, pool: 'a' }), target)?.rewrite(target)).toBe(wanted);
  });
});

describe('an answer without a backend', () => {
  it.each([
    ['/new', '/old', 'Location: /new\r\n'],
    ['/new', '/old/a?b', 'Location: /new/a?b\r\n'],
    ['/', '/old//example.com/a', 'Location: /example.com/a\r\n'],
    ['https://example.com/', '/old/a', 'Location: https://example.com/a\r\n'],
  ])('a redirect to %s takes along what follows: %s', (redirect, target, fields) => {
    const route = find(routerOf({ path: '/old', redirect }), target);
    expect(route?.answer(target)).toEqual({ status: 302, words: '', fields });
  });

  it('is fixed when the route says so', () => {
    const route = find(routerOf({ path: '/ping', respond: { body: 'pong' } }), '/ping');
    expect(route?.answer('/ping')).toEqual({
      status: 200,
      words: 'pong',
      contentType: 'text/plain; charset=utf-8',
    });
    expect(find(routerOf({ path: '/x', pool: 'a' }), '/x')?.answer('/x')).toBeNull();
  });
});
