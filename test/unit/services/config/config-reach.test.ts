import { describe, expect, it } from 'vitest';
import {
  type ConfigReach,
  isNothing,
  newReach,
  reachOf,
} from '../../../../electron/services/config/config-reach.ts';
import { parseConfig } from '../../../../electron/services/config/parse.ts';

function reach(value: object): ConfigReach {
  const config = parseConfig(JSON.stringify(value));
  if (!config.ok) throw new Error(config.error.map(({ message }) => message).join('\n'));
  return reachOf(config.value, '/srv');
}
const full = (listener: object, servers: readonly unknown[]) => ({
  listeners: [{ address: ':8080', defaultPool: 'p', ...listener }],
  pools: { p: { servers }, other: { servers: ['http://localhost:7001'] } },
});

describe('what a config does beyond loopback', () => {
  it.each([
    [':8080', ['http://localhost:5001', 'http://127.0.0.1:5002', 'http://[::1]:5003', 'http://127.8.9.1']],
    ['127.0.0.1:0', ['http://api.localhost:5001', 'https://LOCALHOST:5001']],
    ['[::1]:8080', ['http://0.0.0.0:5001', 'http://[::]:5001', 'http://2130706433:80']],
  ])('is nothing for loopback only: %s', (address, servers) => {
    expect(isNothing(reach(full({ address }, servers)))).toBe(true);
  });

  it('is nothing for the simple form as people write it first', () => {
    expect(isNothing(reach({ port: ':8080', servers: ['http://localhost:5001'] }))).toBe(true);
  });

  it.each(['0.0.0.0:8999', '[::]:8080', '192.168.1.7:80', 'my-laptop:8080'])(
    'names a listener that other machines reach, and where it leads: %s',
    (address) => {
      const routes = [
        { path: '/other', pool: 'other' },
        { path: '/gone', respond: { status: 404 } },
      ];
      expect(reach(full({ address, routes }, ['http://localhost:5001'])).opens).toEqual([
        { address, backends: ['http://localhost:5001', 'http://localhost:7001'] },
      ]);
    },
  );

  it.each([
    'http://169.254.169.254',
    'http://192.168.0.1:8080/base',
    'https://example.com',
    'http://users:3000',
    'http://localhost.example.com',
    'http://notlocalhost',
    'http://[fe80::1]:80',
    'http://[::ffff:10.0.0.1]:80',
  ])('names a backend on another machine: %s', (url) => {
    expect(reach(full({}, ['http://localhost:1', url])).asks).toHaveLength(1);
  });

  it.each([
    'http://10.0.0.1:{port}',
    'http://localhost{port}',
    'http://{port}',
    'http://a.{port}.example:80',
  ])('names where the instances of a command would be on another machine: %s', (url) => {
    const list = [{ command: 'true', url }];
    expect(reach(full({}, list)).asks).toEqual([url]);
  });

  it('names no host for a command on this machine', () => {
    expect(
      isNothing(
        reach(
          full({}, [{ command: 'true' }, { command: 'true', name: 'b', url: 'http://127.0.0.1:{port}' }]),
        ),
      ),
    ).toBe(true);
  });

  it('names the files of a certificate, from the folder of the config', () => {
    expect(
      reach(full({ tls: { cert: 'a.pem', key: '/etc/key.pem' } }, ['http://localhost:1'])).reads,
    ).toEqual(['/etc/key.pem', '/srv/a.pem']);
    expect(reach(full({ tls: 'self-signed' }, ['http://localhost:1'])).reads).toEqual([]);
  });
});

describe('what is new in a config', () => {
  const before = reach(full({ address: '0.0.0.0:1' }, ['http://localhost:1', 'http://a']));

  it('is nothing where it only loses something', () => {
    expect(isNothing(newReach(before, before))).toBe(true);
    expect(isNothing(newReach(before, reach(full({}, ['http://localhost:1']))))).toBe(true);
  });

  it('is the address, the backend behind an open one, the host and the file', () => {
    expect(
      newReach(before, reach(full({ address: '0.0.0.0:2' }, ['http://localhost:1', 'http://a']))),
    ).toEqual({
      opens: [{ address: '0.0.0.0:2', backends: ['http://a', 'http://localhost:1'] }],
      asks: [],
      reads: [],
    });
    const tls = { cert: 'c', key: 'k' };
    expect(
      newReach(
        before,
        reach(full({ address: '0.0.0.0:1', tls }, ['http://localhost:1', 'http://localhost:9', 'http://b'])),
      ),
    ).toEqual({
      opens: [{ address: '0.0.0.0:1', backends: ['http://b', 'http://localhost:9'] }],
      asks: ['http://b'],
      reads: ['/srv/c', '/srv/k'],
    });
  });
});
