import type { FaultType } from '../../../shared/config/fault-schema.ts';
import { type FaultDraft, type FaultKind, headersGiven } from './fault-fields.ts';

/** A value as typed, or a gap for it. */
type Value = (name: string) => string;
type Has = (name: string) => boolean;

const EFFECTS: Readonly<Record<FaultType, (value: Value, has: Has) => string>> = {
  crash: () => 'Connections are refused, and what is in flight is lost.',
  latency: (value, has) => {
    const what = value('direction') === 'to-backend' ? 'Requests reach it' : 'Answers come';
    return `${what} ${value('latency')} late${has('jitter') ? spread(value) : ''}.`;
  },
  error: (value, has) => {
    const retry = has('retryAfter') ? ` with Retry-After: ${value('retryAfter')}` : '';
    return `Answers ${has('status') ? value('status') : '503'} in place of the backend${retry}.`;
  },
  hang: (value, has) =>
    has('timeout')
      ? `Nothing answers, and after ${value('timeout')} the connection closes.`
      : 'The connection is taken, and nothing ever answers.',
  bandwidth: (value) =>
    `Each connection carries ${value('rate')} KB/s towards ${value('direction') === 'to-backend' ? 'the backend' : 'the client'}.`,
  'slow-headers': (value) => `The head of the answer trickles in over ${value('duration')}.`,
  reset: (value, has) => {
    if (has('bytes')) return `The connection is reset after ${value('bytes')} bytes of the body.`;
    if (has('timeout')) return `The connection is reset after ${value('timeout')}.`;
    return 'The connection is reset at once, before the backend hears of it.';
  },
  truncate: (value) => `The answer ends after ${value('bytes')} bytes of its body.`,
  slicer: (value, has) => {
    const what = value('direction') === 'to-backend' ? 'Requests reach it' : 'Answers come';
    const size = `${value('averageSize')}${has('sizeVariation') ? ` ± ${value('sizeVariation')}` : ''}`;
    return `${what} in fragments of ${size} bytes${has('delay') ? ` with ${value('delay')} between them` : ''}.`;
  },
  'slow-close': (value) => `The connection ends ${value('delay')} late.`,
  flap: (value) => `It works for ${value('up')}, is crashed for ${value('down')}, and so on.`,
};

/** What will happen with the fault that is typed, and to whom, in words. */
export function faultWords(kind: FaultKind, draft: FaultDraft): string {
  const { typed, affects } = draft;
  const has = (name: string) => (typed[name] ?? '').trim() !== '';
  const value = (name: string) => (has(name) ? (typed[name] ?? '').trim() : '…');
  const left = { both: '', traffic: ' Checks do not notice.', checks: ' Requests are served.' }[affects];
  return `${EFFECTS[kind.type](value, has)} Hits ${whom(draft, value, has)}${until(value, has)}.${left}`;
}

function spread(value: Value): string {
  const jitter = value('jitter');
  if (value('distribution') === 'normal') return `, mostly within ${jitter} of that`;
  if (value('distribution') === 'pareto') return ` at least, some much more (a tail of scale ${jitter})`;
  return `, give or take ${jitter}`;
}

function whom({ affects, headers }: FaultDraft, value: Value, has: Has): string {
  const noun = { both: 'requests and health checks', traffic: 'requests', checks: 'health checks' }[affects];
  const method = has('method') ? `${value('method')} ` : '';
  const path = has('path') ? [`a path that begins with ${value('path')}`] : [];
  const fields = headersGiven(headers).map(({ name, value: wanted }) => `${name}: ${wanted}`);
  const marks = [...path, ...fields];
  const all = `${method}${noun}${marks.length > 0 ? ` with ${marks.join(' and ')}` : ''}`;
  const some = has('first') ? `the first ${value('first')} ${all}` : all;
  if (has('every')) return `${ordinal(value('every'))} of ${has('first') ? some : `the ${some}`}`;
  if (has('probability')) return `${percent(value('probability'))} of ${some}, by chance`;
  return has('first') ? some : `all ${all}`;
}

function until(value: Value, has: Has): string {
  const times = has('times') ? `, ${value('times')} times in all` : '';
  return has('for') ? `${times}, for ${value('for')}` : times;
}

function ordinal(every: string): string {
  const words: Readonly<Record<string, string>> = { '1': 'each', '2': 'every second', '3': 'every third' };
  return words[every] ?? `one in ${every}`;
}

function percent(probability: string): string {
  const share = Number(probability);
  return Number.isFinite(share) ? `${Number((share * 100).toFixed(2))} %` : probability;
}
