import type { DraftPolicy, DraftPool, Say } from './draft.ts';
import { durationText } from './durations.ts';
import { healthCheckOf } from './haproxy-check.ts';
import type { Line, Section } from './haproxy-sections.ts';
import { type HaproxyServer, readServerLine } from './haproxy-server.ts';
import { usableServers, wholeNumber } from './servers.ts';

/** What is said by other means here, or needs not be said. */
const READ = new Set([
  'balance',
  'server',
  'default-server',
  'option',
  'http-check',
  'timeout',
  'retries',
  'mode',
  'cookie',
  'bind',
  'default_backend',
  'use_backend',
  'acl',
  'log',
  'maxconn',
  'description',
  'no',
  'fullconn',
  'hash-type',
  'id',
]);

/** A `backend` or `listen` section as a pool; null when it has no server that could be one here. */
export function readBackend(
  section: Section,
  lines: readonly Line[],
  name: string,
  say: Say,
): DraftPool | null {
  const defaults = lines.filter(({ keyword }) => keyword === 'default-server').flatMap(({ words }) => words);
  const servers: HaproxyServer[] = [];
  for (const line of section.lines) {
    const server = line.keyword === 'server' ? readServerLine(line, defaults, say) : null;
    if (server) servers.push(server);
    if (line.keyword === 'server-template')
      say(line.line, 'server-template was left out: write a server for each.');
    else if (!READ.has(line.keyword))
      say(line.line, `${line.keyword} was left out: Switchyard has nothing like it.`);
  }
  const usable = usableServers(servers, say);
  if (usable.length === 0) {
    say(section.line, `The ${section.kind} ${section.name} was left out: no server of it can be used.`);
    return null;
  }
  const isWeighted = usable.some(({ weight = 1 }) => weight !== 1);
  const slowStart = servers.find((one) => one.slowStart !== undefined)?.slowStart;
  return {
    name,
    origin: `${section.kind} ${section.name}, line ${section.line}`,
    policy: stickyPolicy(lines, servers) ?? readBalance(last(lines, 'balance'), isWeighted, say),
    servers: usable,
    settings: {
      healthCheck: healthCheckOf(lines, servers, say),
      ...readRetries(lines),
      ...(slowStart !== undefined && { slowStart }),
      ...readTimeouts(lines),
    },
  };
}

export function last(lines: readonly Line[], keyword: string): Line | undefined {
  return lines.findLast((one) => one.keyword === keyword);
}

function stickyPolicy(lines: readonly Line[], servers: readonly HaproxyServer[]): DraftPolicy | null {
  const cookie = last(lines, 'cookie');
  const [name = ''] = cookie?.words ?? [];
  const isSticky = cookie?.words.includes('insert') && servers.some(({ hasCookie }) => hasCookie);
  return isSticky && /^[A-Za-z0-9_-]+$/.test(name) ? { name: 'sticky-cookie', cookie: name } : null;
}

function readBalance(line: Line | undefined, isWeighted: boolean, say: Say): DraftPolicy {
  const inTurn: DraftPolicy = isWeighted ? 'weighted-round-robin' : 'round-robin';
  if (!line) return inTurn;
  const [algorithm = '', argument = ''] = line.words;
  const [, header] = /^hdr\(([A-Za-z0-9_-]+)\)$/.exec(algorithm) ?? [];
  if (header !== undefined) return { name: 'header-hash', header };
  const [, hashed, of = ''] = /^req\.(hdr|cook)\(([A-Za-z0-9_-]+)\)$/.exec(argument) ?? [];
  if (algorithm === 'hash' && hashed === 'hdr') return { name: 'header-hash', header: of };
  if (algorithm === 'hash' && hashed === 'cook') return { name: 'cookie-hash', cookie: of };
  if (/^random(\((\d+)\))?$/.test(algorithm)) return algorithm === 'random(1)' ? 'random' : 'two-choices';
  switch (algorithm) {
    case 'roundrobin':
    case 'static-rr':
      return inTurn;
    case 'leastconn':
      return 'least-connections';
    case 'source':
      return 'ip-hash';
    case 'uri':
      return 'path-hash';
    case 'first':
      say(
        line.line,
        'balance first goes by the order of the list, and fills the first up to its maxConnections.',
      );
      return 'first-available';
    default:
      say(line.line, `balance ${line.words.join(' ')} became round robin: no policy here goes by that.`);
      return inTurn;
  }
}

function readRetries(lines: readonly Line[]): Readonly<Record<string, unknown>> {
  const count = wholeNumber(last(lines, 'retries')?.words[0]);
  return count === null ? {} : { retries: { attempts: Math.min(count + 1, 20) } };
}

function readTimeouts(lines: readonly Line[]): Readonly<Record<string, unknown>> {
  const time = (name: string) => {
    const line = lines.findLast(({ keyword, words }) => keyword === 'timeout' && words[0] === name);
    return durationText(line?.words[1], 'ms');
  };
  const [server, queue] = [time('server'), time('queue')];
  const timeouts = { connect: time('connect'), firstByte: server, idle: server, tunnel: time('tunnel') };
  const isGiven = Object.values(timeouts).some((one) => one !== undefined);
  return {
    ...(queue !== undefined && { queue: { timeout: queue } }),
    ...(isGiven && { timeouts }),
  };
}
