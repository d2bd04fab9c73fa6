import { withoutNumber } from '../../../shared/text/numbered-name.ts';
import type { FoundGroup, FoundServer } from '../../../shared/view/discovery.ts';

/** A server with what tells whose copy it is. */
export interface Candidate {
  readonly server: FoundServer;
  /** The same for copies: program, folder and script, or a container's service; null where nobody knows. */
  readonly kind: string | null;
}

/**
 * Puts servers together that are likely copies of one service: those of one kind, and those that answer with the same
 * page and the same software. Those with most copies come first, then by port. Two ports of one process are two services, unless their pages are the same.
 */
export function groupServers(candidates: readonly Candidate[]): readonly FoundGroup[] {
  const sorted = [...candidates].sort((a, b) => a.server.port - b.server.port);
  const groups = new Map<number, Candidate[]>();
  const byKey = new Map<string, number>();
  for (const candidate of sorted) {
    const keys = keysOf(candidate, sorted);
    const known = keys.flatMap((key) => byKey.get(key) ?? []);
    const [into = groups.size] = known;
    const members = groups.get(into) ?? [];
    members.push(candidate);
    groups.set(into, members);
    for (const key of keys) if (!byKey.has(key)) byKey.set(key, into);
  }
  return [...groups.values()]
    .map((members) => ({ name: commonName(members), servers: members.map(({ server }) => server) }))
    .sort((a, b) => b.servers.length - a.servers.length);
}

function keysOf({ server, kind }: Candidate, all: readonly Candidate[]): readonly string[] {
  const { pid } = server.owner;
  // The how-manieth port of its process: the first ports of copies belong together, and so do the second ones.
  const place = all
    .filter((one) => pid !== null && one.server.owner.pid === pid)
    .findIndex((one) => one.server === server);
  const keys = kind === null ? [] : [JSON.stringify(['kind', kind, Math.max(0, place)])];
  // A page of errors looks alike wherever it comes from.
  if (server.title !== null && server.status < 400)
    keys.push(JSON.stringify(['page', server.title, server.software]));
  return keys;
}

function commonName(members: readonly Candidate[]): string {
  const [first] = members;
  if (!first) return '';
  const names = members.map(({ server }) => server.owner.name);
  if (names.every((name) => name === names[0])) return first.server.owner.name;
  const stems = names.map((name) => withoutNumber(name, '-_.'));
  if (stems.every((stem) => stem !== '' && stem === stems[0])) return stems[0] ?? '';
  return first.server.title ?? first.server.owner.name;
}
