import type { LabResult } from '../../../shared/view/policy-lab.ts';
import { Completions } from './completions.ts';
import { ReplayedBackend } from './lab-backend.ts';
import { percentileOf } from './percentile.ts';
import type { LabMember, RecordedRequest } from './recording.ts';

/** The recorded requests in the figures of a replay: what there is to hold replays against. */
export function asItWas(members: readonly LabMember[], requests: readonly RecordedRequest[]): LabResult {
  const backends = new Map(members.map((member) => [member.name, new ReplayedBackend(member)]));
  const running = new Completions<{ readonly endMs: number; readonly backend: ReplayedBackend }>();
  for (const { atMs, backend: name, durationMs, totalMs } of requests) {
    const backend = backends.get(name);
    if (!backend) continue;
    // The attempt that gave the answer was the last.
    const beganMs = atMs + totalMs - durationMs;
    for (let ended = running.takeUntil(beganMs); ended; ended = running.takeUntil(beganMs))
      ended.backend.inFlight--;
    backend.begin(totalMs);
    running.add({ backend, endMs: beganMs + durationMs });
  }
  const sorted = requests.map(({ totalMs }) => totalMs).sort((a, b) => a - b);
  return {
    p50Ms: percentileOf(sorted, 50),
    p95Ms: percentileOf(sorted, 95),
    p99Ms: percentileOf(sorted, 99),
    waited: 0,
    backends: [...backends.values()].map((backend) => backend.result()),
  };
}
