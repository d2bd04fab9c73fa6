import type { Say } from './draft.ts';
import type { Line } from './haproxy-sections.ts';
import type { HaproxyServer } from './haproxy-server.ts';

const METHODS = new Set(['HEAD', 'GET', 'OPTIONS', 'POST']);
const DEFAULT_METHOD = 'OPTIONS';

type Check = Readonly<Record<string, unknown>>;

/** How a backend's servers are checked: not at all without `check`, by a connection without `option httpchk`. */
export function healthCheckOf(lines: readonly Line[], servers: readonly HaproxyServer[], say: Say): Check {
  const checked = servers.filter(({ isChecked }) => isChecked);
  const [first] = checked;
  if (!first) return { type: 'off' };
  if (checked.length < servers.length)
    say(first.line, 'All servers of a pool are checked here, also those without "check".');
  const times = first.check;
  if (checked.some(({ check }) => JSON.stringify(check) !== JSON.stringify(times)))
    say(first.line, 'The servers are checked at different times; those of the first hold for all here.');
  const asked = lines.findLast(({ keyword, words }) => keyword === 'option' && words[0] === 'httpchk');
  if (!asked) return { type: 'tcp', ...times };
  return { ...readRequest(asked, lines, say), ...readExpected(lines, say), ...times };
}

function readRequest(asked: Line, lines: readonly Line[], say: Say): Check {
  const [, ...words] = asked.words;
  const sent = lines.findLast(({ keyword, words: [verb] }) => keyword === 'http-check' && verb === 'send');
  const [one, other] = words;
  const method = wordAfter(sent, 'meth') ?? (other === undefined ? DEFAULT_METHOD : (one ?? DEFAULT_METHOD));
  const path = wordAfter(sent, 'uri') ?? other ?? one ?? '/';
  const host = headerValue(sent, 'Host');
  const isPath = /^\/[\x21-\x22\x24-\x7e]*$/.test(path);
  if (!isPath) say(asked.line, `The check's path ${path} became /: it is no path.`);
  if (!METHODS.has(method)) say(asked.line, `The check's method ${method} became ${DEFAULT_METHOD}.`);
  return {
    method: METHODS.has(method) ? method : DEFAULT_METHOD,
    path: isPath ? path : '/',
    ...(host !== undefined && /^[\x20-\x7e]+$/.test(host) && { headers: { Host: host } }),
  };
}

function readExpected(lines: readonly Line[], say: Say): Check {
  const line = lines.findLast(({ keyword, words: [verb] }) => keyword === 'http-check' && verb === 'expect');
  if (!line) return {};
  const [, kind, value = ''] = line.words;
  if (kind === 'status' && /^[1-5]\d\d(-[1-5]\d\d)?(,[1-5]\d\d(-[1-5]\d\d)?)*$/.test(value)) {
    const ranges = value.split(',');
    const isOrdered = ranges.every((one) => one.slice(0, 3) <= one.slice(-3));
    if (isOrdered) return { expectedStatus: ranges.length === 1 ? value : ranges };
  }
  if (kind === 'string' && value !== '' && value.length <= 1_000)
    return { bodyContains: value, method: 'GET' };
  say(
    line.line,
    `http-check ${line.words.join(' ')} was left out: a check here looks for a status or a text.`,
  );
  return {};
}

function wordAfter(line: Line | undefined, key: string): string | undefined {
  const at = line?.words.indexOf(key) ?? -1;
  return at === -1 ? undefined : line?.words[at + 1];
}

/** Of `hdr Host example.localhost`. */
function headerValue(line: Line | undefined, header: string): string | undefined {
  const at = line?.words.findIndex((word, index) => word === 'hdr' && line.words[index + 1] === header) ?? -1;
  return at === -1 ? undefined : line?.words[at + 2];
}
