import type { ScenarioConfig } from '../../shared/config.ts';
import type { CommandFailure } from '../../shared/contract.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { ScenarioProgress } from '../../shared/scenario-progress.ts';
import { closest } from '../config/did-you-mean.ts';
import { monotonicClock } from '../system/clock.ts';
import { ScenarioPlayer, type ScenarioStage } from './player.ts';

export interface ScenarioDeskParts {
  readonly stage: ScenarioStage;
  /** Of the config in force. */
  readonly scenarios: () => readonly ScenarioConfig[];
  readonly onProgress: (progress: ScenarioProgress) => void;
}

/** Plays the scenarios of the config, one at a time. */
export class ScenarioDesk {
  readonly #parts: ScenarioDeskParts;
  #progress: ScenarioProgress | null = null;
  #player: ScenarioPlayer | null = null;

  constructor(parts: ScenarioDeskParts) {
    this.#parts = parts;
  }

  get all(): readonly ScenarioConfig[] {
    return this.#parts.scenarios();
  }

  /** Of the one that plays, or played last. */
  get progress(): ScenarioProgress | null {
    return this.#progress;
  }

  /**
   * Begins one; resolves once it has.
   *
   * @param seed in place of the scenario's own; null for that
   */
  async play(name: string, seed: number | null): Promise<Result<null, CommandFailure>> {
    if (this.#progress?.isPlaying)
      return fail({ code: 'refused', message: `${this.#progress.name} is playing; stop it first.` });
    const scenario = this.all.find((one) => one.name === name);
    if (!scenario) return fail({ code: 'refused', message: unknownScenario(name, this.all) });
    const player = new ScenarioPlayer(scenario, this.#countingStage(), monotonicClock, seed);
    const steps = scenario.steps.map(({ atMs, text }) => ({ atMs, text }));
    this.#tell({ name, seed: player.seed, steps, startedAt: Date.now(), done: 0, isPlaying: true });
    this.#player = player;
    void player.ended.then(() => {
      if (this.#player === player) this.#end();
    });
    return ok(null);
  }

  /** Nothing more of it happens, and what it has done is undone. */
  async stop(): Promise<Result<null, CommandFailure>> {
    const player = this.#player;
    if (!player || !this.#progress) return ok(null);
    this.#player = null;
    await player.stop();
    this.#end();
    const action = { kind: 'restore', backend: null } as const;
    const restore = { name: this.#progress.name, seed: null, steps: [{ atMs: 0, text: 'restore', action }] };
    await new ScenarioPlayer(restore, this.#parts.stage, monotonicClock, null).ended;
    return ok(null);
  }

  #end(): void {
    this.#player = null;
    if (this.#progress) this.#tell({ ...this.#progress, isPlaying: false });
  }

  #tell(progress: ScenarioProgress): void {
    this.#progress = progress;
    this.#parts.onProgress(progress);
  }

  #countingStage(): ScenarioStage {
    const { stage } = this.#parts;
    return {
      ...stage,
      noteScenario: async (note) => {
        await stage.noteScenario(note);
        const progress = this.#progress;
        if (progress?.isPlaying && progress.done < progress.steps.length)
          this.#tell({ ...progress, done: progress.done + 1 });
        return null;
      },
    };
  }
}

/** For a name that no scenario has: a sentence. */
export function unknownScenario(name: string, all: readonly ScenarioConfig[]): string {
  const names = all.map((one) => one.name);
  const near = closest(name, names);
  if (near !== null) return `There is no scenario "${name}"; did you mean "${near}"?`;
  const list = names.map((one) => `"${one}"`).join(', ');
  return `There is no scenario "${name}"; there is ${list || 'none in the config'}.`;
}
