import { fail, ok } from '../../../shared/calls/result.ts';
import type { DraftListener, DraftPool, DraftRoute, Reader, Say } from './draft.ts';
import { loopbackAddress, ownTls } from './listen-port.ts';
import { type Directive, readBlocks } from './nginx-blocks.ts';
import { type PoolOf, readServerBlock, type ServerBlock } from './nginx-server.ts';
import { PASSIVE_CHECK, readUpstream } from './nginx-upstream.ts';
import { PoolNames } from './pool-names.ts';
import { usableServers, withPort } from './servers.ts';
import { uniqueRoutes } from './unique-routes.ts';

/** Upstreams become pools; server blocks that pass requests on become listeners and routes. */
export const readNginx: Reader = (text, say) => {
  const blocks = readBlocks(text);
  if (!blocks.ok) return blocks;
  const http = blocks.value.flatMap((one) => (one.name === 'http' ? (one.children ?? []) : [one]));
  for (const { name, line } of http) {
    if (name === 'include') say(line, 'include was left out: open that file by itself.');
    if (name === 'stream') say(line, 'stream was left out: Switchyard balances HTTP alone.');
  }
  const upstreams = http.filter(({ name, children }) => name === 'upstream' && children);
  const book = new PoolBook(upstreams, say);
  const servers = http
    .filter(({ name, children }) => name === 'server' && children)
    .map((one) => readServerBlock(one, book.poolOf, say))
    .filter(({ routes }) => routes.length > 0);
  // Those no server block leads to are what the file is about when it has no server blocks.
  for (const one of upstreams) book.poolOf('http', one.words[0] ?? '', one.line);
  const { pools } = book;
  if (pools.length === 0) {
    const include = http.findLast(({ name }) => name === 'include');
    if (include) {
      const [pattern = ''] = include.words;
      const words = `Nothing here can be balanced, but it includes other files (${pattern}); open one of those.`;
      return fail({ line: include.line, words });
    }
    const words =
      'Nothing here can be balanced; it needs an upstream such as "upstream users { server 127.0.0.1:5001; }".';
    return fail({ line: null, words });
  }
  say(
    null,
    'nginx sends no health checks, so a check here only opens a TCP connection. Set a health path if your backends have one.',
  );
  return ok({ pools, listeners: listenersOf(servers, say) });
};

/** The pools met so far. */
class PoolBook {
  readonly pools: DraftPool[] = [];
  readonly #upstreams: readonly Directive[];
  readonly #say: Say;
  readonly #names = new PoolNames();
  /** By what leads there; null for what cannot be a pool. */
  readonly #known = new Map<string, string | null>();

  constructor(upstreams: readonly Directive[], say: Say) {
    this.#upstreams = upstreams;
    this.#say = say;
  }

  readonly poolOf: PoolOf = (scheme, authority, line) => {
    const upstream = this.#upstreams.find(({ words }) => words[0] === authority);
    const key = upstream ? authority : `${scheme}://${authority}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const name = this.#names.take(authority);
    const pool = upstream
      ? readUpstream(upstream, { name, scheme }, this.#say)
      : single(`${scheme}://${withPort(authority, scheme === 'https' ? 443 : 80)}`, name, line, this.#say);
    this.#known.set(key, pool?.name ?? null);
    if (pool) this.pools.push(pool);
    return pool?.name ?? null;
  };
}

/** A `proxy_pass` straight to a server. */
function single(url: string, name: string, line: number, say: Say): DraftPool | null {
  const servers = usableServers([{ line, url, server: {} }], say);
  if (servers.length === 0) return null;
  const settings = { healthCheck: PASSIVE_CHECK };
  return { name, origin: `proxy_pass, line ${line}`, policy: 'round-robin', servers, settings };
}

/** One listener for each port, with the routes of all server blocks on it. */
function listenersOf(servers: readonly ServerBlock[], say: Say): readonly DraftListener[] {
  const ports = [...new Set(servers.flatMap(({ listens }) => listens.map(({ port }) => port)))];
  const addresses = new Set<string>();
  return ports.flatMap((port): DraftListener[] => {
    const here = servers.filter(({ listens }) => listens.some((one) => one.port === port));
    const [first] = here;
    const main =
      here.find(({ listens }) => listens.some((one) => one.port === port && one.isDefault)) ?? first;
    if (!main) return [];
    const routes = uniqueRoutes(here.flatMap((one) => routesOf(one, one === main)));
    const rest = routes.find(({ host, path }) => host === undefined && path === '/');
    const defaultPool = rest?.pool ?? routes.find((one) => one.pool !== undefined)?.pool;
    if (defaultPool === undefined) {
      say(main.line, `Port ${port} was left out: nothing on it is passed on.`);
      return [];
    }
    const address = loopbackAddress(port, main.line, say);
    if (addresses.has(address)) {
      say(main.line, `Port ${port} was left out: ${address} is listened on already.`);
      return [];
    }
    addresses.add(address);
    const isTls = here.some(({ listens }) => listens.some((one) => one.port === port && one.isTls));
    const tls = isTls && { tls: ownTls(port, main.line, say) };
    return [
      { address, ...tls, defaultPool, routes: routes.filter((one) => one !== rest || !isPlainPass(one)) },
    ];
  });
}

/** nginx takes the first server block for hosts that none is for. */
function routesOf({ hosts, routes }: ServerBlock, isMain: boolean): readonly DraftRoute[] {
  const own = isMain ? [undefined] : hosts;
  // What no location is for is not found, rather than the business of some pool.
  const rest = routes.some(({ path }) => path === '/') ? [] : [{ path: '/', respond: { status: 404 } }];
  return own.flatMap((host) =>
    [...routes, ...rest].map((one) => ({ ...(host !== undefined && { host }), ...one })),
  );
}

/** Whether a route says no more than a default pool does. */
function isPlainPass({ pool, stripPrefix, replacePrefix }: DraftRoute): boolean {
  return pool !== undefined && !stripPrefix && replacePrefix === undefined;
}
