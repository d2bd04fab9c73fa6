import { describe, expect, it } from 'vitest';
import {
  dueMs,
  dueRequests,
  findProblem,
  plannedRequests,
} from '../../../../electron/services/traffic/plan.ts';
import type { TrafficPlan } from '../../../../shared/view/traffic.ts';

const plan = (load: TrafficPlan['load'], path = '/'): TrafficPlan => ({
  listener: 'l',
  pool: 'p',
  method: 'GET',
  headers: [],
  body: '',
  paths: [{ path, weight: 1 }],
  load,
});
const count = (requests: number, concurrency = 1) => ({ kind: 'count', requests, concurrency }) as const;
const steady = (concurrency: number, durationMs = 1_000) =>
  ({ kind: 'concurrency', concurrency, durationMs }) as const;
const rate = (perSecond: number, durationMs = 1_000) => ({ kind: 'rate', perSecond, durationMs }) as const;

describe('findProblem', () => {
  it.each([[count(1)], [count(1_000_000, 256)], [rate(1, 1)], [rate(10_000, 600_000)], [steady(256)]])(
    'takes %o',
    (load) => {
      expect(findProblem(plan(load))).toBeNull();
    },
  );

  it.each([
    [count(0), 'Send 1 to 1000000 requests.'],
    [count(1_000_001), 'Send 1 to 1000000 requests.'],
    [count(1.5), 'Send 1 to 1000000 requests.'],
    [count(Number.NaN), 'Send 1 to 1000000 requests.'],
    [count(1, 0), 'Keep 1 to 256 at a time.'],
    [count(1, 257), 'Keep 1 to 256 at a time.'],
    [rate(0), 'Send 1 to 10000 a second.'],
    [rate(10_001), 'Send 1 to 10000 a second.'],
    [steady(257), 'Keep 1 to 256 at a time.'],
    [steady(1, 0), 'Send for 1 ms to 10 minutes.'],
    [rate(1, 0), 'Send for 1 ms to 10 minutes.'],
    [rate(1, 600_001), 'Send for 1 ms to 10 minutes.'],
    [rate(1, Number.POSITIVE_INFINITY), 'Send for 1 ms to 10 minutes.'],
  ])('refuses %o: %s', (load, message) => {
    expect(findProblem(plan(load))).toBe(message);
  });

  it.each(['', 'a b', 'a:80', 'a/b', 'a\r\nX: y'])('refuses the host %j', (host) => {
    expect(findProblem({ ...plan(count(1)), host })).toMatch(/is not a host; write it like/);
    expect(findProblem({ ...plan(count(1)), host: 'Users.localhost' })).toBeNull();
  });

  it.each(['', 'users', '/a b', '/a#b', '/é', '/a\r\nHost: x'])('refuses the path %j', (path) => {
    expect(findProblem(plan(count(1), path))).toMatch(/is not a path; write it like/);
  });
});

const header = (name: string, value = '1') => ({ headers: [{ name, value }] });
const path = (text: string, weight: number) => ({ path: text, weight });

describe('findProblem', () => {
  it.each<[Partial<TrafficPlan>, string | null]>([
    [header('X-User'), null],
    [header('X-User', 'Zoë'), null],
    [header('X User'), '"X User" is not the name of a header; write it like "X-User: 7".'],
    [header(''), '"" is not the name of a header; write it like "X-User: 7".'],
    [header('Content-Length'), 'Content-Length is set by the generator itself; leave it out.'],
    [header('host'), 'host is set by the generator itself; leave it out.'],
    [header('X-User', 'a\r\nX: y'), 'The value of X-User has characters that no header can carry.'],
    [{ headers: Array.from({ length: 51 }, () => ({ name: 'a', value: '' })) }, 'Send 50 headers at most.'],
    [{ method: 'POST', body: 'x'.repeat(262_144) }, null],
    [{ method: 'POST', body: `é${'x'.repeat(262_143)}` }, 'Send a body of 256 KiB at most.'],
    [{ method: 'GET', body: 'x' }, 'A GET request has no body; leave it empty.'],
    [{ paths: [path('/a', 3), path('/b', 1_000)] }, null],
    [{ paths: [] }, 'Ask for 1 to 20 paths.'],
    [{ paths: [path('/a', 0)] }, 'Give /a a weight of 1 to 1000.'],
    [{ paths: [path('/a', 1), path('b', 1)] }, '"b" is not a path; write it like "/" or "/users?id=1".'],
  ])('of what is sent: %j', (change, problem) => {
    expect(findProblem({ ...plan(count(1)), ...change })).toBe(problem);
  });
});

it.each([
  [count(7), 7],
  [rate(50, 2_000), 100],
  [rate(1, 400), 1],
  [rate(3, 1_500), 5],
  [steady(4), null],
])('%o comes to %s requests', (load, planned) => {
  expect(plannedRequests(load)).toBe(planned);
});

it.each([
  [0, 1],
  [99, 1],
  [100, 2],
  [950, 10],
  [1_000, 10],
  [60_000, 10],
])('of ten a second, %i ms in, %i have left', (elapsedMs, due) => {
  expect(dueRequests(rate(10), elapsedMs)).toBe(due);
});

it.each([1, 7, 50, 333, 1_000, 4_999, 10_000])(
  'of %i a second, each is due when it is said to be',
  (perSecond) => {
    const load = rate(perSecond, 2_000);
    const wrong = Array.from({ length: perSecond * 2 }, (_, index) => index).filter((index) => {
      const at = dueMs(load, index);
      return dueRequests(load, at) <= index || dueRequests(load, at - 0.01) > index;
    });
    expect(wrong).toEqual([]);
  },
);
