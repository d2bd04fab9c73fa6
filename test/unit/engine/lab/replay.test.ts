import { describe, expect, it } from 'vitest';
import { asItWas } from '../../../../electron/engine/lab/as-it-was.ts';
import { Completions } from '../../../../electron/engine/lab/completions.ts';
import { MeasuredDurations } from '../../../../electron/engine/lab/measured-durations.ts';
import type { LabMember, RecordedRequest } from '../../../../electron/engine/lab/recording.ts';
import { replay } from '../../../../electron/engine/lab/replay.ts';
import type { PolicyName } from '../../../../shared/config/policies.ts';
import { REPLAYABLE } from '../../../../shared/view/policy-lab.ts';

const member = (name: string, change: Partial<LabMember> = {}): LabMember => ({
  name,
  weight: 1,
  isBackup: false,
  maxConnections: null,
  ...change,
});
const request = (
  atMs: number,
  backend: string,
  durationMs: number,
  change: Partial<RecordedRequest> = {},
): RecordedRequest => ({
  atMs,
  backend,
  durationMs,
  totalMs: durationMs,
  client: '127.0.0.1',
  path: '/',
  ...change,
});

function through(name: PolicyName, members: readonly LabMember[], requests: readonly RecordedRequest[]) {
  if (name === 'header-hash' || name === 'cookie-hash' || name === 'sticky-cookie') throw new Error(name);
  return replay({ name }, members, requests, new MeasuredDurations(requests));
}
const got = ({ backends }: ReturnType<typeof through>) =>
  backends.map(({ backend, requests, peakInFlight }) => `${backend} ${requests} ${peakInFlight}`);

const AB = [member('a'), member('b')];

describe('a replay', () => {
  it('takes just as long as it did where the policy sends all where they went', () => {
    const requests = [request(0, 'a', 30), request(10, 'b', 5), request(20, 'a', 50), request(30, 'b', 7)];
    const was = asItWas(AB, requests);
    expect(through('round-robin', AB, requests)).toEqual(was);
    expect(was).toEqual({
      p50Ms: 7,
      p95Ms: 50,
      p99Ms: 50,
      waited: 0,
      backends: [
        { backend: 'a', requests: 2, peakInFlight: 2, p95Ms: 50 },
        { backend: 'b', requests: 2, peakInFlight: 1, p95Ms: 7 },
      ],
    });
  });

  it('goes by what is in flight in the replay, not by what was', () => {
    // a takes 100 ms, b 10 ms; one comes every 20 ms.
    const requests = [0, 20, 40, 60, 80, 100].map((at, index) =>
      request(at, index % 2 === 0 ? 'a' : 'b', index % 2 === 0 ? 100 : 10),
    );
    expect(got(through('round-robin', AB, requests))).toEqual(['a 3 3', 'b 3 1']);
    // The first keeps a busy until 100 ms, and b alone is free at 20, 40, 60 and 80. At 100 both are, and it is the turn of
    // b, which was passed over at the start.
    expect(got(through('least-connections', AB, requests))).toEqual(['a 1 1', 'b 5 1']);
  });

  it('ends what ends at the very time the next arrives before that one is picked for', () => {
    const requests = [request(0, 'a', 10), request(10, 'a', 10), request(20, 'a', 10)];
    expect(got(through('least-connections', [member('a')], requests))).toEqual(['a 3 1']);
  });

  it('makes those wait that find every backend at its limit, first come, first served', () => {
    const requests = [0, 1, 2].map((at) => request(at, 'a', 10));
    const result = through('round-robin', [member('a', { maxConnections: 1 })], requests);
    // 0 to 10, 10 to 20 (19 ms after it came), 20 to 30 (28 ms).
    expect(result).toEqual({
      p50Ms: 19,
      p95Ms: 28,
      p99Ms: 28,
      waited: 2,
      backends: [{ backend: 'a', requests: 3, peakInFlight: 1, p95Ms: 28 }],
    });
  });

  it('goes by weights', () => {
    const requests = Array.from({ length: 8 }, (_, index) => request(index, 'a', 1));
    const members = [member('a', { weight: 3 }), member('b')];
    expect(got(through('weighted-round-robin', members, requests))).toEqual(['a 6 1', 'b 2 1']);
  });

  it('asks a backup only when none of the others is free', () => {
    const requests = [0, 1, 2].map((at) => request(at, 'a', 10));
    const members = [member('a', { maxConnections: 2 }), member('b', { isBackup: true })];
    expect(got(through('round-robin', members, requests))).toEqual(['a 2 2', 'b 1 1']);
  });

  it('sends the same client, and the same path, to the same backend', () => {
    const requests = Array.from({ length: 100 }, (_, index) =>
      request(index, 'a', 1, { client: `10.0.0.${index % 10}`, path: '/one' }),
    );
    const byPath = through('path-hash', AB, requests).backends.map((one) => one.requests);
    expect([...byPath].sort()).toEqual([0, 100]);
    for (const { requests: count } of through('ip-hash', AB, requests).backends) expect(count % 10).toBe(0);
  });

  it('comes out the same each time, and loses nobody, under every policy', () => {
    const requests = Array.from({ length: 500 }, (_, index) =>
      request(index * 3, index % 2 === 0 ? 'a' : 'b', (index * 7919) % 97),
    );
    const members = [member('a', { maxConnections: 3 }), member('b', { maxConnections: 5 }), member('c')];
    for (const policy of REPLAYABLE) {
      const result = through(policy, members, requests);
      expect(through(policy, members, requests)).toEqual(result);
      expect(result.backends.reduce((sum, one) => sum + one.requests, 0)).toBe(500);
    }
  });
});

describe('how long a request would have taken elsewhere', () => {
  const requests = [
    ...[10, 20, 30, 40].map((ms) => request(0, 'a', ms)),
    ...[1, 2].map((ms) => request(0, 'b', ms)),
  ];
  const durations = new MeasuredDurations(requests);

  it.each([
    ['its own', 'a', request(0, 'a', 30), 30],
    ['the quicker half', 'b', request(0, 'a', 20), 1],
    ['the slower half', 'b', request(0, 'a', 30), 2],
    ['the slowest', 'b', request(0, 'a', 40), 2],
    ['the other way round', 'a', request(0, 'b', 2), 30],
    ['one that was not measured: as among all', 'c', request(0, 'a', 40), 30],
  ])('%s', (_name, backend, one, ms) => {
    expect(durations.at(backend, one)).toBe(ms);
  });

  it('knows whom it has measured', () => {
    expect(['a', 'b', 'c'].map((name) => durations.isMeasured(name))).toEqual([true, true, false]);
  });
});

it('what is in flight comes out in the order of its ends', () => {
  const completions = new Completions<{ readonly endMs: number }>();
  for (let index = 0; index < 200; index++) completions.add({ endMs: (index * 37) % 200 });
  expect(completions.takeUntil(-1)).toBeNull();
  const half = Array.from({ length: 100 }, () => completions.takeUntil(99)?.endMs);
  expect(half).toEqual(Array.from({ length: 100 }, (_, index) => index));
  expect(completions.takeUntil(99)).toBeNull();
  const rest = Array.from({ length: 100 }, () => completions.takeUntil(Number.POSITIVE_INFINITY)?.endMs);
  expect(rest).toEqual(Array.from({ length: 100 }, (_, index) => index + 100));
  expect(completions.takeUntil(Number.POSITIVE_INFINITY)).toBeNull();
});

it('attempts that failed before count as time, and not as the backend’s', () => {
  const requests = [request(0, 'a', 10, { totalMs: 60 }), request(45, 'a', 20)];
  expect(asItWas([member('a')], requests)).toMatchObject({
    p50Ms: 20,
    p95Ms: 60,
    backends: [{ peakInFlight: 2 }],
  });
});
