import type {
  BackendConfig,
  CommandConfig,
  Config,
  ListenerConfig,
  PoolConfig,
} from '../../../shared/config/config.ts';
import {
  type FullConfig,
  fullConfigSchema,
  type ListenerSettings,
  type PoolSettings,
  type SimpleConfig,
} from '../../../shared/config/config-schema.ts';
import { SIMPLE_POOL } from '../../../shared/config/full-form.ts';
import { type HealthCheckConfig, withOwn } from '../../../shared/config/health-check-schema.ts';
import { formatListenAddress } from '../../../shared/config/listen-address.ts';
import type {
  CommandServerSettings,
  ServerSettings,
  UrlServerSettings,
} from '../../../shared/config/server-schema.ts';

const SIMPLE_DEFAULTS = fullConfigSchema.parse({
  listeners: [{ address: ':8080', defaultPool: SIMPLE_POOL }],
  pools: { [SIMPLE_POOL]: { servers: ['http://localhost'] } },
});

/** The simple form is shorthand: it is widened to the full form, whose defaults fill in the rest. */
export function fromSimple(simple: SimpleConfig): Config {
  const { listeners, pools } = SIMPLE_DEFAULTS;
  const [listener] = listeners;
  const pool = pools[SIMPLE_POOL];
  if (!listener || !pool) throw new Error('the defaults of the simple config have one listener and one pool');
  const { port: address, exposeBackend, policy, servers, healthCheckInterval, whenAllDown } = simple;
  const healthCheck = { ...pool.healthCheck, interval: healthCheckInterval };
  return {
    listeners: [toListener({ ...listener, address, exposeBackend })],
    pools: [toPool(SIMPLE_POOL, { ...pool, policy, servers, healthCheck, whenAllDown })],
    scenarios: [],
  };
}

export function fromFull(full: FullConfig): Config {
  return {
    listeners: full.listeners.map(toListener),
    pools: Object.entries(full.pools).map(([name, settings]) => toPool(name, settings)),
    scenarios: Object.entries(full.scenarios).map(([name, settings]) => ({ name, ...settings })),
  };
}

/** The name a backend goes by when it has none: its URL without the scheme. */
export function serverName(server: ServerSettings): string {
  if (server.name !== undefined) return server.name;
  return isCommand(server) ? 'instance' : server.url.authority + server.url.basePath;
}

export function isCommand(server: ServerSettings): server is CommandServerSettings {
  return 'command' in server;
}

function toListener({ name, tls, ...settings }: ListenerSettings): ListenerConfig {
  const called = name ?? formatListenAddress(settings.address);
  return { name: called, tls: tls ?? null, certificate: null, ...settings };
}

function toPool(
  name: string,
  { servers, healthCheck, outliers, slowStart, holdFor, ...settings }: PoolSettings,
): PoolConfig {
  return {
    name,
    ...settings,
    outliers: outliers ?? null,
    slowStart: slowStart ?? 0,
    holdFor: holdFor ?? 0,
    healthCheck,
    backends: servers.flatMap((server) => (isCommand(server) ? [] : toBackend(server, healthCheck))),
    commands: servers.flatMap((server, index) => {
      const position = servers.slice(0, index).filter((one) => !isCommand(one)).length;
      return isCommand(server) ? toCommand(server, position, healthCheck) : [];
    }),
  };
}

function toCommand(server: CommandServerSettings, position: number, pools: HealthCheckConfig): CommandConfig {
  const { command, urlPattern, instances, cwd, env } = server;
  const settings = toSettings(server, pools);
  return { name: serverName(server), command, instances, cwd, env, urlPattern, position, settings };
}

function toBackend(server: UrlServerSettings, pools: HealthCheckConfig): BackendConfig {
  return { name: serverName(server), origin: server.url, ...toSettings(server, pools) };
}

function toSettings(server: ServerSettings, pools: HealthCheckConfig): CommandConfig['settings'] {
  return {
    weight: server.weight ?? 1,
    insecure: server.insecure ?? false,
    maxConnections: server.maxConnections ?? null,
    backup: server.backup ?? false,
    faults: server.faults ?? [],
    healthCheck: withOwn(pools, server.healthCheck ?? {}),
  };
}
