import type { ScenarioConfig } from '../../shared/config.ts';
import type { CommandFailure } from '../../shared/contract.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { ScenarioProgress } from '../../shared/scenario-progress.ts';
import type { EngineHost } from '../engine/engine-host.ts';
import { monotonicClock, ScenarioPlayer, type ScenarioStage } from '../scenarios/player.ts';

export interface ScenarioDeskParts {
  readonly host: Pick<
    EngineHost,
    'currentSnapshot' | 'setAdmin' | 'forceHealth' | 'setFaults' | 'noteScenario'
  >;
  /** Of the config in force. */
  readonly scenarios: () => readonly ScenarioConfig[];
  readonly onProgress: (progress: ScenarioProgress) => void;
}

/** Plays the scenarios of the config in the window's app, one at a time. */
export class ScenarioDesk {
  readonly #parts: ScenarioDeskParts;
  #progress: ScenarioProgress | null = null;
  #player: ScenarioPlayer | null = null;

  constructor(parts: ScenarioDeskParts) {
    this.#parts = parts;
  }

  get progress(): ScenarioProgress | null {
    return this.#progress;
  }

  /** Begins one; resolves once it has. */
  async play(name: string): Promise<Result<null, CommandFailure>> {
    if (this.#progress?.isPlaying)
      return fail({ code: 'refused', message: `${this.#progress.name} is playing; stop it first.` });
    const scenario = this.#parts.scenarios().find((one) => one.name === name);
    if (!scenario)
      return fail({ code: 'refused', message: `There is no scenario "${name}" in the config in force.` });
    this.#tell({ name, steps: scenario.steps, startedAt: Date.now(), done: 0, isPlaying: true });
    const player = new ScenarioPlayer(scenario, this.#stage(), monotonicClock, null);
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
    await new ScenarioPlayer(restore, this.#stage(), monotonicClock, null).ended;
    return ok(null);
  }

  #end(): void {
    this.#player = null;
    if (this.#progress) this.#tell({ ...this.#progress, isPlaying: false });
  }

  #tell(progress: ScenarioProgress): void {
    const { name, steps, startedAt, done, isPlaying } = progress;
    // What a step does is nobody's business but the player's.
    this.#progress = {
      name,
      steps: steps.map(({ atMs, text }) => ({ atMs, text })),
      startedAt,
      done,
      isPlaying,
    };
    this.#parts.onProgress(this.#progress);
  }

  #stage(): ScenarioStage {
    const { host } = this.#parts;
    return {
      snapshot: () => host.currentSnapshot(),
      setAdmin: (request) => host.setAdmin(request),
      forceHealth: (request) => host.forceHealth(request),
      setFaults: (request) => host.setFaults(request),
      noteScenario: async (note) => {
        await host.noteScenario(note);
        const progress = this.#progress;
        if (progress?.isPlaying && progress.done < progress.steps.length)
          this.#tell({ ...progress, done: progress.done + 1 });
        return null;
      },
      process: ({ backend }) => `${backend} is no process that Switchyard runs`,
    };
  }
}
