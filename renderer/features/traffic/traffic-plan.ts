import { fail, ok, type Result } from '../../../shared/result.ts';
import { TRAFFIC_LIMITS, type TrafficLoad, type TrafficPlan } from '../../../shared/traffic.ts';
import type { TrafficForm } from '../../stores/app-state.ts';
import { formatCount } from '../../stores/words.ts';
import type { TrafficTarget } from './traffic-target.ts';

export type TrafficField = 'path' | 'requests' | 'concurrency' | 'perSecond' | 'seconds';
export type FieldProblems = Readonly<Partial<Record<TrafficField, string>>>;

const MOST = {
  requests: TRAFFIC_LIMITS.requests,
  concurrency: TRAFFIC_LIMITS.concurrency,
  perSecond: TRAFFIC_LIMITS.perSecond,
  seconds: TRAFFIC_LIMITS.durationMs / 1_000,
} as const;

export const FIELDS_OF = {
  count: ['requests', 'concurrency'],
  rate: ['perSecond', 'seconds'],
  concurrency: ['concurrency', 'seconds'],
} as const;

/** What was typed as a plan, or what is wrong with each field of it. */
export function planOf(
  form: TrafficForm,
  target: TrafficTarget,
  pool: string,
): Result<TrafficPlan, FieldProblems> {
  const problems: Partial<Record<TrafficField, string>> = {};
  for (const name of FIELDS_OF[form.kind]) {
    const value = Number(form[name]);
    if (form[name].trim() === '' || !Number.isInteger(value) || value < 1 || value > MOST[name]) {
      problems[name] = `1 to ${formatCount(MOST[name])}`;
    }
  }
  if (!form.path.startsWith('/')) problems.path = 'Starts with /';
  else if (/[\s#]/.test(form.path)) problems.path = 'No spaces, no #';
  if (Object.keys(problems).length > 0) return fail(problems);
  const { listener, host, prefix } = target;
  const asked = host === null ? {} : { host };
  const paths = [{ path: prefix + form.path, weight: 1 }];
  const { method } = form;
  return ok({ listener, ...asked, pool, method, headers: [], body: '', paths, load: loadOf(form) });
}

function loadOf({ kind, requests, concurrency, perSecond, seconds }: TrafficForm): TrafficLoad {
  const durationMs = Number(seconds) * 1_000;
  switch (kind) {
    case 'rate':
      return { kind, perSecond: Number(perSecond), durationMs };
    case 'count':
      return { kind, requests: Number(requests), concurrency: Number(concurrency) };
    case 'concurrency':
      return { kind, concurrency: Number(concurrency), durationMs };
  }
}
