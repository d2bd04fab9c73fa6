import { parseOrigin } from '../../../shared/config/origin.ts';
import type { DraftServer, Say } from './draft.ts';
import { safeName } from './pool-names.ts';

const MAX_WEIGHT = 1_000;
const MAX_CONNECTIONS = 1_000_000;

/** A server with the line it stands on. */
export interface ReadServer {
  readonly line: number;
  readonly url: string;
  readonly server: Omit<DraftServer, 'url' | 'command'>;
}

/** The servers that a config can have: each URL good and given once, each name too. */
export function usableServers(read: readonly ReadServer[], say: Say): readonly DraftServer[] {
  const urls = new Set<string>();
  const names = new Set<string>();
  return read.flatMap(({ line, url, server }): DraftServer[] => {
    const origin = parseOrigin(url);
    if (!origin.ok) {
      say(line, `${url} was left out: it ${origin.error}.`);
      return [];
    }
    if (urls.has(origin.value.url)) {
      say(line, `${url} stands here twice, and was taken over once.`);
      return [];
    }
    urls.add(origin.value.url);
    const name = server.name === undefined ? undefined : safeName(server.name);
    const isOwnName = name !== undefined && !names.has(name);
    names.add(isOwnName ? name : safeName(url.replace(/^https?:\/\//, '')));
    return [{ url: origin.value.url, name: isOwnName ? name : undefined, ...limited(server, line, say) }];
  });
}

function limited(
  server: ReadServer['server'],
  line: number,
  say: Say,
): Omit<DraftServer, 'url' | 'command' | 'name'> {
  const { weight, maxConnections, name: _, ...others } = server;
  if (weight !== undefined && weight > MAX_WEIGHT)
    say(line, `The weight ${weight} became ${MAX_WEIGHT}, the highest there is.`);
  return {
    weight: weight === undefined || weight === 1 ? undefined : Math.min(weight, MAX_WEIGHT),
    maxConnections: maxConnections ? Math.min(maxConnections, MAX_CONNECTIONS) : undefined,
    ...others,
  };
}

/** A whole number of at most nine digits; null for anything else. */
export function wholeNumber(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : null;
}

/** `host:port`, `[::1]:port`, a host or a port alone, with a port where none is given. */
export function withPort(address: string, port: number): string {
  const bare = address.replace(/^(\*|0\.0\.0\.0|::)?:(?=\d+$)/, '');
  if (/^\d+$/.test(bare)) return `localhost:${bare}`;
  return /:\d+$/.test(bare) && !/^[\da-f]*:[\da-f:]*:\d+$/i.test(bare) ? bare : `${bare}:${port}`;
}
