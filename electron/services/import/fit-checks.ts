import { isThisMachine } from '../../../shared/calls/this-machine.ts';
import { parseOrigin } from '../../../shared/config/origin.ts';
import type { FoundCheck } from '../../../shared/view/found-check.ts';
import type { Draft, DraftPool, DraftServer, Say } from './draft.ts';

/** Asks a backend until a check is found that it passes; does not reject. */
export type FindCheck = (url: string) => Promise<FoundCheck>;

const NOT_ASKED =
  'its backends are on other machines and were not asked, so its check is HEAD /, which expects 200 to 399.';
/** Backends of one pool that are asked; the others are taken to be like them. */
const MOST_ASKED = 10;

/**
 * The draft with a check for each pool whose file has none, as far as its backends respond now. Copies that pass the
 * same check share it as their pool's.
 */
export async function fitChecks(draft: Draft, findCheck: FindCheck, say: Say): Promise<Draft> {
  const pools = await Promise.all(draft.pools.map((pool) => fitPool(pool, findCheck, say)));
  return { ...draft, pools };
}

async function fitPool(pool: DraftPool, findCheck: FindCheck, say: Say): Promise<DraftPool> {
  if (pool.settings['healthCheck'] !== undefined) return pool;
  const all = pool.servers.flatMap(({ url }) => url ?? []);
  // The file may be somebody else's: nothing is sent to another machine before the user has said yes to it.
  const urls = all.filter(isHere).slice(0, MOST_ASKED);
  if (urls.length === 0) {
    if (all.length > 0) say(null, `${pool.name}: ${NOT_ASKED}`);
    return pool;
  }
  const found = new Map<string, FoundCheck>();
  await Promise.all(urls.map(async (url) => found.set(url, await findCheck(url))));
  const reached = [...found.values()].filter(({ finding }) => finding.kind !== 'unreachable');
  const [first] = reached;
  if (!first) {
    say(
      null,
      `${pool.name}: no backend could be reached now, so its check is HEAD /, which expects 200 to 399.`,
    );
    return pool;
  }
  for (const { finding, words } of reached) if (finding.kind !== 'fits') say(null, `${pool.name}: ${words}`);
  const isShared = reached.every((one) => isSame(one.healthCheck, first.healthCheck));
  const servers = pool.servers.map((server) => fitServer(server, found.get(server.url ?? ''), isShared));
  const isPlain = !isShared || Object.keys(first.healthCheck).length === 0;
  return {
    ...pool,
    servers,
    settings: isPlain ? pool.settings : { healthCheck: first.healthCheck, ...pool.settings },
  };
}

function isHere(url: string): boolean {
  const origin = parseOrigin(url);
  return origin.ok && isThisMachine(origin.value.host);
}

function fitServer(server: DraftServer, found: FoundCheck | undefined, isShared: boolean): DraftServer {
  if (!found) return server;
  const { url, insecure, healthCheck } = found;
  const isOwn = !isShared && Object.keys(healthCheck).length > 0;
  return { ...server, url, ...(insecure && { insecure }), ...(isOwn && { healthCheck }) };
}

function isSame(one: FoundCheck['healthCheck'], other: FoundCheck['healthCheck']): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
