/** A port of loopback that somebody listens on. */
export interface ListeningPort {
  readonly port: number;
  /** Bound addresses by which this machine reaches it: `127.0.0.1`, `0.0.0.0`, `::1`, `::`. */
  readonly addresses: readonly string[];
  /** Null where the system does not tell. */
  readonly pid: number | null;
}

/** A process as the system describes it. */
export interface ProcessFacts {
  readonly pid: number;
  /** Path of the program, or its name where that is all there is. */
  readonly program: string;
  /** The program first; empty where the system does not tell. */
  readonly argv: readonly string[];
  readonly folder: string | null;
}

/** What a system's table of sockets comes to. */
export interface SocketTable {
  readonly ports: readonly ListeningPort[];
  readonly processes: readonly ProcessFacts[];
}

/** Whether a bound address is loopback, or all addresses and with them loopback. */
function isOnLoopback(address: string): boolean {
  return /^(127\.\d+\.\d+\.\d+|0\.0\.0\.0|::1?|\*)$/.test(address.replace(/^::ffff:/i, ''));
}

/** One entry for each port and process, with all the addresses it is bound to. */
export function joinPorts(
  sockets: readonly { readonly address: string; readonly port: number; readonly pid: number | null }[],
): readonly ListeningPort[] {
  const ports = new Map<string, { port: number; addresses: string[]; pid: number | null }>();
  for (const { address, port, pid } of sockets) {
    if (port === 0 || !isOnLoopback(address)) continue;
    const key = `${port} ${pid}`;
    const known = ports.get(key) ?? { port, addresses: [], pid };
    if (!known.addresses.includes(address)) known.addresses.push(address);
    ports.set(key, known);
  }
  return [...ports.values()].sort((a, b) => a.port - b.port);
}
