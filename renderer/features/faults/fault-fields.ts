import type { FaultType } from '../../../shared/config/fault-schema.ts';

/** One parameter of a fault, named as in the config. */
export interface FaultField {
  readonly name: string;
  readonly label: string;
  readonly placeholder: string;
  /** What it is for, where the label does not say it all. */
  readonly hint?: string;
  /** Where it is one of a few: the first is what it is when nothing is said. */
  readonly choices?: readonly Choice[];
}

interface Choice {
  readonly value: string;
  readonly label: string;
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

const choice = (name: string, label: string, choices: readonly Choice[]): FaultField => ({
  name,
  label,
  placeholder: '',
  choices,
});

const DISTRIBUTION = choice('distribution', 'Spread', [
  { value: '', label: 'Even' },
  { value: 'normal', label: 'Normal' },
  { value: 'pareto', label: 'Pareto' },
]);

const DIRECTION = choice('direction', 'Direction', [
  { value: '', label: 'To the client' },
  { value: 'to-backend', label: 'To the backend' },
]);

export const FAULT_KINDS: readonly FaultKind[] = [
  { type: 'crash', title: 'Crash', line: 'Connections are refused; what is in flight is lost.', fields: [] },
  {
    type: 'latency',
    title: 'Latency',
    line: 'Bytes come late, in their order.',
    fields: [
      time('latency', 'Late by', '200ms'),
      time('jitter', 'Give or take', 'nothing'),
      DISTRIBUTION,
      DIRECTION,
    ],
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
    fields: [{ name: 'rate', label: 'KB/s', placeholder: '50' }, DIRECTION],
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
    line: 'Bytes come in small fragments with pauses.',
    fields: [
      { name: 'averageSize', label: 'Bytes of a fragment', placeholder: '64' },
      { name: 'sizeVariation', label: 'Give or take', placeholder: '0' },
      time('delay', 'Pause', 'none'),
      DIRECTION,
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

/** How often it hits, and for how long. */
export const WHEN_FIELDS: readonly FaultField[] = [
  { name: 'probability', label: 'Probability', placeholder: '1', hint: '0.1 is one in ten' },
  { name: 'first', label: 'First', placeholder: 'all', hint: 'Only so many' },
  { name: 'every', label: 'Every', placeholder: '1', hint: '3: the third, …' },
  { name: 'times', label: 'Times', placeholder: 'no limit', hint: 'Then over' },
  { name: 'for', label: 'For', placeholder: 'no end' },
];

export const MATCH_FIELDS: readonly FaultField[] = [
  choice('method', 'Method', [
    { value: '', label: 'Any' },
    ...['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'].map((value) => ({ value, label: value })),
  ]),
  { name: 'path', label: 'Path begins with', placeholder: '/' },
];

export type Affects = 'both' | 'traffic' | 'checks';

/** A header that requests have to carry. */
export interface HeaderMatch {
  /** Tells rows apart. */
  readonly id: number;
  readonly name: string;
  readonly value: string;
}

/** A fault as far as it is typed. */
export interface FaultDraft {
  /** By the name of the field. */
  readonly typed: Readonly<Record<string, string>>;
  readonly headers: readonly HeaderMatch[];
  readonly affects: Affects;
}

export const EMPTY_DRAFT: FaultDraft = { typed: {}, headers: [], affects: 'both' };

/** What is typed, as the line it is short for; whether that is a fault is for main to say. */
export function faultLine(kind: FaultKind, { typed, headers, affects }: FaultDraft): string {
  const fields = [...kind.fields, ...WHEN_FIELDS, ...MATCH_FIELDS];
  const values = [
    ...fields.map(({ name }) => ({ name, value: (typed[name] ?? '').trim() })),
    ...headersGiven(headers).map(({ name, value }) => ({ name: `header.${name}`, value })),
  ];
  const words = values.flatMap(({ name, value }) =>
    value === '' ? [] : [`${name}=${/[\s"]/.test(value) ? JSON.stringify(value) : value}`],
  );
  return [kind.type, ...words, ...(affects === 'both' ? [] : [`affects=${affects}`])].join(' ');
}

/** Rows that say nothing yet are left out. */
export function headersGiven(headers: readonly HeaderMatch[]): readonly HeaderMatch[] {
  return headers
    .map(({ id, name, value }) => ({ id, name: name.trim(), value: value.trim() }))
    .filter(({ name, value }) => name !== '' && value !== '');
}
