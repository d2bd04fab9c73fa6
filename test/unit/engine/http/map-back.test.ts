import { describe, expect, it } from 'vitest';
import { clientOrigin } from '../../../../electron/engine/http/message/client-origin.ts';
import { type Addresses, mapBack } from '../../../../electron/engine/http/message/map-back.ts';
import { parseOrigin } from '../../../../shared/config/origin.ts';

interface Setting {
  readonly url?: string;
  /** Of the client's request. */
  readonly host?: string;
  readonly scheme?: 'http' | 'https';
  readonly hostHeader?: 'preserve' | 'backend';
  readonly prefix?: Addresses['prefix'];
}

function addresses({
  url = 'http://127.0.0.1:5001',
  host = 'localhost:8080',
  scheme = 'http',
  hostHeader = 'preserve',
  prefix = { backend: '', client: '' },
}: Setting): Addresses {
  const backend = parseOrigin(url);
  if (!backend.ok) throw new Error(backend.error);
  return {
    backend: backend.value,
    sentHost: hostHeader === 'backend' ? backend.value.authority : host,
    client: clientOrigin({ host, proto: scheme, port: null }),
    prefix: { ...prefix, backend: backend.value.basePath + prefix.backend },
  };
}

const strip = { prefix: { backend: '', client: '/sub' } };
const replace = { prefix: { backend: '/api/v2', client: '/users' } };

describe('Location', () => {
  it.each<[string, string, string, Setting]>([
    ['its URL', 'http://127.0.0.1:5001/a?b#c', 'http://localhost:8080/a?b#c', {}],
    ['its URL without a path', 'http://127.0.0.1:5001', 'http://localhost:8080', {}],
    ['its URL and a query', 'http://127.0.0.1:5001?a', 'http://localhost:8080?a', {}],
    ['its URL in capitals', 'HTTP://LocalHost:5001/a', 'http://localhost:8080/a', {}],
    ['its usual port', 'http://api.test/a', 'http://localhost:8080/a', { url: 'http://api.test:80' }],
    // Next takes its own address, whatever was asked for.
    [
      'another name of this machine',
      'http://localhost:5001/a',
      'http://app.test:8080/a',
      { host: 'app.test:8080' },
    ],
    ['all addresses of it', 'http://0.0.0.0:5001/a', 'http://localhost:8080/a', {}],
    ['IPv6', 'http://[::1]:5001/a', 'http://localhost:8080/a', {}],
    // nginx: the name it was asked for, and the port it listens on.
    [
      'the client’s name with its port',
      'http://app.test:5001/dir/',
      'http://app.test:8080/dir/',
      { host: 'app.test:8080' },
    ],
    [
      'the Host it was sent',
      'http://127.0.0.1:5001/dir/',
      'http://app.test/dir/',
      { host: 'app.test', hostHeader: 'backend' },
    ],
    ['no scheme', '//127.0.0.1:5001/a', 'http://localhost:8080/a', {}],
    [
      'http, where the client speaks https',
      'http://shop.test/a',
      'https://shop.test/a',
      { host: 'shop.test', scheme: 'https' },
    ],
    [
      'https, where the client speaks http',
      'https://localhost:8080/a',
      'http://localhost:8080/a',
      { url: 'https://127.0.0.1:5001' },
    ],
  ])('that is the backend’s by %s becomes the client’s', (_what, value, mapped, setting) => {
    expect(mapBack('location', value, addresses(setting))).toBe(mapped);
    expect(mapBack('content-location', value, addresses(setting))).toBe(mapped);
  });

  it.each<[string, string, Setting]>([
    ['another host', 'http://elsewhere.test/a', {}],
    ['another port of this machine', 'http://localhost:5002/a', {}],
    ['a longer host', 'http://127.0.0.1:5001.evil.test/a', {}],
    ['user information', 'http://127.0.0.1:5001@evil.test/a', {}],
    // Turned round, this would lead to itself for ever.
    ['a redirect to https', 'https://localhost:8080/a', {}],
    ['another scheme', 'ftp://127.0.0.1:5001/a', {}],
    ['what the client reached', 'http://localhost:8080/a', {}],
    ['a path', '/a', {}],
    ['a relative path', 'next?a', strip],
    ['a query', '?a', strip],
    ['a path elsewhere', '//elsewhere.test/sub', strip],
    ['a path that has the prefix', '/sub/a', strip],
    ['a path that is the prefix', '/sub?a', strip],
    ['a path outside of the replaced one', '/other', replace],
    ['nothing', '', {}],
  ])('stays where it is %s', (_what, value, setting) => {
    expect(mapBack('location', value, addresses(setting))).toBe(value);
  });

  it.each<[string, string, string, Setting]>([
    ['a path', '/landed?a#b', '/sub/landed?a#b', strip],
    ['the root', '/', '/sub/', strip],
    ['a path that only begins like the prefix', '/subway', '/sub/subway', strip],
    ['its own address', 'http://127.0.0.1:5001/landed', 'http://localhost:8080/sub/landed', strip],
    ['its own address without a path', 'http://127.0.0.1:5001', 'http://localhost:8080/sub/', strip],
    ['the client’s address', 'http://localhost:8080/landed', 'http://localhost:8080/sub/landed', strip],
    [
      'the client’s address with the prefix',
      'http://localhost:8080/sub/a',
      'http://localhost:8080/sub/a',
      strip,
    ],
    ['the replaced path', '/api/v2/a', '/users/a', replace],
    ['the replaced path alone', '/api/v2', '/users', replace],
    ['a base path', '/base/a', '/a', { url: 'http://127.0.0.1:5001/base' }],
    ['a base path alone', '/base', '/', { url: 'http://127.0.0.1:5001/base' }],
    ['a base path and a prefix', '/base/a', '/sub/a', { url: 'http://127.0.0.1:5001/base', ...strip }],
    // On the backend's side it stays on its host.
    [
      'two slashes behind a base path',
      '/base//evil.test',
      '/evil.test',
      { url: 'http://127.0.0.1:5001/base' },
    ],
    [
      'a backslash behind a base path',
      '/base/\\evil.test',
      '/evil.test',
      { url: 'http://127.0.0.1:5001/base' },
    ],
  ])('gets back the prefix that was taken off: %s', (_what, value, mapped, setting) => {
    expect(mapBack('location', value, addresses(setting))).toBe(mapped);
  });
});

describe('Refresh', () => {
  it.each([
    ['5', '5'],
    ['5; url=http://127.0.0.1:5001/a', '5; url=http://localhost:8080/sub/a'],
    ['0;URL="/a"', '0;URL="/sub/a"'],
    ["0, url='/a'; x", "0, url='/sub/a'; x"],
    ['0; url="/a', '0; url="/a'],
    ['0; url=http://elsewhere.test/', '0; url=http://elsewhere.test/'],
  ])('%j becomes %j', (value, mapped) => {
    expect(mapBack('refresh', value, addresses(strip))).toBe(mapped);
  });
});

describe('Set-Cookie', () => {
  const base = { url: 'http://api.test:5001/base', host: 'app.localhost:8080' };
  it.each<[string, string, Setting]>([
    ['a=1', 'a=1', strip],
    ['a=1; Path=/; HttpOnly', 'a=1; Path=/; HttpOnly', strip],
    ['a=1; Path=/app; HttpOnly', 'a=1; Path=/sub/app; HttpOnly', strip],
    ['a=1;path=/sub/app', 'a=1;path=/sub/app', strip],
    ['a=1; Path=app', 'a=1; Path=app', strip],
    ['a=1; Path=/api/v2/x; Secure', 'a=1; Path=/users/x; Secure', replace],
    ['a=1; Path=/api', 'a=1; Path=/users', replace],
    ['a=1; Path=/other', 'a=1; Path=/other', replace],
    ['a=1; Path=/base', 'a=1; Path=/', base],
    ['a=1; Path=/base/x', 'a=1; Path=/x', base],
    ['a=1; Domain=api.test; Secure', 'a=1; Secure', base],
    ['a=1; Domain=.test; Path=/', 'a=1; Path=/', base],
    ['a=1; Domain=app.localhost', 'a=1; Domain=app.localhost', base],
    ['a=1; Domain=elsewhere.test', 'a=1; Domain=elsewhere.test', base],
  ])('%j becomes %j', (value, mapped, setting) => {
    expect(mapBack('set-cookie', value, addresses(setting))).toBe(mapped);
  });
});
