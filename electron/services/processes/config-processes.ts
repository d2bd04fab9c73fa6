import type { CommandFailure } from '../../../shared/calls/contract.ts';
import type { Result } from '../../../shared/calls/result.ts';
import type { BackendConfig, Config } from '../../../shared/config/config.ts';
import type { OutputLine } from '../../../shared/view/output-line.ts';
import type { ProcessAction, Processes } from '../../../shared/view/processes.ts';
import type { AdminState, BackendKey, Snapshot } from '../../../shared/view/snapshot.ts';
import { systemClock } from '../../engine/system/clock.ts';
import { asBackend, processSpecs, withInstances } from './config-instances.ts';
import type { Readiness } from './instance.ts';
import { describeExit, type Exit } from './instance-state.ts';
import { processesView } from './processes-view.ts';
import { type ProcessSpec, type SupervisedInstance, Supervisor } from './supervisor.ts';

/** How often it is looked whether something is still in flight at an instance that leaves. */
const LOOK_MS = 50;

const BROKEN_BY = { kill: 'its process was killed', pause: 'its process was paused' } as const;

export interface ConfigProcessesParts {
  /** The engine that balances over the instances. */
  readonly engine: {
    setAdmin(request: BackendKey & { readonly state: AdminState }): Promise<Result<null, CommandFailure>>;
    snapshot(): Promise<Snapshot>;
    noteBroken(note: BackendKey & { readonly cause: string }): Promise<unknown>;
  };
  /** Whether a backend that is in no pool yet passes its check. */
  createFirstProbe(): (backend: BackendConfig) => Promise<boolean>;
  /** Others are members of the pools than the engine was told: it is to have the config again. */
  onMembers(): void;
  /** Whatever about an instance has changed. */
  onChange(): void;
  onLine(backend: BackendKey, line: OutputLine): void;
}

/** The commands of a config: run, and made backends of as they answer. */
export class ConfigProcesses {
  readonly #parts: ConfigProcessesParts;
  readonly #supervisor: Supervisor;
  #config: Config = { listeners: [], pools: [], scenarios: [] };
  /** Who was in the engine's pools when it was told last. */
  #members = '';

  constructor(parts: ConfigProcessesParts) {
    this.#parts = parts;
    this.#supervisor = new Supervisor({
      clock: systemClock,
      readiness: (spec) => this.#readiness(spec),
      drain: (pool, backend) => this.#drain(pool, backend),
      onChange: () => {
        if (this.#membersNow() !== this.#members) parts.onMembers();
        parts.onChange();
      },
      onCrash: (key, exit) => this.#crashed(key, exit),
      onLine: parts.onLine,
    });
  }

  /** As the window and the control API show them. */
  view(): Processes {
    return processesView(this);
  }

  get commands(): Supervisor['commands'] {
    return this.#supervisor.commands;
  }

  /** In the order of the config, by number. */
  get instances(): readonly SupervisedInstance[] {
    return this.#supervisor.instances;
  }

  /** What the engine is to run for a config, as things are now. */
  forEngine(config: Config): Config {
    this.#members = this.#membersNow();
    return withInstances(config, this.#supervisor.instances);
  }

  /**
   * The config is in force: its commands run from now on.
   * @param folder that of the config's file, which commands start from
   */
  apply(config: Config, folder: string): void {
    this.#config = config;
    this.#supervisor.apply(processSpecs(config, folder, process.env));
  }

  /** @returns why it cannot be done, in words; null when it was */
  act({ pool, backend }: BackendKey, what: ProcessAction): string | null {
    const instance = this.#supervisor.find(pool, backend);
    if (!instance) return `${backend} is no process that Switchyard runs`;
    const { isMember } = instance;
    // What is in flight there finishes first, which nobody waits for here.
    if (what === 'stop') void this.#supervisor.stopOne(pool, backend);
    else instance[what]();
    const cause = what === 'kill' || what === 'pause' ? BROKEN_BY[what] : null;
    // What has not answered yet is no backend to be missed.
    if (cause && isMember) void this.#parts.engine.noteBroken({ pool, backend, cause });
    return null;
  }

  /** It is broken from its end on, not from when somebody misses it. */
  #crashed(key: BackendKey, exit: Exit): void {
    const isMember = this.#supervisor.find(key.pool, key.backend)?.isMember ?? false;
    const cause = `its process ${describeExit(exit)}`;
    if (isMember) void this.#parts.engine.noteBroken({ ...key, cause });
  }

  /** Up or down at once, until the config says another number. @returns whether there is such a command */
  scale(pool: string, name: string, instances: number): boolean {
    return this.#supervisor.scale(pool, name, instances);
  }

  /** What it wrote after the line with this id, oldest first; nothing for one that is not there. */
  output({ pool, backend }: BackendKey, since: number): readonly OutputLine[] {
    return this.#supervisor.find(pool, backend)?.output.since(since) ?? [];
  }

  /** Resolves when every process has ended. */
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
    const firstProbe = this.#parts.createFirstProbe();
    return async (port) => {
      const pool = this.#config.pools.find(({ name }) => name === spec.pool);
      const command = pool?.commands.find(({ name }) => name === spec.name);
      return command !== undefined && firstProbe(asBackend(command, spec.name, port));
    };
  }

  async #drain(pool: string, backend: string): Promise<void> {
    const { engine } = this.#parts;
    const drained = await engine.setAdmin({ pool, backend, state: 'draining' });
    if (!drained.ok) return;
    // The engine cuts what is left when the pool's time for draining is over.
    for (;;) {
      const { pools } = await engine.snapshot();
      const found = pools.find(({ name }) => name === pool)?.backends.find(({ name }) => name === backend);
      if (!found || found.counters.inFlight === 0) return;
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
  }
}
