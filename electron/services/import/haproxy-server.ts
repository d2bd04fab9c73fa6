import type { DraftServer, Say } from './draft.ts';
import { durationText } from './durations.ts';
import type { Line } from './haproxy-sections.ts';
import { type ReadServer, wholeNumber, withPort } from './servers.ts';

/** Keywords of a server line that a word follows. */
const WITH_VALUE = new Set([
  'weight',
  'maxconn',
  'inter',
  'downinter',
  'fastinter',
  'rise',
  'fall',
  'slowstart',
  'cookie',
  'verify',
  'port',
  'addr',
  'ca-file',
  'crt',
  'sni',
  'alpn',
  'check-sni',
  'check-alpn',
  'resolvers',
  'resolve-prefer',
  'init-addr',
  'observe',
  'error-limit',
  'on-error',
  'on-marked-down',
  'on-marked-up',
  'maxqueue',
  'minconn',
  'track',
  'proto',
  'id',
  'pool-max-conn',
  'pool-purge-delay',
  'source',
  'ssl-min-ver',
  'ssl-max-ver',
  'agent-port',
  'agent-inter',
  'agent-addr',
  'namespace',
  'tcp-ut',
  'ciphers',
  'ciphersuites',
  'resolve-opts',
  'log-proto',
  'ws',
  'shard',
  'hash-key',
  'guid',
]);
const KNOWN = new Set([
  'weight',
  'maxconn',
  'inter',
  'downinter',
  'rise',
  'fall',
  'slowstart',
  'cookie',
  'verify',
  'check',
  'backup',
  'disabled',
  'enabled',
  'ssl',
  'ca-file',
  'no-check',
  'resolvers',
  'resolve-prefer',
  'init-addr',
  'sni',
]);

export interface HaproxyServer extends ReadServer {
  readonly isChecked: boolean;
  readonly hasCookie: boolean;
  readonly slowStart: string | undefined;
  /** What it says of its check. */
  readonly check: Readonly<Record<string, unknown>>;
}

/**
 * Reads `server NAME ADDRESS keywords…`; null for one that cannot be a backend, which is said.
 *
 * @param defaults the words of `default-server`
 */
export function readServerLine(
  { words, line }: Line,
  defaults: readonly string[],
  say: Say,
): HaproxyServer | null {
  const [name = '', address = '', ...own] = words;
  const given = readKeywords([...defaults, ...own]);
  if (/^(unix@|abns@|fd@|sockpair@|\/|quic[46]@|rhttp@)/.test(address) || address === '') {
    say(line, `The server ${name} was left out: a backend is reached over TCP here.`);
    return null;
  }
  if (given.has('disabled')) {
    say(
      line,
      `The server ${name} was left out: it is disabled. Add it when it is back, and switch it off here.`,
    );
    return null;
  }
  const weight = wholeNumber(given.get('weight'));
  if (weight === 0) {
    say(line, `The server ${name} was left out: its weight of 0 gives it no requests.`);
    return null;
  }
  for (const key of given.keys())
    if (!KNOWN.has(key)) say(line, `${key} was left out: Switchyard has nothing like it.`);
  const isTls = given.has('ssl');
  const bare = address.replace(/^(ipv4@|ipv6@|tcp[46]?@)/, '');
  if (!/:\d+$|^\d+$/.test(bare))
    say(line, `The server ${name} names no port; it became ${isTls ? 443 : 80}.`);
  const server: Omit<DraftServer, 'url' | 'command'> = {
    name,
    weight: weight ?? undefined,
    maxConnections: wholeNumber(given.get('maxconn')) ?? undefined,
    backup: given.has('backup') ? true : undefined,
    insecure: isTls && given.get('verify') === 'none' ? true : undefined,
  };
  return {
    line,
    url: `${isTls ? 'https' : 'http'}://${withPort(bare, isTls ? 443 : 80)}`,
    server,
    isChecked: given.has('check') && !given.has('no-check'),
    hasCookie: given.has('cookie'),
    slowStart: durationText(given.get('slowstart'), 'ms'),
    check: {
      interval: durationText(given.get('inter'), 'ms'),
      downInterval: durationText(given.get('downinter'), 'ms'),
      rise: times(given.get('rise')),
      fall: times(given.get('fall')),
    },
  };
}

/** Later ones win, as a server's own over `default-server`. */
function readKeywords(words: readonly string[]): ReadonlyMap<string, string> {
  const given = new Map<string, string>();
  for (let at = 0; at < words.length; at++) {
    const key = words[at] ?? '';
    given.set(key, WITH_VALUE.has(key) ? (words[++at] ?? '') : '');
  }
  if (given.get('enabled') !== undefined) given.delete('disabled');
  return given;
}

function times(text: string | undefined): number | undefined {
  const count = wholeNumber(text);
  return count === null || count === 0 ? undefined : Math.min(count, 100);
}
