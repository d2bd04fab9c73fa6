import { expect, it } from 'vitest';
import { ToldReasons } from '../../../../electron/engine/core/told-reasons.ts';

function setUp() {
  let now = 1_000_000;
  const told = new ToldReasons(() => now);
  return {
    told,
    pass: (ms: number) => {
      now += ms;
    },
  };
}

it('a reason is reported when it is another than the last', () => {
  const { told } = setUp();
  expect(told.isNew('connection refused', { kind: 'refused' })).toBe(true);
  expect(told.isNew('connection refused', { kind: 'refused' })).toBe(false);
  expect(told.isNew('HEAD / answered 404', { kind: 'status', status: 404 })).toBe(true);
  expect(told.isNew('HEAD / answered 500', { kind: 'status', status: 500 })).toBe(true);
});

it('what differs in figures alone is the same reason', () => {
  const { told } = setUp();
  expect(told.isNew('HEAD / answered 500', { kind: 'status', status: 500 })).toBe(true);
  expect(told.isNew('HEAD / answered 500; it took 3s', { kind: 'status', status: 500 })).toBe(false);
});

it('a reset before a refusal is the same end', () => {
  const { told } = setUp();
  expect(told.isNew('connection reset', { kind: 'reset' })).toBe(true);
  expect(told.isNew('connection refused', { kind: 'refused' })).toBe(false);
});

it('going to and fro between two is reported once a minute', () => {
  const { told, pass } = setUp();
  const [a, b] = [{ kind: 'status', status: 500 } as const, { kind: 'timeout' } as const];
  expect([told.isNew('a', a), told.isNew('b', b), told.isNew('a', a), told.isNew('b', b)]).toEqual([
    true,
    true,
    false,
    false,
  ]);
  pass(60_000);
  expect(told.isNew('a', a)).toBe(true);
});

it('the same reason is back after a minute without it', () => {
  const { told, pass } = setUp();
  const refused = { kind: 'refused' } as const;
  expect(told.isNewOrBack('connection refused', refused)).toBe(true);
  pass(59_000);
  expect(told.isNewOrBack('connection refused', refused)).toBe(false);
  pass(61_000);
  expect(told.isNewOrBack('connection refused', refused)).toBe(true);
});
