import type { FaultType } from '../../../shared/fault-schema.ts';

/** One parameter of a fault, named as in the config. */
export interface FaultField {
  readonly name: string;
  readonly label: string;
  readonly placeholder: string;
  /** What it is for, where the label does not say it all. */
  readonly hint?: string;
}

export interface FaultKind {
  readonly type: FaultType;
  readonly title: string;
  /** What it does, in a line. */
  readonly line: string;
  readonly fields: readonly FaultField[];
}

const time = (name: string, label: string, placeholder: string, hint?: string): FaultField => ({
  name,
  label,
  placeholder,
  ...(hint === undefined ? {} : { hint }),
});

export const FAULT_KINDS: readonly FaultKind[] = [
  { type: 'crash', title: 'Crash', line: 'Connections are refused; what is in flight is lost.', fields: [] },
  {
    type: 'latency',
    title: 'Latency',
    line: 'Answers come late, in their order.',
    fields: [time('latency', 'Late by', '200ms'), time('jitter', 'Give or take', 'nothing')],
  },
  {
    type: 'error',
    title: 'Error answer',
    line: 'It answers so in place of the backend.',
    fields: [
      { name: 'status', label: 'Status', placeholder: '503' },
      { name: 'body', label: 'Body', placeholder: 'the status' },
      time('retryAfter', 'Retry after', 'not said'),
    ],
  },
  {
    type: 'hang',
    title: 'Hang',
    line: 'The connection is taken, and nothing ever answers.',
    fields: [time('timeout', 'Close after', 'never')],
  },
  {
    type: 'bandwidth',
    title: 'Bandwidth',
    line: 'Each connection carries no more than that.',
    fields: [{ name: 'rate', label: 'KB/s', placeholder: '50' }],
  },
  {
    type: 'slow-headers',
    title: 'Slow headers',
    line: 'The head of the answer trickles in.',
    fields: [time('duration', 'Over', '5s')],
  },
  {
    type: 'reset',
    title: 'Reset',
    line: 'The connection is reset: at once when neither is given.',
    fields: [
      { name: 'bytes', label: 'After bytes of the body', placeholder: 'none' },
      time('timeout', 'After', 'no time'),
    ],
  },
  {
    type: 'truncate',
    title: 'Truncate',
    line: 'The answer stops in the middle, and the connection closes.',
    fields: [{ name: 'bytes', label: 'After bytes of the body', placeholder: '1000' }],
  },
  {
    type: 'slicer',
    title: 'Slicer',
    line: 'The answer comes in small fragments with pauses.',
    fields: [
      { name: 'averageSize', label: 'Bytes of a fragment', placeholder: '64' },
      { name: 'sizeVariation', label: 'Give or take', placeholder: '0' },
      time('delay', 'Pause', 'none'),
    ],
  },
  {
    type: 'slow-close',
    title: 'Slow close',
    line: 'The end of the connection comes late.',
    fields: [time('delay', 'Late by', '2s')],
  },
  {
    type: 'flap',
    title: 'Flap',
    line: 'It works for a while, is crashed for a while, and so on.',
    fields: [time('up', 'Up for', '10s'), time('down', 'Down for', '3s')],
  },
];

/** When it hits, and whom. */
export const WHEN_FIELDS: readonly FaultField[] = [
  { name: 'probability', label: 'Probability', placeholder: '1', hint: '0.1 is one in ten' },
  { name: 'first', label: 'First', placeholder: 'all', hint: 'Only so many' },
  { name: 'every', label: 'Every', placeholder: '1', hint: '3: the third, …' },
  { name: 'times', label: 'Times', placeholder: 'no limit', hint: 'Then over' },
  { name: 'for', label: 'For', placeholder: 'no end' },
];

export const MATCH_FIELDS: readonly FaultField[] = [
  { name: 'method', label: 'Method', placeholder: 'any' },
  { name: 'path', label: 'Path begins with', placeholder: '/' },
];

export type Typed = Readonly<Record<string, string>>;

/** What is typed, as the line it is short for; whether that is a fault is for main to say. */
export function faultLine(kind: FaultKind, typed: Typed, affects: string): string {
  const fields = [...kind.fields, ...WHEN_FIELDS, ...MATCH_FIELDS];
  const words = fields.flatMap(({ name }) => {
    const value = (typed[name] ?? '').trim();
    if (value === '') return [];
    return [`${name}=${/[\s"]/.test(value) ? JSON.stringify(value) : value}`];
  });
  return [kind.type, ...words, ...(affects === 'both' ? [] : [`affects=${affects}`])].join(' ');
}
