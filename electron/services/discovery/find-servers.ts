import { setMaxListeners } from 'node:events';
import type {
  Discovery,
  DiscoveryProgress,
  FoundServer,
  PortOwner,
  SilentPort,
} from '../../../shared/view/discovery.ts';
import { askHttp } from './ask-http.ts';
import { type PublishedPort, readDocker } from './docker.ts';
import { type Candidate, groupServers } from './group.ts';
import type { ListeningPort, ProcessFacts, SocketTable } from './listening-port.ts';
import { commandLine, nameOf, scriptOf } from './owner-name.ts';
import { packageNameAt } from './package-name.ts';

/** Ports asked at a time: quick, and nobody's flood. */
const AT_A_TIME = 8;
/** More than any machine of a developer has open. */
const MOST_PORTS = 500;

export interface FindOptions {
  readonly readTable: () => Promise<SocketTable>;
  readonly dockerSocket: string;
  /** Switchyard's own process, whose listeners and demo are left out. */
  readonly ownPid: number;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: DiscoveryProgress) => void;
}

interface Place {
  readonly port: number;
  /** What to connect to, and what the URL says. */
  readonly address: string;
  readonly host: string;
  readonly owner: PortOwner;
  readonly kind: string | null;
}

/** Looks up what listens on loopback, and asks each port once whether it speaks HTTP. */
export async function findServers(options: FindOptions): Promise<Discovery> {
  const { signal, onProgress } = options;
  // Every request listens to it.
  setMaxListeners(0, signal);
  const troubles: string[] = [];
  const missing = (words: string) => (error: unknown) => {
    if (!signal.aborted)
      troubles.push(`${words}: ${error instanceof Error ? error.message : String(error)}.`);
    return null;
  };
  const [table, published] = await Promise.all([
    options.readTable().catch(missing('The system did not tell what listens')),
    readDocker(options.dockerSocket, signal).catch(missing('Docker did not tell what it runs')),
  ]);
  const places = await placesOf(table ?? { ports: [], processes: [] }, published ?? [], options.ownPid);
  const candidates: Candidate[] = [];
  const silent: SilentPort[] = [];
  let asked = 0;
  onProgress({ asked, ports: places.length });
  await inTurns(places, async (place) => {
    if (signal.aborted) return;
    const answer = await askHttp(place.address, place.port, signal);
    if (signal.aborted) return;
    const { port, owner, kind } = place;
    if (answer.ok) {
      const { protocol, status, title, software } = answer.value;
      const server: FoundServer = {
        url: `${protocol}://${place.host}:${port}`,
        port,
        status,
        title,
        software,
        owner,
      };
      candidates.push({ server, kind });
    } else {
      silent.push({ port, owner, reason: answer.error });
    }
    onProgress({ asked: ++asked, ports: places.length });
  });
  return {
    groups: groupServers(candidates),
    silent: silent.sort((a, b) => a.port - b.port),
    trouble: troubles.length > 0 ? troubles.join(' ') : null,
  };
}

async function placesOf(
  { ports, processes }: SocketTable,
  published: readonly PublishedPort[],
  ownPid: number,
): Promise<readonly Place[]> {
  const byPid = new Map(processes.map((one) => [one.pid, one]));
  const foreign = ports.filter(({ pid }) => pid !== ownPid).slice(0, MOST_PORTS);
  const places = await Promise.all(
    foreign.map(async (listening): Promise<Place> => {
      const isAlone = ports.filter(({ port }) => port === listening.port).length === 1;
      const address = { port: listening.port, ...reachedAt(listening, isAlone) };
      const container = published.find(({ port }) => port === listening.port);
      if (container) return { ...address, owner: container.owner, kind: container.service };
      const facts = listening.pid === null ? undefined : byPid.get(listening.pid);
      return { ...address, owner: await ownerOf(listening, facts), kind: facts ? kindOf(facts) : null };
    }),
  );
  // Docker may forward ports without a process of its own.
  const hidden = published.filter(({ port }) => !ports.some((one) => one.port === port));
  return [
    ...places,
    ...hidden.map(({ port, owner, service }) => ({
      port,
      address: '127.0.0.1',
      host: 'localhost',
      owner,
      kind: service,
    })),
  ];
}

/** `localhost`, unless two programs share the port between the addresses of loopback. */
function reachedAt(
  { addresses }: ListeningPort,
  isAlone: boolean,
): { readonly address: string; readonly host: string } {
  const plain = addresses.map((one) => one.replace(/^::ffff:/i, ''));
  const four = plain.find((one) => one === '0.0.0.0' || one === '*' || one === '::' || one === '127.0.0.1');
  if (four !== undefined) {
    const address = plain.every((one) => one === '::') ? '::1' : '127.0.0.1';
    return { address, host: isAlone ? 'localhost' : address.includes(':') ? '[::1]' : '127.0.0.1' };
  }
  if (plain.includes('::1')) return { address: '::1', host: isAlone ? 'localhost' : '[::1]' };
  const [other = '127.0.0.1'] = plain;
  return { address: other, host: other };
}

async function ownerOf({ pid }: ListeningPort, facts: ProcessFacts | undefined): Promise<PortOwner> {
  if (!facts) return { kind: 'unknown', name: 'a process of another user', detail: null, folder: null, pid };
  const packageName = facts.folder === null ? null : await packageNameAt(facts.folder);
  const { folder } = facts;
  return { kind: 'process', name: nameOf(facts, packageName), detail: commandLine(facts), folder, pid };
}

/** Copies run the same program and script in the same folder. */
function kindOf({ program, argv, folder }: ProcessFacts): string {
  return JSON.stringify([program, folder, scriptOf(argv)]);
}

async function inTurns<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let item = items[next++]; item !== undefined; item = items[next++]) await work(item);
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, worker));
}
