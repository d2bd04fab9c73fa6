import { dirname, resolve } from 'node:path';
import type { Config } from '../../shared/config/config.ts';
import { showCommand } from '../../shared/text/command-text.ts';
import type { OutputLine } from '../../shared/view/output-line.ts';
import type { ProcessAction, Processes } from '../../shared/view/processes.ts';
import type { BackendKey } from '../../shared/view/snapshot.ts';
import type { Engine } from '../engine/core/engine.ts';
import { createFirstProbe } from '../engine/core/first-probe.ts';
import type { ControlledProcesses } from '../services/control/process-calls.ts';
import { ConfigProcesses } from '../services/processes/config-processes.ts';
import type { Output } from './output.ts';

/** The commands of the served config, where they are allowed to run. */
export class ServedProcesses implements ControlledProcesses {
  readonly #folder: string;
  readonly #isAllowed: boolean;
  readonly #processes: ConfigProcesses;
  #config: Config = { listeners: [], pools: [], scenarios: [] };
  #onMembers: () => void = () => undefined;

  /** @param path of the config's file, whose folder commands start from */
  constructor(engine: Engine, output: Output, path: string, isAllowed: boolean) {
    this.#folder = dirname(resolve(path));
    this.#isAllowed = isAllowed;
    this.#processes = new ConfigProcesses({
      engine: {
        setAdmin: (request) => engine.setAdmin(request),
        snapshot: () => engine.snapshot(null),
        noteBroken: (note) => engine.noteBroken(note),
      },
      createFirstProbe,
      onMembers: () => this.#onMembers(),
      onChange: () => undefined,
      onLine: ({ backend }, line) => output.line(backend, line),
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
    return this.#processes.forEngine(config);
  }

  /** The config is in force: its commands run from now on. @returns whether they are others than before */
  apply(config: Config): boolean {
    const commandsOf = ({ pools }: Config) =>
      JSON.stringify(pools.map(({ name, commands }) => [name, commands]));
    const isChange = commandsOf(config) !== commandsOf(this.#config);
    this.#config = config;
    this.#processes.apply(config, this.#folder);
    return isChange;
  }

  /** @returns why it cannot be done, in words; null when it was */
  act(key: BackendKey, what: ProcessAction): string | null {
    return this.#processes.act(key, what);
  }

  view(): Processes {
    return this.#processes.view();
  }

  scale(pool: string, command: string, instances: number): boolean {
    return this.#processes.scale(pool, command, instances);
  }

  output(key: BackendKey, since: number): readonly OutputLine[] {
    return this.#processes.output(key, since);
  }

  stop(): Promise<void> {
    return this.#processes.stop();
  }
}

/** For the demo, whose backends are no commands. */
export const NO_PROCESSES: ControlledProcesses = {
  view: () => ({ commands: [], instances: [] }),
  act: ({ backend }) => `${backend} is no process that Switchyard runs`,
  scale: () => false,
  output: () => [],
};

function ordersOf(config: Config): string[] {
  return config.pools.flatMap(({ commands }) =>
    commands.map(({ command, cwd, env }) => JSON.stringify([command, cwd, Object.entries(env).sort()])),
  );
}
