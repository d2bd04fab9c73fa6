import {
  LATENCY_BUCKETS,
  latencyBucket,
  type TrafficLatency,
  type TrafficProgress,
  type TrafficRun,
} from '../../shared/view/traffic.ts';

/** Of answers that took this long, in order. */
export function latencyOf(ms: readonly number[]): TrafficLatency {
  const buckets = new Array<number>(LATENCY_BUCKETS).fill(0);
  for (const one of ms) buckets[latencyBucket(one)] = (buckets[latencyBucket(one)] ?? 0) + 1;
  const at = (share: number) => ms[Math.min(ms.length - 1, Math.floor(ms.length * share))] ?? 0;
  return { p50Ms: at(0.5), p90Ms: at(0.9), p99Ms: at(0.99), maxMs: at(1), buckets };
}

export function runOf(
  id: number,
  change: Partial<TrafficRun> = {},
  progress: Partial<TrafficProgress> = {},
): TrafficRun {
  return {
    id,
    startedAt: Date.UTC(2026, 0, 1, 12, 0, id),
    policy: 'round-robin',
    hasPolicyChanged: false,
    attempts: 300,
    progress: {
      state: 'done',
      plan: {
        listener: ':8080',
        pool: 'users',
        method: 'GET',
        headers: [],
        body: '',
        paths: [{ path: '/', weight: 1 }],
        load: { kind: 'count', requests: 300, concurrency: 10 },
      },
      sent: 300,
      planned: 300,
      answers: { '200': 300 },
      byBackend: { 'http://a:1': 150, 'http://b:1': 150 },
      elapsedMs: 1_000,
      latency: latencyOf([10]),
      punctuality: null,
      ...progress,
    },
    ...change,
  };
}
