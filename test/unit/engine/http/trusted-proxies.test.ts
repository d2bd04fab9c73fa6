import { describe, expect, it } from 'vitest';
import { TrustedProxies } from '../../../../electron/engine/http/client/trusted-proxies.ts';

describe('has', () => {
  const trusted = new TrustedProxies(['loopback', '10.1.0.0/16', '192.0.2.7', '2001:db8::/32', 'fe80::1']);

  it.each(['127.0.0.1', '127.9.9.9', '::1', '10.1.255.255', '192.0.2.7', '2001:db8::5', 'fe80::1'])(
    'believes %s',
    (address) => {
      expect(trusted.has(address)).toBe(true);
    },
  );

  it.each(['128.0.0.1', '10.2.0.0', '192.0.2.8', '2001:db9::', 'fe80::2', '', 'unknown', '_hidden', '10.1'])(
    'does not believe %j',
    (address) => {
      expect(trusted.has(address)).toBe(false);
    },
  );

  it('believes nobody when nobody is named', () => {
    expect(new TrustedProxies([]).has('127.0.0.1')).toBe(false);
  });
});

describe('clientOf', () => {
  const trusted = new TrustedProxies(['loopback', '10.0.0.0/8']);

  it.each<[string, string | null, string]>([
    ['127.0.0.1', null, '127.0.0.1'],
    ['127.0.0.1', '203.0.113.9', '203.0.113.9'],
    // The first is what anybody may have written; the last that is no proxy of ours is the client.
    ['127.0.0.1', '1.2.3.4, 203.0.113.9, 10.0.0.2', '203.0.113.9'],
    ['127.0.0.1', '10.0.0.3,10.0.0.2', '10.0.0.3'],
    ['203.0.113.9', '1.2.3.4', '203.0.113.9'],
    ['127.0.0.1', '[2001:db8::1]:4711', '2001:db8::1'],
    ['127.0.0.1', '203.0.113.9:4711', '203.0.113.9'],
    ['127.0.0.1', 'unknown', 'unknown'],
    ['127.0.0.1', '', '127.0.0.1'],
    ['127.0.0.1', '1.2.3.4, , 10.0.0.2', '10.0.0.2'],
  ])('%s with %j is %s', (peer, forwardedFor, client) => {
    expect(trusted.clientOf(peer, forwardedFor)).toBe(client);
  });
});
