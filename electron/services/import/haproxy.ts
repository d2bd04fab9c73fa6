import { fail, ok } from '../../../shared/calls/result.ts';
import type { DraftListener, DraftPool, DraftRoute, Reader, Say } from './draft.ts';
import { last, readBackend } from './haproxy-backend.ts';
import { readPorts, readRoutes } from './haproxy-frontend.ts';
import { type Line, readSections, type Section } from './haproxy-sections.ts';
import { loopbackAddress, ownTls } from './listen-port.ts';
import { PoolNames } from './pool-names.ts';
import { uniqueRoutes } from './unique-routes.ts';

/** A section with the `defaults` that hold for it. */
interface Proxy {
  readonly section: Section;
  readonly lines: readonly Line[];
}

/** Backends become pools; frontends become listeners with routes. */
export const readHaproxy: Reader = (text, say) => {
  const sections = readSections(text);
  if (!sections.ok) return sections;
  const proxies = withDefaults(sections.value).filter((one) => isHttp(one, say));
  const names = new PoolNames();
  const pools = new Map<string, DraftPool>();
  for (const { section, lines } of proxies) {
    if (section.kind === 'frontend' || !section.lines.some(({ keyword }) => keyword === 'server')) continue;
    const pool = readBackend(section, lines, names.take(section.name), say);
    if (pool) pools.set(section.name, pool);
  }
  if (pools.size === 0) {
    const words =
      'Nothing here can be balanced; it needs a backend with a line such as "server users-1 127.0.0.1:5001".';
    return fail({ line: null, words });
  }
  const taken = new Set<string>();
  const listeners = proxies.flatMap((proxy) => listenersOf(proxy, pools, taken, say));
  return ok({ pools: [...pools.values()], listeners });
};

function withDefaults(sections: readonly Section[]): readonly Proxy[] {
  let defaults: readonly Line[] = [];
  return sections.flatMap((section): Proxy[] => {
    if (section.kind === 'defaults') defaults = section.lines;
    const isProxy = ['frontend', 'backend', 'listen'].includes(section.kind);
    return isProxy ? [{ section, lines: [...defaults, ...section.lines] }] : [];
  });
}

/** Without a mode HAProxy balances TCP; a file that never says which is taken to mean HTTP. */
function isHttp({ section, lines }: Proxy, say: Say): boolean {
  if (last(lines, 'mode')?.words[0] !== 'tcp') return true;
  say(
    section.line,
    `The ${section.kind} ${section.name} was left out: it is in mode tcp, and Switchyard balances HTTP.`,
  );
  return false;
}

function listenersOf(
  { section, lines }: Proxy,
  pools: ReadonlyMap<string, DraftPool>,
  taken: Set<string>,
  say: Say,
): readonly DraftListener[] {
  if (section.kind === 'backend') return [];
  const poolOf = (backend: string) => pools.get(backend)?.name ?? null;
  const routes = uniqueRoutes(readRoutes(section, poolOf, say));
  if (routes.length > 1)
    say(section.line, 'Of several routes the most specific counts here, wherever it stands in the file.');
  const named = section.kind === 'listen' ? section.name : (last(lines, 'default_backend')?.words[0] ?? '');
  const rest = poolOf(named);
  const defaultPool = rest ?? routes[0]?.pool;
  if (defaultPool === undefined) {
    say(section.line, `The ${section.kind} ${section.name} was left out: it leads to no pool.`);
    return [];
  }
  // As HAProxy answers where there is no default_backend.
  const others = rest === null && !routes.some(isRest) ? [{ path: '/', respond: { status: 503 } }] : [];
  return readPorts(section, say).flatMap(({ port, line, isTls }): DraftListener[] => {
    const address = loopbackAddress(port, line, say);
    if (taken.has(address)) {
      say(line, `Port ${port} was left out: ${address} is listened on already.`);
      return [];
    }
    taken.add(address);
    const tls = isTls && { tls: ownTls(port, line, say) };
    return [{ address, ...tls, defaultPool, routes: [...routes, ...others] }];
  });
}

function isRest({ host, path = '/' }: DraftRoute): boolean {
  return host === undefined && path === '/';
}
