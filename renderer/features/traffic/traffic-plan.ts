import { fail, ok, type Result } from '../../../shared/result.ts';
import { TRAFFIC_LIMITS, type TrafficPlan } from '../../../shared/traffic.ts';
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

/** What was typed as a plan, or what is wrong with each field of it. */
export function planOf(form: TrafficForm, target: TrafficTarget): Result<TrafficPlan, FieldProblems> {
  const names =
    form.kind === 'count' ? (['requests', 'concurrency'] as const) : (['perSecond', 'seconds'] as const);
  const problems: Partial<Record<TrafficField, string>> = {};
  for (const name of names) {
    const value = Number(form[name]);
    if (form[name].trim() === '' || !Number.isInteger(value) || value < 1 || value > MOST[name]) {
      problems[name] = `1 to ${formatCount(MOST[name])}`;
    }
  }
  if (!form.path.startsWith('/')) problems.path = 'Starts with /';
  else if (/[\s#]/.test(form.path)) problems.path = 'No spaces, no #';
  if (Object.keys(problems).length > 0) return fail(problems);
  const load: TrafficPlan['load'] =
    form.kind === 'count'
      ? { kind: 'count', requests: Number(form.requests), concurrency: Number(form.concurrency) }
      : { kind: 'rate', perSecond: Number(form.perSecond), durationMs: Number(form.seconds) * 1_000 };
  const { listener, host, prefix } = target;
  const asked = host === null ? {} : { host };
  return ok({ listener, ...asked, method: form.method, path: prefix + form.path, load });
}
