import { fail, ok, type Result } from '../../../shared/calls/result.ts';
import {
  METHODS_WITH_BODY,
  TRAFFIC_LIMITS,
  type TrafficHeader,
  type TrafficLoad,
  type TrafficPlan,
} from '../../../shared/view/traffic.ts';
import type { TrafficForm } from '../../stores/app-state.ts';
import { formatCount } from '../../stores/words.ts';
import type { TrafficTarget } from './traffic-target.ts';

export type LoadField = 'requests' | 'concurrency' | 'perSecond' | 'seconds';
/** What is wrong, by field; those of the further paths are `path 2`, `weight 2` and on. */
export type FieldProblems = Readonly<Record<string, string | undefined>>;

const MOST = {
  requests: TRAFFIC_LIMITS.requests,
  concurrency: TRAFFIC_LIMITS.concurrency,
  perSecond: TRAFFIC_LIMITS.perSecond,
  seconds: TRAFFIC_LIMITS.durationMs / 1_000,
} as const;

export const FIELDS_OF: Readonly<Record<TrafficLoad['kind'], readonly LoadField[]>> = {
  count: ['requests', 'concurrency'],
  rate: ['perSecond', 'seconds'],
  concurrency: ['concurrency', 'seconds'],
};

export function canHaveBody({ method }: Pick<TrafficForm, 'method'>): boolean {
  return METHODS_WITH_BODY.includes(method);
}

/** What was typed as a plan, or what is wrong with each field of it. */
export function planOf(
  form: TrafficForm,
  target: TrafficTarget,
  pool: string,
): Result<TrafficPlan, FieldProblems> {
  const problems: Record<string, string> = {};
  const note = (field: string, problem: string | null) => {
    if (problem !== null) problems[field] = problem;
  };
  for (const name of FIELDS_OF[form.kind]) note(name, numberProblem(form[name], MOST[name]));
  const typed = pathsOf(form);
  for (const [index, { path, weight }] of typed.entries()) {
    note(fieldOf('path', index), pathProblem(path));
    if (typed.length > 1) note(fieldOf('weight', index), numberProblem(weight, TRAFFIC_LIMITS.weight));
  }
  const headers = headersOf(form.headers);
  if (!headers.ok) problems['headers'] = headers.error;
  if (!headers.ok || Object.keys(problems).length > 0) return fail(problems);
  const { listener, host, prefix } = target;
  return ok({
    listener,
    ...(host === null ? {} : { host }),
    pool,
    method: form.method,
    headers: headers.value,
    body: canHaveBody(form) ? form.body : '',
    paths: typed.map(({ path, weight }) => ({
      path: prefix + path,
      weight: typed.length > 1 ? Number(weight) : 1,
    })),
    load: loadOf(form),
  });
}

export function pathsOf({ path, weight, morePaths }: TrafficForm): TrafficForm['morePaths'] {
  return [{ path, weight }, ...morePaths];
}

/** The name of a problem with the path at this place: the first has none of its own. */
export function fieldOf(field: 'path' | 'weight', index: number): string {
  return index === 0 ? field : `${field} ${index + 1}`;
}

/** What is wrong with paths is known by their places. */
export function withoutPaths(problems: FieldProblems): FieldProblems {
  return Object.fromEntries(Object.entries(problems).filter(([field]) => !/^(path|weight) /.test(field)));
}

function numberProblem(text: string, most: number): string | null {
  const value = Number(text);
  const isFine = text.trim() !== '' && Number.isInteger(value) && value >= 1 && value <= most;
  return isFine ? null : `1 to ${formatCount(most)}`;
}

function pathProblem(path: string): string | null {
  if (!path.startsWith('/')) return 'Starts with /';
  return /[\s#]/.test(path) ? 'No spaces, no #' : null;
}

function headersOf(text: string): Result<readonly TrafficHeader[], string> {
  const headers: TrafficHeader[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const [, name, value] = /^\s*([^:\s]+)\s*:(.*)$/.exec(line) ?? [];
    if (name === undefined || value === undefined)
      return fail(`Line ${index + 1}: "${line.trim()}" is no header; write it like "X-User: 7".`);
    headers.push({ name, value: value.trim() });
  }
  return ok(headers);
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
