import { describe, expect, it } from 'vitest';
import { COMPOSE_YML } from '../../../support/import-sources.ts';
import { imported, poolOf, refused, urlsOf } from './imported.ts';

const service = (lines: string) => imported('compose', `services:\n  web:\n${lines}`);

describe('a Compose file', () => {
  const { config, notes } = imported('compose', COMPOSE_YML);

  it('has replicas on a range of ports as the backends of one pool', () => {
    const users = poolOf(config, 'users');
    expect(urlsOf(users)).toEqual([
      'http://localhost:5001',
      'http://localhost:5002',
      'http://localhost:5003',
    ]);
    expect(users.healthCheck).toMatchObject({ path: '/health', interval: 5_000, fall: 3 });
  });

  it('has copies by number in one pool, with what a variable is by default', () => {
    expect(urlsOf(poolOf(config, 'carts'))).toEqual(['http://localhost:6001', 'http://localhost:6002']);
  });

  it('listens for each pool beside the ports that are published', () => {
    expect(config.listeners.map(({ name, address }) => [name, address.port])).toEqual([
      ['users', 8081],
      ['carts', 8082],
      ['web', 8083],
    ]);
  });

  it('says what was left out, and why', () => {
    expect(config.pools.map(({ name }) => name)).toEqual(['users', 'carts', 'web']);
    expect(notes).toEqual([
      '20: web: port 9090 was left out: a service has one port here. Add a pool for it if it serves too.',
      '25: db: the port 5432:5432 was left out: 5432 is the port of PostgreSQL, which is not HTTP.',
      '28: worker was left out: it publishes no port, so it cannot be reached from here.',
      '30: random: the port 80 was left out: it is another one at each start; publish a fixed one, such as "5001:80".',
    ]);
  });
});

it('says when replicas outnumber their ports', () => {
  const { notes } = service('    deploy: { replicas: 3 }\n    ports: ["5001:80"]');
  expect(notes).toEqual([
    '2: web: 3 replicas share 1 published port; publish as many, such as "5001-5003:80".',
  ]);
});

it('takes as many of a range as there are replicas', () => {
  const { config } = service('    scale: 2\n    ports: ["5001-5009:80"]');
  expect(urlsOf(poolOf(config, 'web'))).toHaveLength(2);
});

it('follows anchors and merges', () => {
  const text = 'x-a: &a\n  ports: ["5001:80"]\nservices:\n  web:\n    <<: *a\n    image: x';
  expect(urlsOf(poolOf(imported('compose', text).config, 'web'))).toEqual(['http://localhost:5001']);
});

it('switches checks off where they are', () => {
  const { config } = service('    ports: ["5001:80"]\n    healthcheck: { disable: true }');
  expect(poolOf(config, 'web').healthCheck.type).toBe('off');
});

it.each([
  ['services:\n  web: [', /^Line 2: this is not YAML: /],
  ['version: "3"', /^There are no services/],
  ['services: {}', /^No service here can be a backend/],
  ['services:\n  a: *b', /^The file cannot be read: |^Line 2: /],
  ['services:\n  a:\n    image: &b { x: *b }\n    ports: ["5001:80"]', /^The file cannot be read: /],
])('says what is wrong with %j', (text, message) => {
  expect(refused('compose', text)).toMatch(message);
});

describe('a healthcheck', () => {
  const checked = (test: string, ports = '5001:80') => {
    const { config, notes } = service(`    ports: ["${ports}"]\n    healthcheck: { test: ${test} }`);
    return { check: poolOf(config, 'web').healthCheck, notes };
  };

  it('counts where it asks for the port that is published', () => {
    expect(checked('curl -f http://localhost/up').check.path).toBe('/up');
    expect(checked('["CMD", "wget", "-q", "http://127.0.0.1:3000/up"]', '5001:3000').check.path).toBe('/up');
    expect(checked('curl -f localhost:3000/up', '5001:3000').check.path).toBe('/up');
  });

  it.each([
    ['curl http://localhost:9090/up', 'asks another port than 80, which is published'],
    ['curl http://db:5432/up', 'asks for no URL of the container itself'],
    ['pg_isready', 'asks for no URL of the container itself'],
  ])('is left out where it asks something else: %s', (test, why) => {
    const { check, notes } = checked(test);
    expect(check).toMatchObject({ type: 'http', path: '/' });
    expect(notes).toContain(`2: web: its healthcheck was left out: it ${why}.`);
  });

  it('that is none switches checks off', () => {
    expect(checked('["NONE"]').check.type).toBe('off');
  });
});

it.each([
  'deploy: { replicas: { toString: 1, valueOf: 1 } }',
  'healthcheck: { test: { toString: 1, valueOf: 1 } }',
  'healthcheck: { test: curl http://a/b, retries: { toString: 1, valueOf: 1 } }',
])('takes no object for a text or a number: %s', (line) => {
  const { config } = service(`    ports: ["5001:80"]\n    ${line}`);
  expect(urlsOf(poolOf(config, 'web'))).toEqual(['http://localhost:5001']);
});
