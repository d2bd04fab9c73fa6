import type { Draft, DraftListener, DraftPool, Say } from './draft.ts';

const FIRST_PORT = 8_080;
/** Below it a system may want more rights than a developer has. */
const FIRST_FREE_FOR_ALL = 1_024;
const MOVED_BY = 8_000;

/** `:8080` for port 80 and the like: a port that anybody may listen on, and on loopback alone. */
export function loopbackAddress(port: number, line: number, say: Say): string {
  if (port >= FIRST_FREE_FOR_ALL) return `:${port}`;
  say(line, `Port ${port} often needs more rights than you have, so it became ${port + MOVED_BY}.`);
  return `:${port + MOVED_BY}`;
}

/** Where a file has TLS. Its own certificate is seldom for this machine, and its key seldom readable by who imports it. */
export function ownTls(port: number, line: number, say: Say): 'self-signed' {
  say(line, `Port ${port} gets a certificate that Switchyard makes; name your own in "tls" if you have one.`);
  return 'self-signed';
}

/** A listener for each pool, from port 8080 up, beside the ports that the pools themselves are on. */
function listenersFor(pools: readonly DraftPool[], takenPorts: readonly number[]): readonly DraftListener[] {
  const own = pools.flatMap(({ servers }) => servers.map(({ url = '' }) => portOf(url)));
  const taken = new Set([...takenPorts, ...own]);
  let port = FIRST_PORT;
  return pools.map(({ name }) => {
    while (taken.has(port)) port++;
    const address = `:${port++}`;
    return { address, defaultPool: name, routes: [], ...(pools.length > 1 && { name }) };
  });
}

/** The draft with a listener for each pool where its file names none. */
export function withListeners(draft: Draft, takenPorts: readonly number[]): Draft {
  if (draft.listeners.length > 0) return draft;
  return { ...draft, listeners: listenersFor(draft.pools, takenPorts) };
}

function portOf(url: string): number {
  return Number(/:(\d+)(?:\/|$)/.exec(url)?.[1] ?? 0);
}
