import { resolve } from 'node:path';
import { isThisMachine } from '../../../shared/calls/this-machine.ts';
import type { Config, ListenerConfig, PoolConfig } from '../../../shared/config/config.ts';
import { formatListenAddress, isReachableFromNetwork } from '../../../shared/config/listen-address.ts';
import { parseOrigin } from '../../../shared/config/origin.ts';
import { PORT_MARK } from '../../../shared/config/server-schema.ts';

/** What a config does beyond balancing on this machine's loopback. */
export interface ConfigReach {
  /** Listeners that other machines can reach. */
  readonly opens: readonly OpenListener[];
  /** URLs of backends on other machines: they get probes and requests. */
  readonly asks: readonly string[];
  /** Files that the config names, absolute. */
  readonly reads: readonly string[];
}

export interface OpenListener {
  /** As `0.0.0.0:8080`. */
  readonly address: string;
  /** URLs of the backends it leads to. */
  readonly backends: readonly string[];
}

export const NO_REACH: ConfigReach = { opens: [], asks: [], reads: [] };

/** @param folder what paths in the config start from */
export function reachOf(config: Config, folder: string): ConfigReach {
  const urls = new Map(config.pools.map((pool) => [pool.name, urlsOf(pool)]));
  return {
    opens: config.listeners
      .filter(({ address }) => isReachableFromNetwork(address.host))
      .map((listener) => ({
        address: formatListenAddress(listener.address),
        backends: unique(poolsOf(listener).flatMap((pool) => urls.get(pool) ?? [])),
      })),
    asks: unique([...urls.values()].flat().filter(leadsElsewhere)),
    reads: unique(
      config.listeners.flatMap(({ tls }) =>
        tls === null || tls === 'self-signed' ? [] : [resolve(folder, tls.cert), resolve(folder, tls.key)],
      ),
    ),
  };
}

export function isNothing({ opens, asks, reads }: ConfigReach): boolean {
  return opens.length + asks.length + reads.length === 0;
}

/** What of `after` is not in `before`: of a listener that led to fewer backends, those that are new. */
export function newReach(before: ConfigReach, after: ConfigReach): ConfigReach {
  return {
    opens: after.opens.flatMap(({ address, backends }) => {
      const known = before.opens.find((one) => one.address === address);
      if (!known) return [{ address, backends }];
      const added = backends.filter((url) => !known.backends.includes(url));
      return added.length === 0 ? [] : [{ address, backends: added }];
    }),
    asks: after.asks.filter((url) => !before.asks.includes(url)),
    reads: after.reads.filter((path) => !before.reads.includes(path)),
  };
}

function poolsOf({ defaultPool, routes }: ListenerConfig): readonly string[] {
  return [defaultPool, ...routes.flatMap(({ pool }) => pool ?? [])];
}

function urlsOf({ backends, commands }: PoolConfig): readonly string[] {
  return [...backends.map(({ origin }) => origin.url), ...commands.map(({ urlPattern }) => urlPattern)];
}

/** The port of a command may stand where it changes the host, so both a short and a long one are tried. */
function leadsElsewhere(url: string): boolean {
  return ['1', '40000'].some((port) => {
    const origin = parseOrigin(url.replaceAll(PORT_MARK, port));
    return !origin.ok || !isThisMachine(origin.value.host);
  });
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].sort();
}
