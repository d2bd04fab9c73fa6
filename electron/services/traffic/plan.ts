import {
  METHODS_WITH_BODY,
  TRAFFIC_LIMITS,
  type TrafficLoad,
  type TrafficPlan,
} from '../../../shared/view/traffic.ts';

type Rate = TrafficLoad & { readonly kind: 'rate' };

/** How many requests a plan comes to; null where only time ends it. */
export function plannedRequests(load: TrafficLoad): number | null {
  if (load.kind === 'count') return load.requests;
  if (load.kind === 'rate') return Math.ceil((load.perSecond * load.durationMs) / 1_000);
  return null;
}

/**
 * When request `index` of a steady rate is due, milliseconds from the start. Whole ones: no timer is finer, and a
 * request must not be held to have waited for what no timer can do.
 */
export function dueMs(load: Rate, index: number): number {
  return Math.floor((index * 1_000) / load.perSecond);
}

/** How many requests of a steady rate should have left by then; the first leaves at once. */
export function dueRequests(load: Rate, elapsedMs: number): number {
  const most = Math.ceil((load.perSecond * load.durationMs) / 1_000);
  return Math.min(most, Math.ceil(((Math.floor(elapsedMs) + 1) * load.perSecond) / 1_000));
}

/** Set by the connection, or of a meaning that the generator does not play along with. */
const RESERVED = /^(host|content-length|transfer-encoding|connection|keep-alive|upgrade|expect|te|trailer)$/i;

/** What is wrong with a plan, as a whole sentence; null when it can be carried out. */
export function findProblem(plan: TrafficPlan): string | null {
  const { host } = plan;
  if (host !== undefined && !/^[A-Za-z0-9._-]{1,253}$/.test(host))
    return `"${host}" is not a host; write it like "users.localhost".`;
  return problemOfPaths(plan) ?? problemOfHeaders(plan) ?? problemOfBody(plan) ?? problemOfLoad(plan.load);
}

function problemOfPaths({ paths }: TrafficPlan): string | null {
  if (isOutside(paths.length, TRAFFIC_LIMITS.paths)) return `Ask for 1 to ${TRAFFIC_LIMITS.paths} paths.`;
  for (const { path, weight } of paths) {
    if (!/^\/[\x21-\x22\x24-\x7e]*$/.test(path))
      return `"${path}" is not a path; write it like "/" or "/users?id=1".`;
    if (isOutside(weight, TRAFFIC_LIMITS.weight))
      return `Give ${path} a weight of 1 to ${TRAFFIC_LIMITS.weight}.`;
  }
  return null;
}

function problemOfHeaders({ headers }: TrafficPlan): string | null {
  if (headers.length > TRAFFIC_LIMITS.headers) return `Send ${TRAFFIC_LIMITS.headers} headers at most.`;
  for (const { name, value } of headers) {
    if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name))
      return `"${name}" is not the name of a header; write it like "X-User: 7".`;
    if (RESERVED.test(name)) return `${name} is set by the generator itself; leave it out.`;
    if (!/^[\t\x20-\x7e\x80-\xff]*$/.test(value))
      return `The value of ${name} has characters that no header can carry.`;
  }
  return null;
}

function problemOfBody({ method, body }: TrafficPlan): string | null {
  if (body === '') return null;
  if (!METHODS_WITH_BODY.includes(method)) return `A ${method} request has no body; leave it empty.`;
  return Buffer.byteLength(body) > TRAFFIC_LIMITS.bodyBytes
    ? `Send a body of ${TRAFFIC_LIMITS.bodyBytes / 1_024} KiB at most.`
    : null;
}

function problemOfLoad(load: TrafficLoad): string | null {
  if (load.kind !== 'rate' && isOutside(load.concurrency, TRAFFIC_LIMITS.concurrency))
    return `Keep 1 to ${TRAFFIC_LIMITS.concurrency} at a time.`;
  if (load.kind === 'count')
    return isOutside(load.requests, TRAFFIC_LIMITS.requests)
      ? `Send 1 to ${TRAFFIC_LIMITS.requests} requests.`
      : null;
  if (load.kind === 'rate' && isOutside(load.perSecond, TRAFFIC_LIMITS.perSecond))
    return `Send 1 to ${TRAFFIC_LIMITS.perSecond} a second.`;
  return isOutside(load.durationMs, TRAFFIC_LIMITS.durationMs) ? 'Send for 1 ms to 10 minutes.' : null;
}

const isOutside = (value: number, max: number) => !Number.isInteger(value) || value < 1 || value > max;
