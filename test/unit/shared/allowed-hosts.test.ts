import { expect, it } from 'vitest';
import { AllowedHosts } from '../../../shared/config/allowed-hosts.ts';

const LOOPBACK = { host: null, port: 8080 };
const listener = {
  address: LOOPBACK,
  routes: [{ host: 'users.test' }, { host: '*.shop.test' }, {}],
  allowedHosts: ['app.example', '*.dev.example'],
};

it.each([
  'localhost',
  'LocalHost:8080',
  'localhost.',
  'users.localhost:8080',
  '127.0.0.1:8080',
  '192.168.0.7',
  '[::1]:8080',
  'users.test',
  'a.b.shop.test:1',
  'APP.example.:80',
  'one.dev.example',
  '',
])('a listener on loopback takes %j', (host) => {
  expect(new AllowedHosts(listener).has(host)).toBe(true);
});

it.each([
  'evil.test',
  'localhost.evil.test',
  'notlocalhost',
  '127.0.0.1.evil.test',
  'shop.test',
  'dev.example',
  '7f.1',
])('a listener on loopback does not take %j', (host) => {
  expect(new AllowedHosts(listener).has(host)).toBe(false);
});

it('"*" takes every host', () => {
  expect(new AllowedHosts({ ...listener, allowedHosts: ['*'] }).has('evil.test')).toBe(true);
});

it('a listener that the network reaches takes every host, unless some are listed', () => {
  const address = { host: '0.0.0.0', port: 8080 };
  expect(new AllowedHosts({ ...listener, address, allowedHosts: [] }).has('evil.test')).toBe(true);
  expect(new AllowedHosts({ ...listener, address }).has('evil.test')).toBe(false);
});
