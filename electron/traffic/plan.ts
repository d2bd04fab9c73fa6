import { TRAFFIC_LIMITS, type TrafficPlan } from '../../shared/traffic.ts';

type Load = TrafficPlan['load'];

/** How many requests a plan comes to. */
export function plannedRequests(load: Load): number {
  return load.kind === 'count' ? load.requests : Math.ceil((load.perSecond * load.durationMs) / 1_000);
}

/** How many requests of a steady rate should have left by then; the first leaves at once. */
export function dueRequests(load: Load & { readonly kind: 'rate' }, elapsedMs: number): number {
  return Math.min(plannedRequests(load), Math.floor((elapsedMs / 1_000) * load.perSecond) + 1);
}

/** What is wrong with a plan, as a whole sentence; null when it can be carried out. */
export function findProblem({ host, path, load }: TrafficPlan): string | null {
  if (host !== undefined && !/^[A-Za-z0-9._-]{1,253}$/.test(host))
    return `"${host}" is not a host; write it like "users.localhost".`;
  if (!/^\/[\x21-\x22\x24-\x7e]*$/.test(path))
    return `"${path}" is not a path; write it like "/" or "/users?id=1".`;
  if (load.kind === 'count') {
    if (isOutside(load.requests, TRAFFIC_LIMITS.requests))
      return `Send 1 to ${TRAFFIC_LIMITS.requests} requests.`;
    if (isOutside(load.concurrency, TRAFFIC_LIMITS.concurrency))
      return `Keep 1 to ${TRAFFIC_LIMITS.concurrency} at a time.`;
    return null;
  }
  if (isOutside(load.perSecond, TRAFFIC_LIMITS.perSecond))
    return `Send 1 to ${TRAFFIC_LIMITS.perSecond} a second.`;
  return isOutside(load.durationMs, TRAFFIC_LIMITS.durationMs) ? 'Send for 1 ms to 10 minutes.' : null;
}

const isOutside = (value: number, max: number) => !Number.isInteger(value) || value < 1 || value > max;
