import { createServer, type Server, type Socket } from 'node:net';
import { AllowedHosts } from '../../../../shared/config/allowed-hosts.ts';
import type { ListenerConfig } from '../../../../shared/config/config.ts';
import { describeSocketError } from '../../../../shared/text/socket-error.ts';
import type { Pool } from '../../pool/pool.ts';
import { openFilesLimit } from '../../system/open-files.ts';
import type { Wire } from '../exchange/wire.ts';
import { mostConnections, tooManyConnections } from '../message/request-limits.ts';
import { ClientConnection } from './client-connection.ts';
import { type Route, Router } from './router.ts';
import { TlsDoor } from './tls-door.ts';
import { TrustedProxies } from './trusted-proxies.ts';

/** How long clients have to read what they were sent last, once they are cut. */
const CUT_MS = 300;

/** Most connections above the limit that are told why they are not taken; more than that are closed. */
export const TOLD_AT_A_TIME = 100;

/** A bound address and the connections that came in by it. */
export class Listener {
  /** Set when it stops: answers say `Connection: close`, and no further request is taken. */
  isClosing = false;
  trustedProxies: TrustedProxies;
  /** For requests whose Host is replaced. */
  allowedHosts: AllowedHosts;
  router: Router;
  #config: ListenerConfig;
  readonly #wire: Wire;
  readonly #findPool: (name: string) => Pool | undefined;
  readonly #servers: Server[] = [];
  readonly #connections = new Set<ClientConnection>();
  /** Those of them that are one too many, and are told so. */
  readonly #told = new Set<ClientConnection>();
  /** Null while it speaks plain http. */
  #door: TlsDoor | null = null;
  /** Who waits for the last connection to close. */
  readonly #whenEmpty = new Set<() => void>();

  constructor(config: ListenerConfig, wire: Wire, findPool: (name: string) => Pool | undefined) {
    this.#config = config;
    this.trustedProxies = new TrustedProxies(config.trustedProxies);
    this.allowedHosts = new AllowedHosts(config);
    this.router = new Router(config.routes);
    this.#wire = wire;
    this.#findPool = findPool;
    this.#setDoor(config);
  }

  get config(): ListenerConfig {
    return this.#config;
  }

  /** Takes other settings for the same address at once, for connections that are open too. */
  set config(config: ListenerConfig) {
    this.#config = config;
    this.trustedProxies = new TrustedProxies(config.trustedProxies);
    this.allowedHosts = new AllowedHosts(config);
    this.router = new Router(config.routes);
    this.#setDoor(config);
  }

  /** The port it is bound to; 0 before `start`. */
  get port(): number {
    const address = this.#servers[0]?.address();
    return typeof address === 'object' && address ? address.port : 0;
  }

  get connectionCount(): number {
    return this.#connections.size;
  }

  /**
   * Binds. Without a host: loopback, IPv4 and IPv6 both.
   *
   * @throws the error of `listen` (EADDRINUSE, EACCES, EADDRNOTAVAIL); nothing is bound then
   */
  async start(): Promise<void> {
    const { host, port } = this.config.address;
    if (host !== null) {
      await this.#bind(host, port);
      return;
    }
    await this.#bind('127.0.0.1', port);
    try {
      await this.#bind('::1', this.port);
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : '';
      // A machine without IPv6 is served over IPv4 alone.
      if (code === 'EADDRNOTAVAIL' || code === 'EAFNOSUPPORT') return;
      await this.#closeServers();
      throw error;
    }
  }

  /**
   * Stops accepting at once, lets what is in flight finish, and cuts what is left after `graceMs`: WebSockets get a
   * close frame, responses end without their end. Called again, with less time, it cuts earlier.
   */
  async stop(graceMs: number): Promise<void> {
    this.isClosing = true;
    const closed = this.#closeServers();
    this.#door?.close();
    for (const connection of [...this.#connections]) connection.retire();
    await this.#empty(graceMs);
    for (const connection of [...this.#connections]) connection.cutOff();
    await this.#empty(CUT_MS);
    for (const connection of [...this.#connections]) connection.destroy();
    await closed;
  }

  /** Connections that are at a request, and WebSockets and the like. */
  get busyCount(): number {
    let busy = 0;
    for (const connection of this.#connections) if (connection.isBusy) busy++;
    return busy;
  }

  /** Waits until the last connection has closed, but no longer than this. */
  async #empty(limitMs: number): Promise<void> {
    if (this.#connections.size === 0) return;
    await new Promise<void>((resolve) => {
      const done = () => {
        clearTimeout(timer);
        this.#whenEmpty.delete(done);
        resolve();
      };
      const timer = setTimeout(done, limitMs);
      this.#whenEmpty.add(done);
    });
  }

  /** Where requests go; undefined for the moment between a listener's opening and its config being in force. */
  poolFor(route: Route | null): Pool | undefined {
    return this.#findPool(route?.config.pool ?? this.config.defaultPool);
  }

  forget(connection: ClientConnection): void {
    this.#connections.delete(connection);
    this.#told.delete(connection);
    if (this.#connections.size > 0) return;
    for (const done of [...this.#whenEmpty]) done();
  }

  async #bind(host: string, port: number): Promise<void> {
    // Half-open: a client that has finished sending may still be owed an answer.
    const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => this.#accept(socket));
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      // `::` is every address of the machine, IPv4 as well, unless the system has no IPv4 for it.
      server.listen({ host, port, ipv6Only: host !== '::' }, () => {
        server.off('error', reject);
        // One that cannot be taken, for want of memory say: the others can.
        server.on('error', (error) =>
          this.#wire.observer.connectionRefused(this.config.name, '', describeSocketError(error)),
        );
        resolve();
      });
    });
    this.#servers.push(server);
  }

  #accept(socket: Socket): void {
    const open = this.#connections.size - this.#told.size + (this.#door?.count ?? 0);
    const most = mostConnections(this.#config.limits.connections, openFilesLimit());
    if (open >= most) this.#turnAway(socket);
    else if (this.#door) this.#door.enter(socket);
    else this.#connections.add(new ClientConnection(socket, this, this.#wire, null));
  }

  /**
   * There are as many connections as may be. Whoever speaks http is told so, but no more at a time than can be afforded.
   */
  #turnAway(socket: Socket): void {
    const reason = tooManyConnections(this.#config.limits.connections, openFilesLimit());
    if (this.#door || this.#told.size >= TOLD_AT_A_TIME) {
      this.#wire.observer.connectionRefused(this.config.name, socket.remoteAddress ?? '', reason);
      socket.on('error', () => undefined);
      socket.destroy();
      return;
    }
    const connection = new ClientConnection(socket, this, this.#wire, null);
    this.#connections.add(connection);
    this.#told.add(connection);
    connection.turnAway('too-many-connections', reason);
  }

  /** Another certificate is for the handshakes to come; connections that are open keep theirs. */
  #setDoor({ tls, certificate }: ListenerConfig): void {
    if (tls === null) this.#door = null;
    else if (certificate === null) throw new Error('a listener with TLS has to be given its certificate');
    else if (this.#door) this.#door.renew(certificate);
    else
      this.#door = new TlsDoor(certificate, this.#wire.deadlines, {
        secured: (socket, transport) => {
          const connection = new ClientConnection(socket, this, this.#wire, transport);
          this.#connections.add(connection);
          if (this.isClosing) connection.retire();
        },
        plain: (socket) => {
          const connection = new ClientConnection(socket, this, this.#wire, null);
          this.#connections.add(connection);
          connection.turnAway('plain-http', 'This address speaks https; begin the URL with https://');
        },
        failed: (client, reason) => this.#wire.observer.handshakeFailed(this.config.name, client, reason),
      });
  }

  async #closeServers(): Promise<void> {
    const servers = this.#servers.splice(0);
    await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  }
}
