import { findRoute, inMatchingOrder, RouteMatch } from '../../../shared/config/route-match.ts';
import type { ListenerSnapshot } from '../../../shared/view/snapshot.ts';

/** How requests get to a pool: by a listener's default, or by one of its routes. */
export interface TrafficTarget {
  readonly listener: string;
  /** The route's host; null for the listener's own. */
  readonly host: string | null;
  /** Put before every path: the route's, without the slash at its end. */
  readonly prefix: string;
  /** What people would open: `http://users.localhost:8080/api`. */
  readonly url: string;
}

/** Hosts below a wildcard that may be asked for; one may have a route of its own, hardly all. */
const BELOW = ['www', 'app', 'api', 'switchyard-1', 'switchyard-2'];

/** Null when nothing leads to the pool. */
export function targetOf(pool: string, listeners: readonly ListenerSnapshot[]): TrafficTarget | null {
  const own = listeners.find((one) => one.defaultPool === pool);
  if (own) return { listener: own.name, host: null, prefix: '', url: own.url };
  for (const listener of listeners) {
    const ordered = inMatchingOrder(listener.routes.map(({ settings }) => settings)).map(
      (settings) => new RouteMatch(settings),
    );
    const { protocol, hostname, host: authority } = new URL(listener.url);
    const port = authority.slice(hostname.length);
    for (const route of ordered.filter(({ config }) => config.pool === pool)) {
      const prefix = route.config.path.replace(/\/$/, '');
      // A more specific route may be for the very host one would ask for.
      const host = hostsOf(route).find((one) => findRoute(ordered, one ?? hostname, `${prefix}/`) === route);
      if (host === undefined) continue;
      return {
        listener: listener.name,
        host,
        prefix,
        url: `${protocol}//${host ?? hostname}${port}${prefix}`,
      };
    }
  }
  return null;
}

function hostsOf({ config: { host } }: RouteMatch): readonly (string | null)[] {
  if (host === undefined) return [null];
  return host.startsWith('*.') ? BELOW.map((below) => below + host.slice(1)) : [host];
}
