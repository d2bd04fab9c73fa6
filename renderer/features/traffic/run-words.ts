import { POLICY_WORDS } from '../../../shared/config/policies.ts';
import {
  type Punctuality,
  TRAFFIC_LIMITS,
  type TrafficPlan,
  type TrafficRun,
} from '../../../shared/view/traffic.ts';
import { formatCount, formatMs } from '../../stores/words.ts';

/** A generator that leaves later than this has bent what it measured. */
const LATE_MS = 5;

/** `500 req/s for 30 s`, `300 requests, 10 at a time`. */
export function loadWords({ load }: Pick<TrafficPlan, 'load'>): string {
  if (load.kind === 'rate') return `${formatCount(load.perSecond)} req/s for ${seconds(load.durationMs)}`;
  if (load.kind === 'count') return `${formatCount(load.requests)} requests, ${load.concurrency} at a time`;
  return `${load.concurrency} at a time for ${seconds(load.durationMs)}`;
}

const seconds = (ms: number) => `${ms / 1_000} s`;

/** `GET /`, `POST /a and 2 more`. */
export function askedWords({ method, paths }: TrafficPlan): string {
  const more = paths.length > 1 ? ` and ${paths.length - 1} more` : '';
  return `${method} ${paths[0]?.path ?? '/'}${more}`;
}

/** `Round robin`; of a run in which it was changed, that too. */
export function policyWords({ policy, hasPolicyChanged }: TrafficRun): string {
  const title = policy === null ? 'Not known' : POLICY_WORDS[policy].title;
  return hasPolicyChanged ? `${title}, changed meanwhile` : title;
}

/** `14:03:21`. */
export function timeWords({ startedAt }: TrafficRun): string {
  return new Date(startedAt).toLocaleTimeString('en-GB');
}

/** How well the schedule was kept, and whose doing it was that it was not. */
export function punctualityWords({ lateP99Ms, lateMaxMs, heldBack }: Punctuality): {
  readonly words: string;
  readonly isLate: boolean;
} {
  const isLate = lateP99Ms > LATE_MS;
  const own = isLate
    ? `The generator was late by ${formatMs(lateP99Ms)} (p99; ${formatMs(lateMaxMs)} at most): this machine is at its limit, and part of the latency is the generator's own.`
    : `The generator kept its schedule: late by ${formatMs(lateP99Ms)} (p99; ${formatMs(lateMaxMs)} at most).`;
  const held =
    heldBack === 0
      ? ''
      : ` ${formatCount(heldBack)} ${heldBack === 1 ? 'request' : 'requests'} waited for one of ${TRAFFIC_LIMITS.concurrency} connections; the wait is in the latency.`;
  return { words: own + held, isLate };
}
