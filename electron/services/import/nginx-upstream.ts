import type { DraftPolicy, DraftPool, Say } from './draft.ts';
import { durationText } from './durations.ts';
import type { Directive } from './nginx-blocks.ts';
import { type ReadServer, usableServers, wholeNumber, withPort } from './servers.ts';

/** What nginx has to be told and Switchyard does by itself. */
const NEEDLESS = new Set(['keepalive', 'keepalive_requests', 'keepalive_timeout', 'keepalive_time', 'zone']);

/** nginx sends no health checks, and an app behind it need not respond at `/`. */
export const PASSIVE_CHECK = { type: 'tcp' } as const;

interface Origin {
  readonly name: string;
  /** Of the `proxy_pass` that leads here. */
  readonly scheme: 'http' | 'https';
}

/** An `upstream` block as a pool; null when it has no server that could be one here. */
export function readUpstream(block: Directive, { name, scheme }: Origin, say: Say): DraftPool | null {
  const read: ReadServer[] = [];
  let policy: DraftPolicy = 'round-robin';
  let settings: Readonly<Record<string, unknown>> = {};
  for (const directive of block.children ?? []) {
    if (directive.name === 'server') {
      const one = readServer(directive, scheme, say);
      if (!one) continue;
      read.push(one.server);
      settings = { ...one.pool, ...settings };
    } else if (POLICY_DIRECTIVES.has(directive.name)) {
      policy = readPolicy(directive, say);
    } else if (!NEEDLESS.has(directive.name)) {
      say(directive.line, `${directive.name} was left out: Switchyard has nothing like it.`);
    }
  }
  const servers = usableServers(read, say);
  if (servers.length === 0) {
    say(block.line, `The upstream ${block.words[0] ?? ''} was left out: no server of it can be used.`);
    return null;
  }
  const isWeighted = policy === 'round-robin' && servers.some(({ weight = 1 }) => weight !== 1);
  return {
    name,
    origin: `upstream ${block.words[0] ?? ''}, line ${block.line}`,
    policy: isWeighted ? 'weighted-round-robin' : policy,
    servers,
    settings: { healthCheck: PASSIVE_CHECK, ...settings },
  };
}

interface Read {
  readonly server: ReadServer;
  /** What nginx says of one server and Switchyard of a pool. */
  readonly pool: Readonly<Record<string, unknown>>;
}

function readServer({ words, line }: Directive, scheme: string, say: Say): Read | null {
  const [address = '', ...parameters] = words;
  if (address.startsWith('unix:')) {
    say(line, `${address} was left out: a backend is reached over TCP here.`);
    return null;
  }
  const given = new Map(parameters.map((one) => splitAt(one)));
  if (given.has('down')) {
    say(line, `${address} was left out: it is marked down. Add it when it is back, and switch it off here.`);
    return null;
  }
  if (wholeNumber(given.get('weight')) === 0) {
    say(line, `${address} was left out: its weight of 0 gives it no requests.`);
    return null;
  }
  for (const key of given.keys())
    if (!PARAMETERS.has(key)) say(line, `${key} was left out: Switchyard has nothing like it.`);
  const server = {
    weight: wholeNumber(given.get('weight')) ?? undefined,
    maxConnections: wholeNumber(given.get('max_conns')) ?? undefined,
    backup: given.has('backup') ? (true as const) : undefined,
  };
  const fails = wholeNumber(given.get('max_fails'));
  const ejection = durationText(given.get('fail_timeout'), 's');
  const slowStart = durationText(given.get('slow_start'), 's');
  const outliers = fails || ejection ? { outliers: { consecutive: fails || 1, ejection } } : {};
  if (fails || ejection)
    say(line, 'max_fails and fail_timeout count failures in a row here, and hold for the whole pool.');
  const url = `${scheme}://${withPort(address, scheme === 'https' ? 443 : 80)}`;
  return { server: { line, url, server }, pool: { ...outliers, ...(slowStart && { slowStart }) } };
}

const PARAMETERS = new Set(['weight', 'max_conns', 'max_fails', 'fail_timeout', 'backup', 'slow_start']);
const POLICY_DIRECTIVES = new Set(['least_conn', 'ip_hash', 'hash', 'random', 'least_time', 'sticky']);

function readPolicy({ name, words, line }: Directive, say: Say): DraftPolicy {
  const [first = ''] = words;
  switch (name) {
    case 'least_conn':
      return 'least-connections';
    case 'ip_hash':
      say(line, 'ip_hash goes by the whole address here, not by its first three parts.');
      return 'ip-hash';
    case 'random':
      return first === 'two' ? 'two-choices' : 'random';
    case 'least_time':
      say(line, 'least_time became peak-ewma, which goes by recent latency too.');
      return 'peak-ewma';
    case 'sticky': {
      const isCookie = first === 'cookie' && TOKEN.test(words[1] ?? '');
      if (!isCookie) say(line, `sticky ${first} became sticky-cookie: a cookie keeps a client.`);
      return isCookie ? { name: 'sticky-cookie', cookie: words[1] ?? '' } : 'sticky-cookie';
    }
    default:
      return readHash(first, line, say);
  }
}

const TOKEN = /^[A-Za-z0-9_-]+$/;

function readHash(key: string, line: number, say: Say): DraftPolicy {
  const [, kind, name = ''] = /^\$\{?(http|cookie)_([A-Za-z0-9_]+)\}?$/.exec(key) ?? [];
  if (kind === 'http') return { name: 'header-hash', header: name.replaceAll('_', '-') };
  if (kind === 'cookie') return { name: 'cookie-hash', cookie: name };
  if (/^\$\{?(binary_)?remote_addr\}?$/.test(key)) return 'ip-hash';
  if (/^\$\{?(request_uri|uri)\}?$/.test(key)) return 'path-hash';
  say(line, `hash ${key} became round robin: a pool goes by an address, a header, a cookie or the path.`);
  return 'round-robin';
}

function splitAt(parameter: string): readonly [string, string] {
  const at = parameter.indexOf('=');
  return at === -1 ? [parameter, ''] : [parameter.slice(0, at), parameter.slice(at + 1)];
}
