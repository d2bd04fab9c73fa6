import type { DraftRoute, Say } from './draft.ts';
import type { Line, Section } from './haproxy-sections.ts';

interface Match {
  readonly hosts: readonly string[];
  readonly paths: readonly string[];
}

const ANY: Match = { hosts: [], paths: [] };

/** Ports of the `bind` lines, each once. */
export function readPorts(
  section: Section,
  say: Say,
): readonly { readonly port: number; readonly line: number; readonly isTls: boolean }[] {
  const ports = section.lines
    .filter(({ keyword }) => keyword === 'bind')
    .flatMap(({ words, line }) => {
      const [addresses = '', ...options] = words;
      return addresses.split(',').flatMap((address) => {
        const port = Number(/:(\d{1,5})$/.exec(address)?.[1] ?? 0);
        if (port < 1 || port > 65_535) {
          say(line, `bind ${address} was left out: it is no single TCP port.`);
          return [];
        }
        return [{ port, line, isTls: options.includes('ssl') }];
      });
    });
  return ports.filter(({ port }, at) => ports.findIndex((one) => one.port === port) === at);
}

/**
 * The `use_backend` lines as routes, as far as they go by host and path.
 *
 * @param poolOf the pool of a backend by its name
 */
export function readRoutes(
  section: Section,
  poolOf: (backend: string) => string | null,
  say: Say,
): readonly DraftRoute[] {
  const acls = new Map<string, readonly Line[]>();
  for (const line of section.lines) {
    const [name = ''] = line.words;
    if (line.keyword === 'acl') acls.set(name, [...(acls.get(name) ?? []), line]);
  }
  return section.lines
    .filter(({ keyword }) => keyword === 'use_backend')
    .flatMap((line) => {
      const [backend = '', word, ...condition] = line.words;
      const match = word === 'if' ? readCondition(condition, acls) : null;
      if (!match) {
        const words = `use_backend ${line.words.join(' ')} was left out: a route goes by host and path alone.`;
        say(line.line, words);
        return [];
      }
      const pool = poolOf(backend);
      if (pool === null) return [];
      const hosts = match.hosts.length > 0 ? match.hosts : [undefined];
      const paths = match.paths.length > 0 ? match.paths : ['/'];
      return hosts.flatMap((host) => paths.map((path) => ({ ...(host && { host }), path, pool })));
    });
}

/** Named and `{ anonymous }` conditions that all have to hold; null for what a route cannot say. */
function readCondition(words: readonly string[], acls: ReadonlyMap<string, readonly Line[]>): Match | null {
  let whole = ANY;
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    let match: Match | null;
    if (word === '{') {
      const end = words.indexOf('}', at);
      match = end === -1 ? null : readTest(words.slice(at + 1, end));
      at = end;
    } else {
      match = (acls.get(word) ?? [])
        .map((line) => readTest(line.words.slice(1)))
        .reduce<Match | null>((sum, one) => (sum && one ? either(sum, one) : null), ANY);
    }
    if (!match || match === ANY) return null;
    const isAgain =
      (match.hosts.length > 0 && whole.hosts.length > 0) ||
      (match.paths.length > 0 && whole.paths.length > 0);
    if (isAgain) return null;
    whole = { hosts: [...whole.hosts, ...match.hosts], paths: [...whole.paths, ...match.paths] };
  }
  return whole === ANY ? null : whole;
}

/** Lines of one name hold when one of them does; by host or by path, but not one or the other. */
function either(one: Match, other: Match): Match | null {
  const isMixed =
    (one.hosts.length > 0 && other.paths.length > 0) || (one.paths.length > 0 && other.hosts.length > 0);
  return isMixed ? null : { hosts: [...one.hosts, ...other.hosts], paths: [...one.paths, ...other.paths] };
}

function readTest([fetch = '', ...rest]: readonly string[]): Match | null {
  const values = rest.filter((word) => word !== '-i');
  if (values.length === 0 || values.some((word) => word.startsWith('-'))) return null;
  if (/^(path_beg|path_dir|path,?beg)$/.test(fetch)) {
    const paths = values.map((value) => (value.length > 1 ? value.replace(/\/$/, '') : value));
    return paths.every((path) => /^\/[\x21\x22\x24-\x3e\x40-\x7e]*$/.test(path))
      ? { hosts: [], paths }
      : null;
  }
  if (/^(hdr\(host\)|hdr_dom\(host\)|req\.hdr\(host\)|hdr_end\(host\))$/i.test(fetch)) {
    const isEnd = /_end/.test(fetch);
    const hosts = values.map((value) => (isEnd ? `*${value}` : value).toLowerCase());
    return hosts.every((host) => /^(\*\.)?([a-z0-9_-]+\.)*[a-z0-9_-]+$/.test(host))
      ? { hosts, paths: [] }
      : null;
  }
  return null;
}
