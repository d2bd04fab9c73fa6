import { connect, isIP, type LookupFunction, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { connect as connectTls } from 'node:tls';
import type { BackendFaults, DrawnFaults } from '../faults/backend-faults.ts';
import { FaultySocket, refusedSocket } from '../faults/faulty-socket.ts';
import type { Hit } from '../faults/trigger.ts';
import { lookupFor } from '../system/localhost-lookup.ts';
import type { KeptConnections } from './kept-connections.ts';
import type { ProbeResult } from './probe.ts';

/** Where a connection goes. */
export interface Target {
  readonly host: string;
  readonly port: number;
  readonly isTls: boolean;
  /** Whether any certificate will do. */
  readonly insecure: boolean;
}

export interface LineParts {
  /** Hears of each connection once it has both its addresses. */
  readonly onConnected?: (socket: Socket) => void;
  /** In place of the system's resolver. */
  readonly lookup?: LookupFunction;
  /** What is wrong with the backend for the time being. */
  readonly faults?: BackendFaults;
  /** What the proxy keeps open to the backend; nothing when left out. */
  readonly kept?: KeptConnections;
}

/** What one probe talks over: the connections it opens, all of which close with it. */
export class Line {
  /** What the probe comes to when no more arrives in time; null while that is nothing. */
  soFar: ProbeResult | null = null;
  readonly #parts: LineParts;
  readonly #home: Pick<Target, 'host' | 'port'>;
  readonly #sockets = new Set<Duplex>();
  #hasConnected = false;
  #first: {
    readonly host: string;
    readonly socket: Socket;
    address: string | undefined;
    addresses: number;
  } | null = null;

  /** @param home where the backend is: its faults are those of connections to there */
  constructor(parts: LineParts, home: Pick<Target, 'host' | 'port'>) {
    this.#parts = parts;
    this.#home = home;
  }

  /**
   * Starts to connect as the proxy itself does (`http/dial.ts`): every address of a name is tried, in the resolver's
   * order. The socket may be written to at once; it reports its own errors.
   *
   * @param hit what is going to be asked, as far as faults care; null for nothing but the connection
   */
  open(target: Target, hit: Hit | null, protocols: readonly string[] = []): Duplex {
    const isHome = target.host === this.#home.host && target.port === this.#home.port;
    const drawn = isHome ? this.#parts.faults?.draw('checks', hit) : null;
    const socket = drawn ? this.#connectBadly(target, protocols, drawn) : this.#connect(target, protocols);
    // After the result, what the closing connection still reports is of no interest.
    socket.on('error', () => undefined);
    this.#sockets.add(socket);
    return socket;
  }

  #connectBadly(target: Target, protocols: readonly string[], { plan, onConnected }: DrawnFaults): Duplex {
    if (plan.isRefused) return refusedSocket();
    if (plan.isInPlaceOfBackend) this.#hasConnected = true;
    const faulty = new FaultySocket(plan.isInPlaceOfBackend ? null : this.#connect(target, protocols), plan);
    onConnected(faulty);
    return faulty;
  }

  #connect({ host, port, isTls, insecure }: Target, protocols: readonly string[]): Socket {
    const { lookup, onConnected } = this.#parts;
    const target = { host, port, noDelay: true, ...(lookup ? { lookup } : lookupFor(host)) };
    const socket = isTls
      ? connectTls({
          ...target,
          // RFC 6066 section 3: an address is not a server name.
          servername: isIP(host) === 0 ? host : '',
          rejectUnauthorized: !insecure,
          ...(protocols.length > 0 ? { ALPNProtocols: [...protocols] } : {}),
        })
      : connect(target);
    const opened = { host, socket, address: socket.remoteAddress, addresses: 0 };
    this.#first ??= opened;
    // Once for each address of a name.
    socket.on('lookup', () => opened.addresses++);
    socket.once('connect', () => {
      // Once it is closed again, it no longer says.
      opened.address = socket.remoteAddress;
      this.#hasConnected = true;
      onConnected?.(socket);
    });
    return socket;
  }

  /** Whether a connection was made, to whichever place; its TLS handshake may not have ended. */
  get isConnected(): boolean {
    return this.#hasConnected;
  }

  /**
   * `; localhost is not open on ::1, 127.0.0.1 is used`, `; api.test has 2 addresses, 10.0.0.1 alone is used`; empty when
   * there was nothing to choose, and when the first address of localhost was the right one.
   */
  get detour(): string {
    if (!this.#first) return '';
    const { host, address, addresses, socket } = this.#first;
    if (host !== 'localhost') {
      const isChoice = addresses > 1 && address !== undefined && !host.endsWith('.localhost');
      return isChoice ? `; ${host} has ${addresses} addresses, ${address} alone is used` : '';
    }
    const tried = socket.autoSelectFamilyAttemptedAddresses?.[0]?.replace(/:\d+$/, '');
    if (tried === undefined || address === undefined || tried === address) return '';
    return `; localhost is not open on ${tried}, ${address} is used`;
  }

  close(): void {
    for (const socket of this.#sockets) socket.destroy();
  }
}
