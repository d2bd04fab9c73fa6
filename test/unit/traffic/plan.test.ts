import { describe, expect, it } from 'vitest';
import { dueRequests, findProblem, plannedRequests } from '../../../electron/traffic/plan.ts';
import type { TrafficPlan } from '../../../shared/traffic.ts';

const plan = (load: TrafficPlan['load'], path = '/'): TrafficPlan => ({
  listener: 'l',
  method: 'GET',
  path,
  load,
});
const count = (requests: number, concurrency = 1) => ({ kind: 'count', requests, concurrency }) as const;
const rate = (perSecond: number, durationMs = 1_000) => ({ kind: 'rate', perSecond, durationMs }) as const;

describe('findProblem', () => {
  it.each([[count(1)], [count(1_000_000, 256)], [rate(1, 1)], [rate(5_000, 600_000)]])('takes %o', (load) => {
    expect(findProblem(plan(load))).toBeNull();
  });

  it.each([
    [count(0), 'Send 1 to 1000000 requests.'],
    [count(1_000_001), 'Send 1 to 1000000 requests.'],
    [count(1.5), 'Send 1 to 1000000 requests.'],
    [count(Number.NaN), 'Send 1 to 1000000 requests.'],
    [count(1, 0), 'Keep 1 to 256 at a time.'],
    [count(1, 257), 'Keep 1 to 256 at a time.'],
    [rate(0), 'Send 1 to 5000 a second.'],
    [rate(5_001), 'Send 1 to 5000 a second.'],
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

it.each([
  [count(7), 7],
  [rate(50, 2_000), 100],
  [rate(1, 400), 1],
  [rate(3, 1_500), 5],
])('%o comes to %i requests', (load, planned) => {
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
