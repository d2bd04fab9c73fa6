import type { CommandFailure } from '../../../shared/calls/contract.ts';
import { fail, ok, type Result } from '../../../shared/calls/result.ts';
import type { ScenarioConfig } from '../../../shared/config/config.ts';
import type { EngineEvent } from '../../../shared/view/engine-event.ts';
import type { ScenarioProgress } from '../../../shared/view/scenario-progress.ts';
import type { ScenarioReport } from '../../../shared/view/scenario-report.ts';
import { monotonicClock } from '../../engine/system/clock.ts';
import { closest } from '../config/did-you-mean.ts';
import { ScenarioPlayer, type ScenarioStage } from './player.ts';
import { RunRecorder, type RunWitness } from './run-recorder.ts';

/** After its last step, what broke has this long to come back before the report is made; looked at this often. */
const SETTLE_MS = 15_000;
const LOOK_MS = 100;

export interface ScenarioDeskParts {
  readonly stage: ScenarioStage;
  readonly witness: RunWitness;
  /** Of the config in force. */
  readonly scenarios: () => readonly ScenarioConfig[];
  readonly onProgress: (progress: ScenarioProgress) => void;
  /** A run has come to its end; null where `finish` is called for it. */
  readonly onReport: ((report: ScenarioReport) => void) | null;
}

/** Plays the scenarios of the config, one at a time. */
export class ScenarioDesk {
  readonly #parts: ScenarioDeskParts;
  #progress: ScenarioProgress | null = null;
  #player: ScenarioPlayer | null = null;
  #isStarting = false;
  /** Of the run that plays, or whose end is waited for. */
  #run: { readonly recorder: RunRecorder; readonly player: ScenarioPlayer } | null = null;

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
    if (this.#isStarting || this.#progress?.isPlaying)
      return fail({
        code: 'refused',
        message: `${this.#progress?.name ?? 'One'} is playing; stop it first.`,
      });
    const scenario = this.all.find((one) => one.name === name);
    if (!scenario) return fail({ code: 'refused', message: unknownScenario(name, this.all) });
    this.#isStarting = true;
    // Whoever still waits to report the one before would end the count of this one.
    this.#run = null;
    const recorder = await RunRecorder.begin(scenario, this.#parts.witness).finally(() => {
      this.#isStarting = false;
    });
    const player = new ScenarioPlayer(scenario, this.#countingStage(), monotonicClock, seed);
    const steps = scenario.steps.map(({ atMs, text }) => ({ atMs, text }));
    this.#tell({ name, seed: player.seed, steps, startedAt: Date.now(), done: 0, isPlaying: true });
    this.#player = player;
    this.#run = { recorder, player };
    void player.ended.then(async () => {
      if (this.#player !== player) return;
      this.#end();
      if (this.#parts.onReport) await this.#reportOnceOver();
    });
    return ok(null);
  }

  /** Nothing more of it happens, and what it has done is undone. */
  async stop(): Promise<Result<null, CommandFailure>> {
    const player = this.#player;
    const run = this.#run;
    this.#run = null;
    await run?.recorder.drop();
    if (!player || !this.#progress) return ok(null);
    this.#player = null;
    await player.stop();
    this.#end();
    const action = { kind: 'restore', backend: null } as const;
    const steps = [{ atMs: 0, text: 'restore', action }];
    const restore = { name: this.#progress.name, seed: null, limits: {}, steps };
    await new ScenarioPlayer(restore, this.#parts.stage, monotonicClock, null).ended;
    return ok(null);
  }

  /** Of the run that plays: something has happened. */
  tell(event: EngineEvent): void {
    this.#run?.recorder.add(event);
  }

  /** What the run has come to as of now; null when there is none. It goes on, unrecorded. */
  async finish(command: ScenarioReport['command']): Promise<ScenarioReport | null> {
    const run = this.#run;
    this.#run = null;
    if (!run) return null;
    const { seed, notDone } = run.player;
    return run.recorder.finish({ seed, notDone, command });
  }

  async #reportOnceOver(): Promise<void> {
    const run = this.#run;
    const deadline = performance.now() + SETTLE_MS;
    while (run && this.#run === run && performance.now() < deadline && !(await run.recorder.isOver()))
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    // Another has begun, or it was stopped.
    if (!run || this.#run !== run) return;
    const report = await this.finish(null);
    if (report) this.#parts.onReport?.(report);
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
