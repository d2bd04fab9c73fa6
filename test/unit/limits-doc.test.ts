import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { TOLD_AT_A_TIME } from '../../electron/engine/http/client/listener.ts';
import { MAX_FAULT_HEADER } from '../../electron/engine/http/client/request-wish.ts';
import { MAX_INTERIM_RESPONSES } from '../../electron/engine/http/exchange/exchange.ts';
import { REPLAY_BYTES } from '../../electron/engine/http/exchange/request-body.ts';
import { MAX_TRAILER_BYTES, MAX_TRAILER_LINES } from '../../electron/engine/http/message/chunked-decoder.ts';
import { MAX_CONNECTION_OPTIONS } from '../../electron/engine/http/message/connection-options.ts';
import { WINDOW_BYTES } from '../../electron/engine/http/message/message-writer.ts';
import { MAX_FORWARDED_HOPS } from '../../electron/engine/http/message/request-head.ts';
import { MAX_RESPONSE_HEAD, MAX_RESPONSE_LINES } from '../../electron/engine/http/message/response-reader.ts';
import { CAPTURED_BYTES } from '../../electron/engine/http/record/body-captures.ts';
import { HEADS_KEPT_BYTES } from '../../electron/engine/http/record/head-tape.ts';
import { MAX_BYTES } from '../../electron/services/config/config-file.ts';
import { MAX_ISSUES } from '../../electron/services/config/issues.ts';
import { MAX_OWNERS, MAX_STRANGERS } from '../../electron/services/control/control-connections.ts';
import { MAX_STREAMS } from '../../electron/services/control/event-streams.ts';
import { MAX_BODY_BYTES } from '../../electron/services/control/request-body.ts';
import { LINE_LENGTH } from '../../electron/services/processes/output-lines.ts';
import { MAX_DURATION_TEXT, parseDuration } from '../../shared/config/duration.ts';
import { MAX_ADDRESS_TEXT } from '../../shared/config/listen-address.ts';
import { MAX_ORIGIN_TEXT } from '../../shared/config/origin.ts';
import { MAX_STEP_TEXT } from '../../shared/config/scenario-schema.ts';
import { BODY_KEPT } from '../../shared/view/captured-body.ts';
import { EXCHANGES_KEPT } from '../../shared/view/exchange-record.ts';
import { LINES_KEPT } from '../../shared/view/output-line.ts';
import { EVENTS_KEPT } from '../../shared/view/snapshot.ts';
import { oneConfig } from '../support/test-engine.ts';

const ROOT = join(import.meta.dirname, '../..');
const DOCS = readFileSync(join(ROOT, 'docs/limits.md'), 'utf8').replaceAll('\r\n', '\n');

interface Row {
  readonly section: string;
  readonly limit: string;
  readonly value: string;
  readonly setting: string;
  readonly test: string;
}

const rows = DOCS.split('\n## ').flatMap((section): Row[] =>
  section
    .split('\n')
    .filter((line) => line.startsWith('| ') && !line.startsWith('| limit') && !line.startsWith('| ---'))
    .map((line) => {
      const [, limit = '', value = '', setting = '', , test = ''] = line
        .split('|')
        .map((cell) => cell.trim());
      return { section: section.split('\n')[0] ?? '', limit, value, setting, test };
    }),
);

/** Those without a setting, by what the page calls them. */
const FIXED: Readonly<Record<string, number>> = {
  'connections above that limit that are told why, at a time': TOLD_AT_A_TIME,
  'members of `Connection`': MAX_CONNECTION_OPTIONS,
  'hops in `X-Forwarded-For`': MAX_FORWARDED_HOPS,
  'trailers, bytes': MAX_TRAILER_BYTES,
  'trailers, lines': MAX_TRAILER_LINES,
  '`X-Switchyard-Fault`, characters': MAX_FAULT_HEADER,
  'response bytes that wait for a slow reader': WINDOW_BYTES,
  'request body kept for a retry, bytes': REPLAY_BYTES,
  'response head, bytes': MAX_RESPONSE_HEAD,
  'header lines of a response': MAX_RESPONSE_LINES,
  'interim responses (1xx) to one request': MAX_INTERIM_RESPONSES,
  'requests in the log': EXCHANGES_KEPT,
  'heads of requests and responses, bytes, while a window watches': HEADS_KEPT_BYTES,
  'captured bodies, bytes': CAPTURED_BYTES,
  'one captured body, bytes': BODY_KEPT,
  events: EVENTS_KEPT,
  'lines of output of one process': LINES_KEPT,
  'characters of one line of output': LINE_LENGTH,
  'connections without the token': MAX_STRANGERS,
  'connections with the token': MAX_OWNERS,
  'request body, bytes': MAX_BODY_BYTES,
  'event streams': MAX_STREAMS,
  'a config, bytes': MAX_BYTES,
  'problems of a config that are reported': MAX_ISSUES,
  'a URL, characters': MAX_ORIGIN_TEXT,
  'an address to listen on, characters': MAX_ADDRESS_TEXT,
  'a duration, characters': MAX_DURATION_TEXT,
  'a step of a scenario, characters': MAX_STEP_TEXT,
};

/** A setting's default; undefined where there is none. */
function defaultOf(section: string, setting: string): unknown {
  const { listeners, pools } = oneConfig(['http://localhost:1']);
  const start: unknown = section === 'Clients' ? listeners[0] : pools[0];
  return setting
    .split('.')
    .reduce(
      (at: unknown, key) => (typeof at === 'object' && at !== null ? Reflect.get(at, key) : undefined),
      start,
    );
}

/** As the page writes it; null for no limit. */
function writtenValue(text: string): number | null {
  if (text === 'no limit') return null;
  if (!text.startsWith('`')) return Number(text.replaceAll(',', ''));
  const duration = parseDuration(text.replaceAll('`', ''));
  return duration.ok ? duration.value : Number.NaN;
}

it('has every limit of its tables', () => {
  expect(rows.length).toBeGreaterThan(40);
  const unknown = rows.filter(({ limit, setting }) => setting === '' && FIXED[limit] === undefined);
  expect(unknown).toEqual([]);
  const missing = Object.keys(FIXED).filter((limit) => !rows.some((row) => row.limit === limit));
  expect(missing).toEqual([]);
});

it.each(rows)(
  '$section: $limit is as in the code, and has its test',
  ({ section, limit, value, setting, test }) => {
    expect(existsSync(join(ROOT, test)), test).toBe(true);
    const expected =
      setting === '' ? FIXED[limit] : (defaultOf(section, setting.replaceAll('`', '')) ?? null);
    expect(writtenValue(value)).toBe(expected);
  },
);
