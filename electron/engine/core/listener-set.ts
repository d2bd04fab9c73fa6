import { fail, ok, type Result } from '../../../shared/calls/result.ts';
import type { ListenerConfig, RouteConfig } from '../../../shared/config/config.ts';
import { isReachableFromNetwork } from '../../../shared/config/listen-address.ts';
import { socketErrorCode } from '../../../shared/text/socket-error.ts';
import type { ListenerSnapshot, RouteSnapshot } from '../../../shared/view/snapshot.ts';
import { Listener } from '../http/client/listener.ts';
import type { Wire } from '../http/exchange/wire.ts';
import type { Pool } from '../pool/pool.ts';
import type { RefusalCounters } from '../stats/refusal-counters.ts';
import type { ApplyFailure } from './engine-api.ts';

/** What is in flight on a listener that closes gets this long. */
const DRAIN_MS = 10_000;

interface Entry {
  readonly config: ListenerConfig;
  readonly listener: Listener | null;
  readonly failure: string | null;
}

/** All listeners of the config. A new config is bound before the old one lets go, so that no request is lost. */
export class ListenerSet {
  readonly #wire: Wire;
  readonly #findPool: (name: string) => Pool | undefined;
  #entries: readonly Entry[] = [];
  readonly #refusals: RefusalCounters;
  /** Those that have left, and finish what is in flight. */
  readonly #stopping = new Set<Listener>();
  #isRunning = true;

  constructor(wire: Wire, refusals: RefusalCounters, findPool: (name: string) => Pool | undefined) {
    this.#wire = wire;
    this.#refusals = refusals;
    this.#findPool = findPool;
  }

  get isRunning(): boolean {
    return this.#isRunning;
  }

  /**
   * Binds what is new. Nothing changes until `commit` is called with what this returns.
   *
   * @param keepGoing whether a listener that cannot be bound is kept as failed rather than failing the whole
   */
  async prepare(
    configs: readonly ListenerConfig[],
    keepGoing: boolean,
  ): Promise<Result<readonly Entry[], ApplyFailure>> {
    const entries: Entry[] = [];
    const opened: Listener[] = [];
    for (const config of configs) {
      const kept = this.#entries.find(
        (entry) => entry.listener && addressText(entry.config) === addressText(config),
      );
      if (kept?.listener || !this.#isRunning) {
        entries.push({ config, listener: kept?.listener ?? null, failure: null });
        continue;
      }
      const listener = new Listener(config, this.#wire, this.#findPool);
      try {
        await listener.start();
        opened.push(listener);
        entries.push({ config, listener, failure: null });
      } catch (error) {
        const failure = describeFailure(config, error);
        if (!keepGoing) {
          await Promise.all(opened.map((one) => one.stop(0)));
          return fail(failure);
        }
        entries.push({ config, listener: null, failure: failure.message });
      }
    }
    return ok(entries);
  }

  /** Puts prepared listeners in force and closes those that are gone. */
  commit(entries: readonly Entry[]): void {
    const kept = new Set(entries.map((entry) => entry.listener));
    for (const { config, listener } of entries) if (listener) listener.config = config;
    for (const { listener } of this.#entries)
      if (listener && !kept.has(listener)) void this.#stop(listener, DRAIN_MS);
    this.#entries = entries;
    this.#refusals.keepOnly(entries.map(({ config }) => config.name));
  }

  async setRunning(isRunning: boolean): Promise<Result<null, ApplyFailure>> {
    if (isRunning === this.#isRunning) return ok(null);
    this.#isRunning = isRunning;
    const configs = this.#entries.map((entry) => entry.config);
    if (!isRunning) {
      this.commit(configs.map((config) => ({ config, listener: null, failure: null })));
      return ok(null);
    }
    const prepared = await this.prepare(configs, false);
    if (prepared.ok) this.commit(prepared.value);
    else this.#isRunning = false;
    return prepared.ok ? ok(null) : prepared;
  }

  async stop(graceMs: number): Promise<void> {
    for (const { listener } of this.#entries) if (listener) this.#stopping.add(listener);
    this.#entries = [];
    await Promise.all([...this.#stopping].map((listener) => this.#stop(listener, graceMs)));
  }

  async #stop(listener: Listener, graceMs: number): Promise<void> {
    this.#stopping.add(listener);
    await listener.stop(graceMs);
    this.#stopping.delete(listener);
  }

  /** Connections that are at a request, and WebSockets and the like. */
  get busyCount(): number {
    const open = new Set([...this.#stopping, ...this.#entries.map(({ listener }) => listener)]);
    return [...open].reduce((sum, listener) => sum + (listener?.busyCount ?? 0), 0);
  }

  snapshot(): ListenerSnapshot[] {
    return this.#entries.map(({ config, listener, failure }) => {
      const port = listener?.port ?? config.address.port;
      const scheme = config.tls === null ? 'http' : 'https';
      const base = `${scheme}://${urlHost(config.address.host)}`;
      return {
        name: config.name,
        defaultPool: config.defaultPool,
        address: addressText(config),
        url: `${base}:${port}`,
        tls: tlsSnapshot(config),
        isRehearsal: config.rehearsal,
        isReachableFromNetwork: isReachableFromNetwork(config.address.host),
        routes: config.routes.map((route) => routeSnapshot(route, base, port)),
        state: listener
          ? { kind: 'listening', port }
          : failure === null
            ? { kind: 'stopped' }
            : { kind: 'failed', reason: failure },
        refusals: this.#refusals.refusals(config.name),
        handshakeFailures: this.#refusals.handshakeFailures(config.name),
      };
    });
  }
}

function tlsSnapshot({ tls, certificate }: ListenerConfig): ListenerSnapshot['tls'] {
  if (tls === null || certificate === null) return null;
  const { path, fingerprint } = certificate;
  return { isSelfSigned: tls === 'self-signed', certificatePath: path, fingerprint };
}

/** @param base of the listener: `http://localhost` */
function routeSnapshot(route: RouteConfig, base: string, port: number): RouteSnapshot {
  const { path, pool = null, redirect, respond } = route;
  const match = `${route.host ?? ''}${path === '/' && route.host !== undefined ? '' : path}`;
  const own = route.host === undefined ? base : `${base.slice(0, base.indexOf('//') + 2)}${route.host}`;
  const url = route.host?.startsWith('*.') ? null : `${own}:${port}${path}`;
  const target = pool ?? (redirect ? `redirect to ${redirect.to}` : `answers ${respond?.status ?? 200}`);
  return { url, match, pool, target, settings: route };
}

function addressText({ address }: ListenerConfig): string {
  const host = address.host ?? '';
  return `${host.includes(':') ? `[${host}]` : host}:${address.port}`;
}

function urlHost(host: string | null): string {
  if (host === null || host === '0.0.0.0' || host === '::') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}

function describeFailure(config: ListenerConfig, error: unknown): ApplyFailure {
  const code = error instanceof Error ? socketErrorCode(error) : '';
  const listener = config.name;
  const where = addressText(config);
  if (code === 'EADDRINUSE') {
    return {
      code: 'address-in-use',
      listener,
      message: `${where} is already in use; stop what listens there, or choose another port.`,
    };
  }
  if (code === 'EACCES') {
    return {
      code: 'address-denied',
      listener,
      message: `${where} needs more rights than this program has; choose a port from 1024 up.`,
    };
  }
  return {
    code: 'address-unavailable',
    listener,
    message: `${where} cannot be listened on: ${error instanceof Error ? error.message : String(error)}.`,
  };
}
