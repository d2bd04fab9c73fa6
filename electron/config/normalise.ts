import type { BackendConfig, Config, ListenerConfig, PoolConfig } from '../../shared/config.ts';
import {
  type FullConfig,
  fullConfigSchema,
  type HealthCheckConfig,
  type PoolSettings,
  type ServerSettings,
  type SimpleConfig,
} from '../../shared/config-schema.ts';
import type { ListenAddress } from '../../shared/listen-address.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { Keys, Problem } from './issues.ts';

/** The one pool of a simple config. */
export const SIMPLE_POOL = 'default';

/** The simple form is shorthand: it is widened to the full form's fields, which fill in the rest. */
export function fromSimple(simple: SimpleConfig): Result<Config, Problem[]> {
  const { listeners, pools } = SIMPLE_DEFAULTS;
  const [listener] = listeners;
  const pool = pools[SIMPLE_POOL];
  if (!listener || !pool) throw new Error('the defaults of the simple config have one listener and one pool');
  const { port: address, exposeBackend, policy, servers, healthCheckInterval } = simple;
  const healthCheck = { ...pool.healthCheck, interval: healthCheckInterval };
  const problems = duplicateServers(servers, ['servers']);
  if (problems.length > 0) return fail(problems);
  return ok({
    listeners: [toListener({ ...listener, address, exposeBackend })],
    pools: [toPool(SIMPLE_POOL, { ...pool, policy, servers, healthCheck })],
  });
}

const SIMPLE_DEFAULTS = fullConfigSchema.parse({
  listeners: [{ address: ':8080', defaultPool: SIMPLE_POOL }],
  pools: { [SIMPLE_POOL]: { servers: ['http://localhost'] } },
});

export function fromFull(full: FullConfig): Result<Config, Problem[]> {
  const problems: Problem[] = [];
  const names = new Map<string, number>();
  const addresses = new Map<string, number>();
  const listeners = full.listeners.map(toListener);
  listeners.forEach((listener, index) => {
    const keys: Keys = ['listeners', index];
    const other = names.get(listener.name);
    if (other !== undefined)
      problems.push({ keys, words: `has the name of listeners[${other}]; give it another` });
    names.set(listener.name, index);
    const address = addressText(listener.address);
    const taken = listener.address.port === 0 ? undefined : addresses.get(address);
    if (taken !== undefined && other === undefined) {
      problems.push({ keys: [...keys, 'address'], words: `is listened on by listeners[${taken}] already` });
    }
    addresses.set(address, index);
    if (!Object.hasOwn(full.pools, listener.defaultPool)) {
      const pools = Object.keys(full.pools)
        .map((name) => `"${name}"`)
        .join(', ');
      problems.push({ keys: [...keys, 'defaultPool'], words: `is not a pool; the pools are ${pools}` });
    }
  });
  const pools = Object.entries(full.pools).map(([name, settings]) => {
    problems.push(...duplicateServers(settings.servers, ['pools', name, 'servers']));
    return toPool(name, settings);
  });
  return problems.length > 0 ? fail(problems) : ok({ listeners, pools });
}

function toListener(settings: FullConfig['listeners'][number]): ListenerConfig {
  const { address, defaultPool, exposeBackend, limits, timeouts } = settings;
  return {
    name: settings.name ?? addressText(address),
    address,
    defaultPool,
    exposeBackend,
    limits,
    timeouts,
  };
}

function toPool(name: string, settings: PoolSettings): PoolConfig {
  const { policy, servers, retries, timeouts, healthCheck } = settings;
  return {
    name,
    policy,
    retries,
    timeouts,
    backends: servers.map((server) => toBackend(server, healthCheck)),
  };
}

function toBackend(server: ServerSettings, healthCheck: HealthCheckConfig): BackendConfig {
  const own = Object.fromEntries(
    Object.entries(server.healthCheck ?? {}).filter(([, value]) => value !== undefined),
  );
  return {
    name: serverName(server),
    origin: server.url,
    weight: server.weight ?? 1,
    insecure: server.insecure ?? false,
    healthCheck: { ...healthCheck, ...own },
  };
}

/** The name a backend goes by when it has none: where it is, without the scheme. */
function serverName(server: ServerSettings): string {
  return server.name ?? server.url.authority + server.url.basePath;
}

function duplicateServers(servers: readonly ServerSettings[], keys: Keys): Problem[] {
  const names = new Map<string, number>();
  const urls = new Map<string, number>();
  return servers.flatMap((server, index) => {
    const name = serverName(server);
    const sameUrl = urls.get(server.url.url);
    const sameName = names.get(name);
    if (sameUrl === undefined) urls.set(server.url.url, index);
    if (sameName === undefined) names.set(name, index);
    const at = [...keys, index];
    if (sameUrl !== undefined)
      return [{ keys: at, words: `is in the list already, as servers[${sameUrl}]; remove one` }];
    if (sameName !== undefined)
      return [{ keys: at, words: `has the name of servers[${sameName}], "${name}"; give it another` }];
    return [];
  });
}

function addressText({ host, port }: ListenAddress): string {
  return `${host?.includes(':') ? `[${host}]` : (host ?? '')}:${port}`;
}
