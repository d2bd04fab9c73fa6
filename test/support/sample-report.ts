import type { ScenarioReport } from '../../shared/view/scenario-report.ts';

/** What anybody could have typed as a name. */
export const NASTY = `<script>alert('x')</script> & "q" ]]> \u0007\ud800`;

/** A run with two incidents and a broken limit. */
export function sampleReport(change: Partial<ScenarioReport> = {}): ScenarioReport {
  return {
    scenario: 'bad-deploy',
    seed: 7,
    startedAt: '2026-01-02T03:04:05.678Z',
    durationMs: 24_500,
    command: { argv: ['npm', 'test'], exitCode: 0 },
    verdict: 'failed',
    limits: [
      {
        name: 'clientErrors',
        title: 'Client-visible errors',
        allowed: '0 at most',
        measured: '4 of 1200 requests',
        isKept: false,
      },
      {
        name: 'timeToDetect',
        title: 'Time to detect',
        allowed: '3s at most',
        measured: '1.2s (users/users-2: crash)',
        isKept: true,
      },
      {
        name: 'steps',
        title: 'Steps of the scenario',
        allowed: 'all of them done',
        measured: 'all were done',
        isKept: true,
      },
    ],
    clients: { requests: 1_200, errors: 4, latency: { p50Ms: 3.1, p95Ms: 812.4, p99Ms: 990 } },
    steps: [
      { atMs: 0, words: 'users-2 crash' },
      { atMs: 10_000, words: 'users-1 latency 800ms±200ms' },
      { atMs: 20_000, words: 'restore' },
    ],
    pools: [
      {
        name: 'users',
        unavailable: 2,
        latency: { p50Ms: 3, p95Ms: 800, p99Ms: 980 },
        backends: [
          {
            name: 'users-1',
            requests: 700,
            errors: 0,
            serverErrors: 0,
            latency: { p50Ms: 4, p95Ms: 950, p99Ms: 999 },
          },
          { name: 'users-2', requests: 12, errors: 12, serverErrors: 0, latency: null },
        ],
      },
    ],
    incidents: [
      {
        pool: 'users',
        backend: 'users-2',
        cause: 'crash',
        isSimulated: true,
        brokenAtMs: 0,
        firstErrorAfterMs: 420,
        detectedAfterMs: 1_200,
        recoveredAfterMs: 20_400,
        clientErrors: 4,
        rescued: 8,
      },
      {
        pool: 'users',
        backend: 'users-1',
        cause: 'latency 800ms±200ms',
        isSimulated: true,
        brokenAtMs: 10_000,
        firstErrorAfterMs: null,
        detectedAfterMs: null,
        recoveredAfterMs: 10_000,
        clientErrors: 0,
        rescued: 0,
      },
    ],
    leftOut: 0,
    ...change,
  };
}
