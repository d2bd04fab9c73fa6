import { dirname, resolve } from 'node:path';
import { showCommand } from '../../shared/command-text.ts';
import type { Config } from '../../shared/config.ts';
import type { BackendKey } from '../../shared/snapshot.ts';
import type { Engine } from '../engine/engine.ts';
import { createFirstProbe } from '../engine/first-probe.ts';
import { asBackend, processSpecs, withInstances } from '../processes/config-instances.ts';
import type { Readiness } from '../processes/instance.ts';
import { type ProcessSpec, Supervisor } from '../processes/supervisor.ts';
import { systemClock } from '../system/clock.ts';
import type { Output } from './output.ts';

/** How often it is looked whether something is still in flight at an instance that leaves. */
const LOOK_MS = 50;

/** The commands of the served config: run, and made backends of as they answer. */
export class ServedProcesses {
  readonly #engine: Engine;
  readonly #output: Output;
  readonly #folder: string;
  readonly #isAllowed: boolean;
  readonly #supervisor: Supervisor;
  #config: Config = { listeners: [], pools: [], scenarios: [] };
  /** Who was in the engine's pools when it was told last. */
  #members = '';
  #onMembers: () => void = () => undefined;

  /** @param path of the config's file, whose folder commands start from */
  constructor(engine: Engine, output: Output, path: string, isAllowed: boolean) {
    this.#engine = engine;
    this.#output = output;
    this.#folder = dirname(resolve(path));
    this.#isAllowed = isAllowed;
    this.#supervisor = new Supervisor({
      clock: systemClock,
      readiness: (spec) => this.#readiness(spec),
      drain: (pool, backend) => this.#drain(pool, backend),
      onChange: () => {
        if (this.#membersNow() !== this.#members) this.#onMembers();
      },
      onLine: ({ backend }, line) => this.#output.line(backend, line),
    });
  }

  /** @param refresh puts the config in force again, with the instances that there are by then */
  onMembers(refresh: () => void): void {
    this.#onMembers = refresh;
  }

  /** Why a config must not be put in force: the commands in it have not been allowed. */
  refusal(config: Config): string | null {
    const commands = config.pools.flatMap((pool) => pool.commands.map(({ command }) => showCommand(command)));
    if (this.#isAllowed || commands.length === 0) return null;
    return `the config runs commands: ${commands.join(', ')}; if they may run, write --allow-commands`;
  }

  /** Whether a config asks for commands that the served one has not got. */
  hasNewCommands(config: Config): boolean {
    const known = new Set(ordersOf(this.#config));
    return ordersOf(config).some((order) => !known.has(order));
  }

  /** What the engine is to run for a config, as things are now. */
  forEngine(config: Config): Config {
    this.#members = this.#membersNow();
    return withInstances(config, this.#supervisor.instances);
  }

  /** The config is in force: its commands run from now on. @returns whether they are others than before */
  apply(config: Config): boolean {
    const commandsOf = ({ pools }: Config) =>
      JSON.stringify(pools.map(({ name, commands }) => [name, commands]));
    const isChange = commandsOf(config) !== commandsOf(this.#config);
    this.#config = config;
    this.#supervisor.apply(processSpecs(config, this.#folder, process.env));
    return isChange;
  }

  /** @returns why it cannot be done, in words; null when it was */
  act({ pool, backend }: BackendKey, what: 'kill' | 'pause' | 'resume'): string | null {
    const instance = this.#supervisor.find(pool, backend);
    if (!instance) return `${backend} is no process that Switchyard runs`;
    instance[what]();
    return null;
  }

  stop(): Promise<void> {
    return this.#supervisor.stop();
  }

  #membersNow(): string {
    const here = withInstances(this.#config, this.#supervisor.instances);
    return JSON.stringify(
      here.pools.map(({ backends }) => backends.map(({ name, origin }) => [name, origin.url])),
    );
  }

  #readiness(spec: ProcessSpec): Readiness {
    const firstProbe = createFirstProbe();
    return async (port) => {
      const pool = this.#config.pools.find(({ name }) => name === spec.pool);
      const command = pool?.commands.find(({ name }) => name === spec.name);
      return command !== undefined && firstProbe(asBackend(command, spec.name, port));
    };
  }

  async #drain(pool: string, backend: string): Promise<void> {
    const drained = await this.#engine.setAdmin({ pool, backend, state: 'draining' });
    if (!drained.ok) return;
    // The engine cuts what is left when the pool's time for draining is over.
    for (;;) {
      const { pools } = await this.#engine.snapshot(null);
      const found = pools.find(({ name }) => name === pool)?.backends.find(({ name }) => name === backend);
      if (!found || found.counters.inFlight === 0) return;
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
  }
}

function ordersOf(config: Config): string[] {
  return config.pools.flatMap(({ commands }) =>
    commands.map(({ command, cwd, env }) => JSON.stringify([command, cwd, Object.entries(env).sort()])),
  );
}
