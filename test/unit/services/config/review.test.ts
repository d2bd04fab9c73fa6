import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../../../electron/services/config/parse.ts';
import { reviewChange } from '../../../../electron/services/config/review.ts';
import type { Config } from '../../../../shared/config/config.ts';

function config(written: object): Config {
  const parsed = parseConfig(JSON.stringify(written));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
  return parsed.value;
}
const A = 'http://localhost:5001';
const B = 'http://localhost:5002';
const STAYS = 'Backends that stay keep their counters, health and warm connections.';

describe('what a change means', () => {
  it('says who drains and who comes', () => {
    const { changes, effects } = reviewChange(config({ servers: [A] }), config({ servers: [B] }));
    expect(changes).toEqual(['added localhost:5002', 'removed localhost:5001']);
    expect(effects).toEqual([
      'localhost:5001 drains: it gets no new request, and what is in flight there has 30s.',
      'localhost:5002 gets requests at once, and the first probe.',
      STAYS,
    ]);
  });

  it('names the pool where there are several, and what becomes of addresses', () => {
    const listeners = [{ address: ':8080', defaultPool: 'users' }];
    const users = { servers: [A], timeouts: { drain: '5s' } };
    const before = config({ listeners, pools: { users, orders: { servers: [A, B] } } });
    const after = config({
      listeners: [{ address: ':9090', defaultPool: 'orders' }],
      pools: { orders: { servers: [A, B] } },
    });
    const { effects } = reviewChange(before, after);
    expect(effects).toEqual([
      'users/localhost:5001 drains: it gets no new request, and what is in flight there has 5s.',
      'Switchyard listens on :9090 before anything else changes.',
      ':8080 takes no new connection any more.',
      STAYS,
    ]);
  });

  it('is nothing where only the layout differs', () => {
    const same = config({ servers: [A] });
    expect(reviewChange(same, same)).toEqual({ changes: [], effects: [] });
  });
});
