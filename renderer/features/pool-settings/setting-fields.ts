import { fullConfigSchema } from '../../../shared/config/config-schema.ts';
import { formatDuration } from '../../../shared/config/duration.ts';
import { fieldsOf } from '../../stores/written-pool.ts';

export type Group = 'retries' | 'timeouts' | 'queue' | 'outliers';

/** One setting, in the words of somebody who does not know its name. Names are the config's, and unique here. */
export interface SettingField {
  readonly name: string;
  /** Null stands beside the groups, in the pool itself. */
  readonly group: Group | null;
  readonly kind: 'time' | 'count';
  readonly label: string;
  readonly line: string;
}

export interface SettingSection {
  readonly title: string;
  readonly line: string;
  readonly fields: readonly SettingField[];
}

const field =
  (group: Group | null, kind: SettingField['kind']) =>
  (name: string, label: string, line: string): SettingField => ({ name, group, kind, label, line });
const ejectionTime = field('outliers', 'time');
const ejectionCount = field('outliers', 'count');
const timeout = field('timeouts', 'time');

export const EJECTION: SettingSection = {
  title: 'Ejection',
  line: 'A backend that fails too often is left out for a time, whatever its checks say.',
  fields: [
    ejectionCount('consecutive', 'Failures in a row', 'So many eject a backend'),
    ejectionCount('failureRate', 'Failure rate', 'Percent of failures that eject a backend'),
    ejectionTime('window', 'Rate looks back', 'How far back failures are counted for the rate'),
    ejectionCount('minRequests', 'Fewest requests', 'So many before the rate counts'),
    ejectionTime('ejection', 'Out for', 'The first time; the second time twice as long'),
    ejectionTime('maxEjection', 'Longest out for', 'However often it has been out'),
    ejectionCount('maxEjected', 'Most out at a time', 'Percent of the backends'),
  ],
};

export const OTHERS: readonly SettingSection[] = [
  {
    title: 'Slow start',
    line: 'A backend that comes back gets its share bit by bit rather than all at once.',
    fields: [
      field(null, 'time')('slowStart', 'Whole share after', 'Until then it rises evenly from a tenth'),
    ],
  },
  {
    title: 'Retries and timeouts',
    line: 'What is tried again, and how long a backend may take.',
    fields: [
      field('retries', 'count')('attempts', 'Most attempts', 'Of one request, the first included'),
      field('retries', 'time')('budget', 'Retry for', 'No attempt starts later than this'),
      timeout('connect', 'Connect', 'To open a connection to a backend'),
      timeout('firstByte', 'First byte', 'From the whole request to the start of the answer'),
      timeout('idle', 'Silence', 'In the middle of a request or an answer'),
      timeout('total', 'Whole exchange', 'From the start of the request to the end of the answer'),
      timeout('drain', 'Drain', 'For what is in flight at a backend that goes'),
      timeout('tunnel', 'WebSocket silence', 'In any upgraded connection'),
      timeout('keepAlive', 'Keep unused', 'How long an idle connection to a backend is kept'),
    ],
  },
  {
    title: 'Waiting',
    line: 'Requests may wait while every backend serves as many as it may, or is away.',
    fields: [
      field('queue', 'count')('size', 'Most that wait', 'One more is answered 503 at once'),
      field('queue', 'time')('timeout', 'Longest wait', 'For a busy backend; after it, the answer is 503'),
      field(null, 'time')('holdFor', 'Hold while away', 'As when a watcher restarts the service'),
    ],
  },
];

export const FIELDS: readonly SettingField[] = [EJECTION, ...OTHERS].flatMap(({ fields }) => fields);

/** What holds where there is no default. */
const WITHOUT: Readonly<Record<string, string>> = {
  failureRate: 'off',
  total: 'no limit',
  slowStart: 'none',
  holdFor: 'not at all',
};

const POOL = 'p';
const DEFAULTS = fieldsOf(
  fullConfigSchema.parse({
    listeners: [{ address: ':8080', defaultPool: POOL }],
    pools: { [POOL]: { servers: ['http://localhost'], outliers: {} } },
  }).pools[POOL],
);

/** What a setting is when its field is empty, as the config would have it. */
export function defaultOf({ name, group, kind }: SettingField): string {
  const value = (group === null ? DEFAULTS : fieldsOf(DEFAULTS[group]))[name];
  if (typeof value !== 'number') return WITHOUT[name] ?? '';
  return kind === 'time' ? formatDuration(value) : String(value);
}
