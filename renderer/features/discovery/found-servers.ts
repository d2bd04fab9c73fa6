import { portIn } from '../../../shared/config/listen-address.ts';
import type { Discovery, FoundGroup, FoundServer } from '../../../shared/view/discovery.ts';
import type { PoolSnapshot } from '../../../shared/view/snapshot.ts';

/** The pool a server is in already; null for none. However loopback is written, its port is one. */
export function poolOf(server: FoundServer, pools: readonly PoolSnapshot[]): string | null {
  const place = placeOf(server.url);
  return pools.find(({ backends }) => backends.some(({ url }) => placeOf(url) === place))?.name ?? null;
}

function placeOf(url: string): string {
  const [host = ''] = url.replace(/^https?:\/\//, '').split('/', 1);
  return host.replace(/^(127\.0\.0\.1|\[::1\])(?=:|$)/, 'localhost');
}

/** The servers of a group that could be added. */
export function addable({ servers }: FoundGroup, pools: readonly PoolSnapshot[]): readonly FoundServer[] {
  return servers.filter((server) => poolOf(server, pools) === null);
}

/** A name for a pool that no other has. */
export function poolNameFor(group: FoundGroup | undefined, pools: readonly PoolSnapshot[]): string {
  const base =
    (group?.name ?? 'services')
      .replace(/\.(js|mjs|cjs|ts|py|rb|jar)$/, '')
      .replace(/[^\p{L}\p{N} ._:@/+-]/gu, '-')
      .replace(/^[^\p{L}\p{N}]+/u, '')
      .slice(0, 60) || 'services';
  const isTaken = (name: string) => pools.some((pool) => pool.name === name);
  let name = base;
  for (let next = 2; isTaken(name); next++) name = `${base}-${next}`;
  return name;
}

/** The first address from `:8080` up that nothing is known to listen on. */
export function freeAddress(found: Discovery, listeners: readonly { readonly address: string }[]): string {
  const taken = new Set([
    ...found.groups.flatMap(({ servers }) => servers.map(({ port }) => port)),
    ...found.silent.map(({ port }) => port),
    ...listeners.map(({ address }) => portIn(address)),
  ]);
  let port = 8_080;
  while (taken.has(port)) port++;
  return `:${port}`;
}
