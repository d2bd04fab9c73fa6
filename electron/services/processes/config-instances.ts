import { resolve } from 'node:path';
import type { BackendConfig, CommandConfig, Config, PoolConfig } from '../../../shared/config/config.ts';
import { parseOrigin } from '../../../shared/config/origin.ts';
import { PORT_MARK } from '../../../shared/config/server-schema.ts';
import type { ProcessSpec, SupervisedInstance } from './supervisor.ts';

/** Variables that are Switchyard's own business: the token of its control server opens every door it has. */
const KEPT_BACK = ['SWITCHYARD_TOKEN'];

/**
 * What is to run for a config.
 * @param folder of the config's file, which `cwd` starts from
 * @param environment what each command's own variables are put on top of
 */
export function processSpecs(config: Config, folder: string, environment: NodeJS.ProcessEnv): ProcessSpec[] {
  const passed = Object.entries(environment).filter(([name]) => !KEPT_BACK.includes(name));
  const base = Object.fromEntries(passed);
  return config.pools.flatMap((pool) =>
    pool.commands.map(({ name, command, cwd, env, instances }) => ({
      pool: pool.name,
      name,
      command,
      cwd: resolve(folder, cwd),
      env: { ...base, ...env },
      instances,
    })),
  );
}

/** The config with the instances that have answered as backends, in the place of their command. */
export function withInstances(config: Config, instances: readonly SupervisedInstance[]): Config {
  return { ...config, pools: config.pools.map((pool) => poolWithInstances(pool, instances)) };
}

/** An instance as a backend, at a port. The config was checked, so that its URL is one. */
export function asBackend(command: CommandConfig, name: string, port: number): BackendConfig {
  const origin = parseOrigin(command.urlPattern.replaceAll(PORT_MARK, String(port)));
  if (!origin.ok) throw new Error(`${command.urlPattern} ${origin.error}`);
  return { name, origin: origin.value, ...command.settings };
}

function poolWithInstances(pool: PoolConfig, instances: readonly SupervisedInstance[]): PoolConfig {
  if (pool.commands.length === 0) return pool;
  const instancesOf = (command: CommandConfig) =>
    instances.flatMap(({ spec, instance }) => {
      if (spec.pool !== pool.name || spec.name !== command.name) return [];
      const { name, port, state } = instance;
      // Nobody would find out that it is gone, where nobody checks.
      const isUnchecked = command.settings.healthCheck.type === 'off';
      const isHere =
        instance.isMember && (!isUnchecked || state.kind === 'running' || state.kind === 'paused');
      return isHere && port !== null ? [asBackend(command, name, port)] : [];
    });
  const behind = (position: number) =>
    pool.commands.filter((command) => command.position === position).flatMap(instancesOf);
  const backends = pool.backends.flatMap((backend, index) => [...behind(index), backend]);
  // The engine knows backends alone: of a command it is told what has come of it.
  return { ...pool, backends: [...backends, ...behind(pool.backends.length)], commands: [] };
}
