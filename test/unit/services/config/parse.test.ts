import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../../../electron/services/config/parse.ts';
import type { Config } from '../../../../shared/config/config.ts';

function accepted(text: string): Config {
  const config = parseConfig(text);
  if (!config.ok) throw new Error(config.error.map((issue) => issue.message).join('\n'));
  return config.value;
}

function refused(text: string): string[] {
  const config = parseConfig(text);
  return config.ok ? [] : config.error.map((issue) => issue.message);
}

const SIMPLE = `{
  "port": ":8080",
  "healthCheckInterval": "2s",
  "servers": ["http://localhost:5001", "http://localhost:5002", "http://localhost:5003"]
}`;

describe('the simple form', () => {
  it('is one listener and one pool, with every default filled in', () => {
    const { listeners, pools } = accepted(SIMPLE);
    expect(listeners).toMatchObject([
      { name: ':8080', address: { host: null, port: 8080 }, defaultPool: 'default', exposeBackend: true },
    ]);
    expect(pools).toMatchObject([
      { name: 'default', policy: { name: 'round-robin' }, retries: { attempts: 3 } },
    ]);
    expect(pools[0]?.backends.map((one) => [one.name, one.origin.url, one.weight])).toEqual([
      ['localhost:5001', 'http://localhost:5001', 1],
      ['localhost:5002', 'http://localhost:5002', 1],
      ['localhost:5003', 'http://localhost:5003', 1],
    ]);
    expect(pools[0]?.backends[0]?.healthCheck).toEqual({
      type: 'http',
      interval: 2_000,
      timeout: 1_000,
      method: 'HEAD',
      path: '/',
      headers: {},
      expectedStatus: [{ from: 200, to: 399 }],
      followRedirects: false,
      rise: 1,
      fall: 1,
    });
  });

  it('needs nothing but its servers', () => {
    expect(accepted('{ "servers": ["http://localhost:5001"] }').listeners[0]?.address).toEqual({
      host: null,
      port: 8080,
    });
  });

  it('may have comments, trailing commas and a byte order mark', () => {
    expect(
      accepted('\uFEFF{ /* a */ "servers": ["http://localhost:1",], // b\n }').pools[0]?.backends,
    ).toHaveLength(1);
  });
});

describe('the full form', () => {
  it('has several listeners and pools, and a server may differ from its pool', () => {
    const config = accepted(`{
      "listeners": [
        { "address": ":8080", "defaultPool": "users", "name": "front" },
        { "address": "[::1]:8081", "defaultPool": "orders", "exposeBackend": false }
      ],
      "pools": {
        "users": {
          "policy": "weighted-round-robin",
          "servers": [{ "url": "https://[::1]:8443/base/", "weight": 3, "insecure": true, "healthCheck": { "path": "/up" } }],
          "healthCheck": { "interval": "500ms", "method": "GET" }
        },
        "orders": { "servers": ["http://localhost:6001"] }
      }
    }`);
    expect(config.listeners.map((one) => one.name)).toEqual(['front', '[::1]:8081']);
    expect(config.pools[0]?.backends[0]).toMatchObject({
      origin: { url: 'https://[::1]:8443/base', host: '::1', port: 8443, basePath: '/base' },
      weight: 3,
      insecure: true,
      healthCheck: { path: '/up', interval: 500, method: 'GET' },
    });
  });
});

it.each<[unknown, object]>([
  ['least-connections', { name: 'least-connections' }],
  [{ name: 'peak-ewma' }, { name: 'peak-ewma' }],
  [
    { name: 'header-hash', header: 'X-User' },
    { name: 'header-hash', header: 'X-User' },
  ],
  [
    { name: 'cookie-hash', cookie: 'id' },
    { name: 'cookie-hash', cookie: 'id' },
  ],
  ['sticky-cookie', { name: 'sticky-cookie', cookie: 'switchyard' }],
  [
    { name: 'sticky-cookie', key: '0123456789abcdef' },
    { name: 'sticky-cookie', cookie: 'switchyard', key: '0123456789abcdef' },
  ],
])('the policy %j', (policy, settings) => {
  expect(accepted(JSON.stringify({ servers: ['http://a'], policy })).pools[0]?.policy).toEqual(settings);
});

describe('what is wrong is said with its field, its value and the mend', () => {
  it.each([
    [
      'a missing scheme',
      '{"servers":["http://a","b:1"]}',
      'servers[1]: "b:1" has no scheme; write "http://b:1"',
    ],
    [
      'an unsupported scheme',
      '{"servers":["ftp://a"]}',
      'servers[0]: "ftp://a" has the scheme "ftp"; a backend has "http" or "https"',
    ],
    [
      'an empty list',
      '{"servers":[]}',
      'servers: [] is empty; list at least one URL such as "http://localhost:5001"',
    ],
    [
      'a duration without a unit',
      '{"servers":["http://a"],"healthCheckInterval":"2"}',
      /^healthCheckInterval: "2" .*"2s"/,
    ],
    [
      'a duration that is a number',
      '{"servers":["http://a"],"healthCheckInterval":2}',
      /^healthCheckInterval: 2 .*"2s"/,
    ],
    [
      'a bad address',
      '{"servers":["http://a"],"port":"x"}',
      /^port: "x" is not an address to listen on; write ":8080"/,
    ],
    ['a port out of range', '{"servers":["http://a"],"port":70000}', /^port: 70000 has a port above 65535/],
    [
      'a wrong type',
      '{"servers":[{"url":"http://a","weight":"x"}]}',
      /^servers\[0\]\.weight: "x" must be a whole number/,
    ],
    [
      'an unknown policy',
      '{"servers":["http://a"],"policy":"fair"}',
      /^policy: "fair" must be one of "round-robin"/,
    ],
    [
      'an unknown field',
      '{"servers":["http://a"],"healthcheckInterval":"2s"}',
      /^healthcheckInterval: .*did you mean "healthCheckInterval"\?$/,
    ],
    ['a field given twice', '{"servers":["http://a"],"port":1,"port":2}', /^port: .* given twice/],
    [
      'the same server twice',
      '{"servers":["http://a","http://a/"]}',
      /^servers\[1\]: "http:\/\/a\/" .*servers\[0\]/,
    ],
    [
      'the same name twice',
      '{"servers":[{"url":"http://a","name":"n"},{"url":"http://b","name":"n"}]}',
      /^servers\[1\].*servers\[0\]/,
    ],
    [
      'a pool that is not there',
      '{"listeners":[{"address":":1","defaultPool":"x"}],"pools":{"a":{"servers":["http://a"]}}}',
      /^listeners\[0\]\.defaultPool: "x" .*"a"/,
    ],
    ['no JSON', 'servers: x', /^Line 1, column 1: /],
    ['JSON that ends too soon', '{"servers":["http://a"', /^Line 1, column \d+: /],
    ['a list', '[]', /^A config is an object/],
    ['nothing', '', /empty/],
  ])('%s', (_name, text, message) => {
    const [first = ''] = refused(text);
    if (typeof message === 'string') expect(first).toBe(message);
    else expect(first).toMatch(message);
  });

  it('all at once, in the order of the file, each with its place', () => {
    const config = parseConfig('{\n  "port": "x",\n  "servers": ["a:1"],\n  "colour": 1\n}');
    expect(config.ok ? [] : config.error.map((issue) => [issue.path, issue.line, issue.column])).toEqual([
      ['port', 2, 11],
      ['servers[0]', 3, 15],
      ['colour', 4, 3],
    ]);
  });
});

describe('a config that holds commands', () => {
  const text = JSON.stringify({ servers: ['http://a', { command: 'node "a.js"' }] });

  it('is read with their defaults', () => {
    const config = parseConfig(text);
    expect(config.ok && config.value.pools[0]?.commands).toMatchObject([
      {
        name: 'instance',
        command: 'node "a.js"',
        instances: 1,
        cwd: '.',
        env: {},
        urlPattern: 'http://localhost:{port}',
        position: 1,
        settings: { weight: 1, backup: false, maxConnections: null },
      },
    ]);
  });
});
