import { describe, expect, it } from 'vitest';
import { applyEdit } from '../../electron/services/config/edit.ts';
import { parseConfig } from '../../electron/services/config/parse.ts';
import { type CheckChange, checkEdits } from '../../renderer/stores/check-edits.ts';
import type { PoolSnapshot } from '../../shared/view/snapshot.ts';
import { backend, snapshotOf } from './fake-api.ts';

function poolOf(name: string, backends: readonly string[]): PoolSnapshot {
  const [pool] = snapshotOf(backends.map((one) => backend(one))).pools;
  if (!pool) throw new Error('the test is wrong');
  return { ...pool, name };
}

/** The config after the edits, which main makes one after the other; it has to be valid. */
function edited(
  text: string,
  pool: PoolSnapshot,
  changes: readonly CheckChange[],
  instances: readonly string[] = [],
): unknown {
  let result = text;
  for (const edit of checkEdits(text, pool, changes, (name) => instances.includes(name))) {
    const next = applyEdit(result, edit);
    if (!next.ok) throw new Error(next.error.map(({ message }) => message).join('\n'));
    result = next.value;
  }
  expect(parseConfig(result)).toMatchObject({ ok: true });
  return JSON.parse(result);
}

const SIMPLE = JSON.stringify({ healthCheckInterval: '5s', servers: ['http://a:1', 'http://b:1'] });
const FULL = (pool: object) =>
  JSON.stringify({ listeners: [{ address: ':0', defaultPool: 'p' }], pools: { p: pool } });
const HEALTHZ = { method: 'GET', path: '/healthz' };
const TCP = { type: 'tcp' };
const both = (healthCheck: CheckChange['healthCheck']): readonly CheckChange[] => [
  { backend: 'a:1', healthCheck },
  { backend: 'b:1', healthCheck },
];

describe('a config in the simple form', () => {
  const pool = poolOf('default', ['a:1', 'b:1']);

  it('stays in it, with a check at each server', () => {
    expect(edited(SIMPLE, pool, both(HEALTHZ))).toEqual({
      healthCheckInterval: '5s',
      servers: [
        { url: 'http://a:1', healthCheck: HEALTHZ },
        { url: 'http://b:1', healthCheck: HEALTHZ },
      ],
    });
  });

  it('is written in full for instances of a command, and keeps its interval', () => {
    const text = JSON.stringify({
      healthCheckInterval: '5s',
      servers: [{ command: 'node a.js', name: 'a', instances: 2 }],
    });
    const changes = ['a-1', 'a-2'].map((name) => ({ backend: name, healthCheck: TCP }));
    expect(edited(text, poolOf('default', ['a-1', 'a-2']), changes, ['a-1', 'a-2'])).toMatchObject({
      pools: { default: { healthCheck: { interval: '5s', type: 'tcp' } } },
    });
  });
});

describe('a config in the full form', () => {
  const pool = poolOf('p', ['a:1', 'b:1']);
  const servers = ['http://a:1', 'http://b:1'];

  it('has the check at the pool where all of its backends change alike', () => {
    const text = FULL({ healthCheck: { interval: '3s', rise: 2 }, servers });
    expect(edited(text, pool, both(HEALTHZ))).toMatchObject({
      pools: { p: { healthCheck: { interval: '3s', rise: 2, ...HEALTHZ }, servers } },
    });
  });

  it('has it at the servers where they ask something themselves', () => {
    const text = FULL({ servers: servers.map((url) => ({ url, healthCheck: { path: '/x' } })) });
    const changes = both(HEALTHZ).map((change) => ({ ...change, isOverPool: true }));
    expect(edited(text, pool, changes)).toMatchObject({
      pools: { p: { servers: servers.map((url) => ({ url, healthCheck: HEALTHZ })) } },
    });
  });

  it('is not edited where its check fits all of them', () => {
    const changes = both({}).map((change) => ({ ...change, isOverPool: true }));
    expect(checkEdits(FULL({ servers }), pool, changes, () => false)).toEqual([]);
  });

  it('has it at the server where one alone changes', () => {
    expect(edited(FULL({ servers }), pool, [{ backend: 'b:1', healthCheck: TCP }])).toMatchObject({
      pools: { p: { servers: ['http://a:1', { url: 'http://b:1', healthCheck: TCP }] } },
    });
  });

  it('loses what a request was with another type, and keeps when it is sent', () => {
    const own = { path: '/x', expectedStatus: 204, interval: '3s' };
    const text = FULL({ servers: [{ url: 'http://a:1', healthCheck: own }, 'http://b:1'] });
    expect(edited(text, pool, [{ backend: 'a:1', healthCheck: TCP }])).toMatchObject({
      pools: { p: { servers: [{ healthCheck: { interval: '3s', type: 'tcp' } }, 'http://b:1'] } },
    });
  });

  it('keeps the rest of a request where one thing of it changes', () => {
    const text = FULL({ servers: [{ url: 'http://a:1', healthCheck: { path: '/x' } }, 'http://b:1'] });
    const change = { backend: 'a:1', healthCheck: { expectedStatus: ['200-399', '404'] } };
    expect(edited(text, pool, [change])).toMatchObject({
      pools: {
        p: { servers: [{ healthCheck: { path: '/x', expectedStatus: ['200-399', '404'] } }, 'http://b:1'] },
      },
    });
  });

  it('loses what the server itself said where its pool’s check passes', () => {
    const text = FULL({ servers: [{ url: 'http://a:1', healthCheck: { path: '/x' } }, 'http://b:1'] });
    expect(edited(text, pool, [{ backend: 'a:1', healthCheck: {}, isOverPool: true }])).toMatchObject({
      pools: { p: { servers: [{ url: 'http://a:1' }, 'http://b:1'] } },
    });
  });

  it('has the other scheme, and accepts a certificate, with all else as it was', () => {
    const text = FULL({ servers: [{ url: 'http://a:1', name: 'a', weight: 3, backup: true }, 'http://b:1'] });
    const change = { backend: 'a', healthCheck: TCP, url: 'https://a:1', insecure: true as const };
    expect(edited(text, poolOf('p', ['a', 'b:1']), [change])).toMatchObject({
      pools: {
        p: {
          servers: [
            { url: 'https://a:1', name: 'a', weight: 3, backup: true, insecure: true, healthCheck: TCP },
            'http://b:1',
          ],
        },
      },
    });
  });

  it('is not edited where nothing changes', () => {
    expect(
      checkEdits(
        FULL({ servers }),
        pool,
        [{ backend: 'a:1', healthCheck: {}, isOverPool: true }],
        () => false,
      ),
    ).toEqual([]);
  });
});
