import type { PolicySettings } from '../../../shared/config/config.ts';
import type { LabResult } from '../../../shared/view/policy-lab.ts';
import { createPolicy } from '../balancing/create-policy.ts';
import type { PickRequest } from '../balancing/policy.ts';
import { seededRandom } from '../balancing/seeded-random.ts';
import { Completions } from './completions.ts';
import { ReplayedBackend } from './lab-backend.ts';
import type { MeasuredDurations } from './measured-durations.ts';
import { percentileOf } from './percentile.ts';
import type { LabMember, RecordedRequest } from './recording.ts';

/** The same draws in every replay, so that it is the policies that differ. */
const SEED = 1;

interface Running {
  readonly backend: ReplayedBackend;
  readonly durationMs: number;
  readonly endMs: number;
}

/**
 * What would have come of the recorded requests under a policy: they arrive when they did, the policy itself picks, and
 * a backend takes as long as it did, however busy the replay makes it. Who finds all backends at their limit waits for
 * the next that is free, first come, first served.
 *
 * @param requests in the order of their arrival
 */
export function replay(
  settings: PolicySettings,
  members: readonly LabMember[],
  requests: readonly RecordedRequest[],
  durations: MeasuredDurations,
): LabResult {
  return new Replay(settings, members, durations).run(requests);
}

class Replay {
  readonly #backends: readonly ReplayedBackend[];
  readonly #primaries: readonly ReplayedBackend[];
  readonly #backups: readonly ReplayedBackend[];
  readonly #policy;
  readonly #backupPolicy;
  readonly #durations: MeasuredDurations;
  readonly #running = new Completions<Running>();
  readonly #queue: RecordedRequest[] = [];
  readonly #latenciesMs: number[] = [];
  #nowMs = 0;
  #waited = 0;

  constructor(settings: PolicySettings, members: readonly LabMember[], durations: MeasuredDurations) {
    this.#backends = members.map((member) => new ReplayedBackend(member));
    this.#primaries = this.#backends.filter(({ isBackup }) => !isBackup);
    this.#backups = this.#backends.filter(({ isBackup }) => isBackup);
    const sources = { random: seededRandom(SEED), nowMs: () => this.#nowMs, key: new Uint8Array(32) };
    this.#policy = createPolicy(settings, sources);
    this.#backupPolicy = createPolicy(settings, sources);
    this.#durations = durations;
  }

  run(requests: readonly RecordedRequest[]): LabResult {
    for (const request of requests) {
      this.#endUntil(request.atMs);
      this.#nowMs = request.atMs;
      if (this.#queue.length > 0 || !this.#begin(request)) {
        this.#waited++;
        this.#queue.push(request);
      }
    }
    this.#endUntil(Number.POSITIVE_INFINITY);
    const sorted = this.#latenciesMs.sort((a, b) => a - b);
    return {
      p50Ms: percentileOf(sorted, 50),
      p95Ms: percentileOf(sorted, 95),
      p99Ms: percentileOf(sorted, 99),
      waited: this.#waited,
      backends: this.#backends.map((backend) => backend.result()),
    };
  }

  #endUntil(limitMs: number): void {
    for (let ended = this.#running.takeUntil(limitMs); ended; ended = this.#running.takeUntil(limitMs)) {
      const { backend, durationMs, endMs } = ended;
      this.#nowMs = endMs;
      backend.inFlight--;
      (backend.isBackup ? this.#backupPolicy : this.#policy).observe?.(backend, durationMs);
      const [next] = this.#queue;
      if (next && this.#begin(next)) this.#queue.shift();
    }
  }

  /** @returns false when no backend is free */
  #begin(request: RecordedRequest): boolean {
    const asked = askedOf(request);
    const backend =
      this.#policy.pick(this.#primaries, [], asked) ?? this.#backupPolicy.pick(this.#backups, [], asked);
    if (!backend) return false;
    const durationMs = this.#durations.at(backend.name, request);
    const endMs = this.#nowMs + durationMs;
    const latencyMs = endMs - request.atMs;
    backend.begin(latencyMs);
    this.#latenciesMs.push(latencyMs);
    this.#running.add({ backend, durationMs, endMs });
    return true;
  }
}

function askedOf({ client, path }: RecordedRequest): PickRequest {
  return { clientAddress: client, path, header: () => null, cookie: () => null };
}
