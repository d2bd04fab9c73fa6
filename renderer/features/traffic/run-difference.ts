import { POLICY_WORDS } from '../../../shared/config/policies.ts';
import type { TrafficRun } from '../../../shared/view/traffic.ts';
import { formatCount, formatMs, formatPercent, formatRate } from '../../stores/words.ts';
import { extraAttempts, figuresOf, sharesOf } from './run-figures.ts';
import { loadWords, punctualityWords } from './run-words.ts';

/** Below this, two figures are told as about the same: runs of one plan differ by as much. */
const SAME = 0.05;

/** One line of a comparison. */
export interface Difference {
  readonly name: string;
  readonly before: string;
  readonly after: string;
  /** Of the second to the first: `33 % lower`. */
  readonly words: string;
  readonly tone: 'better' | 'worse' | 'same';
}

/** The figures of two runs side by side. */
export function differencesOf(before: TrafficRun, after: TrafficRun): readonly Difference[] {
  const [a, b] = [figuresOf(before.progress), figuresOf(after.progress)];
  const [from, to] = [before.progress.latency, after.progress.latency];
  const times = (['p50', 'p90', 'p99', 'max'] as const).map((name) => {
    const key = `${name}Ms` as const;
    return numbers(name === 'max' ? 'Slowest' : name, from?.[key] ?? null, to?.[key] ?? null, formatMs);
  });
  const failures: Difference = {
    name: 'Failed',
    before: `${formatCount(a.failed)} (${formatPercent(a.failedShare)})`,
    after: `${formatCount(b.failed)} (${formatPercent(b.failedShare)})`,
    words: failureWords(b.failed - a.failed),
    tone: toneOf(b.failedShare - a.failedShare),
  };
  const rate = numbers('Rate', a.perSecond, b.perSecond, (value) => `${formatRate(value)} req/s`);
  const extra = numbers('Attempts beyond requests', extraAttempts(before), extraAttempts(after), formatCount);
  // More answers a second is neither good nor bad where the load decides.
  const isOpen = before.progress.plan.load.kind === 'rate';
  return [...times, failures, { ...rate, tone: isOpen ? 'same' : reversed(rate.tone) }, extra];
}

/**
 * Who answered how much in each, by URL.
 *
 * @param order of the pool; what it has no longer comes last
 */
export function shareDifferences(before: TrafficRun, after: TrafficRun, order: readonly string[]) {
  const [a, b] = [sharesOf(before.progress), sharesOf(after.progress)];
  const had = new Set([...a.keys(), ...b.keys()]);
  const known = order.filter((url) => had.has(url));
  return [...new Set([...known, ...had])].map((url) => ({
    url,
    before: a.get(url) ?? 0,
    after: b.get(url) ?? 0,
  }));
}

/** The comparison in a sentence or two. */
export function verdictOf(before: TrafficRun, after: TrafficRun): string {
  const p99 = differencesOf(before, after).find(({ name }) => name === 'p99');
  const [a, b] = [figuresOf(before.progress), figuresOf(after.progress)];
  const isSamePolicy = before.policy === after.policy;
  const who = isSamePolicy || after.policy === null ? 'B' : POLICY_WORDS[after.policy].title;
  const whom = isSamePolicy || before.policy === null ? 'A' : POLICY_WORDS[before.policy].title.toLowerCase();
  const latency =
    p99 === undefined || p99.words === ''
      ? `${who} and ${whom} cannot be compared by latency: one of them had no answers.`
      : p99.tone === 'same'
        ? `${who} had about the same p99 as ${whom}.`
        : `${who} had a p99 ${p99.words} than ${whom}.`;
  const failed = b.failed - a.failed;
  const failures =
    failed === 0 ? '' : ` ${formatCount(Math.abs(failed))} ${failed > 0 ? 'more' : 'fewer'} failed.`;
  return latency + failures;
}

/** Why the figures are not like for like; empty when they are. */
export function caveatsOf(before: TrafficRun, after: TrafficRun): readonly string[] {
  const [a, b] = [before.progress, after.progress];
  return [
    a.plan.pool === b.plan.pool ? '' : `The pools differ: ${a.plan.pool} and ${b.plan.pool}.`,
    loadWords(a.plan) === loadWords(b.plan)
      ? ''
      : `The loads differ: ${loadWords(a.plan)}, and ${loadWords(b.plan)}.`,
    sentOf(a.plan) === sentOf(b.plan) ? '' : 'What was asked for differs.',
    a.state === 'done' && b.state === 'done' ? '' : 'Not both ran to their end.',
    latenessOf('A', a),
    latenessOf('B', b),
    before.hasPolicyChanged || after.hasPolicyChanged ? 'The policy was changed during one of them.' : '',
  ].filter((words) => words !== '');
}

function latenessOf(name: 'A' | 'B', { punctuality }: TrafficRun['progress']): string {
  if (punctuality === null || !punctualityWords(punctuality).isLate) return '';
  return `In ${name} the generator itself was late by ${formatMs(punctuality.lateP99Ms)} (p99): the machine was at its limit.`;
}

function sentOf({ method, headers, body, paths }: TrafficRun['progress']['plan']): string {
  return JSON.stringify([method, headers, body, paths]);
}

function numbers(
  name: string,
  before: number | null,
  after: number | null,
  format: (value: number) => string,
): Difference {
  const shown = (value: number | null) => (value === null ? '–' : format(value));
  const line = { name, before: shown(before), after: shown(after) };
  if (before === null || after === null) return { ...line, words: '', tone: 'same' };
  if (before === after) return { ...line, words: 'the same', tone: 'same' };
  if (before === 0 || after === 0) return { ...line, words: '', tone: toneOf(after - before) };
  const ratio = after / before - 1;
  if (Math.abs(ratio) < SAME) return { ...line, words: 'about the same', tone: 'same' };
  const words = `${formatCount(Math.abs(ratio) * 100)} % ${ratio > 0 ? 'higher' : 'lower'}`;
  return { ...line, words, tone: toneOf(ratio) };
}

function failureWords(more: number): string {
  if (more === 0) return 'the same';
  return `${formatCount(Math.abs(more))} ${more > 0 ? 'more' : 'fewer'}`;
}

/** Of a figure that had better be low. */
function toneOf(change: number): Difference['tone'] {
  if (change === 0) return 'same';
  return change > 0 ? 'worse' : 'better';
}

function reversed(tone: Difference['tone']): Difference['tone'] {
  if (tone === 'same') return 'same';
  return tone === 'better' ? 'worse' : 'better';
}
