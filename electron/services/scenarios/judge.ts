import { formatDuration } from '../../../shared/config/duration.ts';
import type { ScenarioLimits } from '../../../shared/config/scenario-limits.ts';
import type { ClientTally } from '../../../shared/view/run-tally.ts';
import type { LimitVerdict } from '../../../shared/view/scenario-report.ts';
import type { Worst } from './run-record.ts';

/** What limits are held against. */
export interface Judged {
  /** Null when they could not be counted. */
  readonly clients: ClientTally | null;
  readonly longestUndetected: Worst | null;
  readonly longestBroken: Worst | null;
  /** Steps that could not be done. */
  readonly notDone: number;
}

/** A verdict for each limit there is, and one on the steps: what was not rehearsed has not passed. */
export function judge(limits: ScenarioLimits, judged: Judged): readonly LimitVerdict[] {
  const { errorRate, clientErrors, p95, timeToDetect, timeToRecover } = limits;
  const verdicts: (LimitVerdict | null)[] = [
    errorRate === undefined
      ? null
      : ofClients(
          judged,
          { name: 'errorRate', title: 'Error rate', allowed: percent(errorRate) },
          (clients) => ({
            measured: `${percent(clients.errors / clients.requests)}: ${clients.errors} of ${clients.requests} requests`,
            isKept: clients.errors / clients.requests <= errorRate,
          }),
        ),
    clientErrors === undefined
      ? null
      : ofClients(
          judged,
          { name: 'clientErrors', title: 'Client-visible errors', allowed: String(clientErrors) },
          ({ errors, requests }) => ({
            measured: `${errors} of ${requests} requests`,
            isKept: errors <= clientErrors,
          }),
        ),
    p95 === undefined
      ? null
      : ofClients(
          judged,
          { name: 'p95', title: '95th percentile', allowed: formatDuration(p95) },
          ({ latency }) => ({
            measured: latency === null ? 'nothing was answered' : `${latency.p95Ms.toFixed(1)} ms`,
            isKept: latency !== null && latency.p95Ms <= p95,
          }),
        ),
    timeToDetect === undefined
      ? null
      : ofWorst({ name: 'timeToDetect', title: 'Time to detect' }, timeToDetect, judged.longestUndetected),
    timeToRecover === undefined
      ? null
      : ofWorst({ name: 'timeToRecover', title: 'Time to recover' }, timeToRecover, judged.longestBroken),
  ];
  const given = verdicts.filter((verdict) => verdict !== null);
  return given.length === 0 ? [] : [...given, ofSteps(judged.notDone)];
}

type Named = Pick<LimitVerdict, 'name' | 'title'>;

function ofClients(
  { clients }: Judged,
  { allowed, ...named }: Named & { readonly allowed: string },
  compare: (clients: ClientTally) => Pick<LimitVerdict, 'measured' | 'isKept'>,
): LimitVerdict {
  const about = { ...named, allowed: `${allowed} at most` };
  if (!clients) return { ...about, measured: 'not counted: the engine was started again', isKept: false };
  // A run that nobody asked anything of shows nothing.
  if (clients.requests === 0) return { ...about, measured: 'there were no requests', isKept: false };
  return { ...about, ...compare(clients) };
}

function ofWorst(named: Named, limitMs: number, worst: Worst | null): LimitVerdict {
  return {
    ...named,
    allowed: `${formatDuration(limitMs)} at most`,
    measured: worst === null ? 'nothing broke' : `${formatDuration(worst.ms)} (${worst.whose})`,
    isKept: worst === null || worst.ms <= limitMs,
  };
}

function ofSteps(notDone: number): LimitVerdict {
  return {
    name: 'steps',
    title: 'Steps of the scenario',
    allowed: 'all of them done',
    measured: notDone === 0 ? 'all were done' : `${notDone} could not be done`,
    isKept: notDone === 0,
  };
}

function percent(share: number): string {
  return `${Number((share * 100).toFixed(2))} %`;
}
