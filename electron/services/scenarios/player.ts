import type { CommandFailure } from '../../../shared/calls/contract.ts';
import type { Result } from '../../../shared/calls/result.ts';
import type { ScenarioConfig } from '../../../shared/config/config.ts';
import type { FaultSettings } from '../../../shared/config/fault-schema.ts';
import type { ScenarioAction, ScenarioStep } from '../../../shared/config/scenario-schema.ts';
import type { AdminState, BackendKey, ForcedHealth, Snapshot } from '../../../shared/view/snapshot.ts';
import type { Clock } from '../../engine/system/clock.ts';
import { findBackend, fullName } from '../config/find-backend.ts';

type Outcome = Promise<Result<null, CommandFailure>>;

/** What a scenario acts upon: an engine, and the processes beside it. */
export interface ScenarioStage {
  snapshot(argument: null): Promise<Snapshot>;
  setAdmin(request: BackendKey & { readonly state: AdminState }): Outcome;
  forceHealth(request: BackendKey & { readonly forced: ForcedHealth }): Outcome;
  setFaults(
    request: BackendKey & { readonly faults: readonly FaultSettings[]; readonly seed: number | null },
  ): Outcome;
  noteScenario(note: { readonly scenario: string; readonly words: string }): Promise<null>;
  /** @returns why it cannot be done, in words; null when it was */
  process(key: BackendKey, what: 'kill' | 'pause' | 'resume'): string | null;
}

/** Plays one scenario once: every step at its time, one after the other. */
export class ScenarioPlayer {
  readonly #scenario: ScenarioConfig;
  readonly #stage: ScenarioStage;
  readonly #clock: Clock;
  readonly #startMs: number;
  /** What chance goes by; null for another course each time. */
  readonly seed: number | null;
  readonly #ended: Promise<void>;
  /** Steps that could not be done, so far. */
  notDone = 0;
  #isStopped = false;
  #cancel: (() => void) | null = null;
  #wakeUp: () => void = () => undefined;

  /** Begins at once. @param seed in place of the scenario's own; null for that */
  constructor(scenario: ScenarioConfig, stage: ScenarioStage, clock: Clock, seed: number | null) {
    this.#scenario = scenario;
    this.#stage = stage;
    this.#clock = clock;
    this.seed = seed ?? scenario.seed;
    this.#startMs = clock.now();
    this.#ended = this.#play();
  }

  /** Resolves when its last step is done, or it was stopped. */
  get ended(): Promise<void> {
    return this.#ended;
  }

  /** Nothing more happens. What it has done so far stays, for whoever wants to look at it. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#cancel?.();
    this.#wakeUp();
    await this.#ended;
  }

  async #play(): Promise<void> {
    for (const [index, step] of this.#scenario.steps.entries()) {
      await this.#until(step.atMs);
      if (this.#isStopped) return;
      const problem = await this.#do(step, index);
      if (problem !== null) this.notDone++;
      const words = problem === null ? step.text : `${step.text}: not done, ${problem}`;
      await this.#stage.noteScenario({ scenario: this.#scenario.name, words });
    }
    await this.#stage.noteScenario({ scenario: this.#scenario.name, words: 'its last step is done' });
  }

  #until(atMs: number): Promise<void> {
    const waitMs = atMs - (this.#clock.now() - this.#startMs);
    // It may have been stopped while a step was done.
    if (waitMs <= 0 || this.#isStopped) return Promise.resolve();
    return new Promise((resolve) => {
      this.#wakeUp = resolve;
      this.#cancel = this.#clock.after(waitMs, resolve);
    });
  }

  /** @returns why it could not be done; null when it was */
  async #do({ action }: ScenarioStep, index: number): Promise<string | null> {
    const { pools } = await this.#stage.snapshot(null);
    if (action.backend === null) {
      const keys = pools.flatMap(({ name, backends }) =>
        backends.map((one) => ({ pool: name, backend: one.name })),
      );
      for (const key of keys) await this.#restore(key);
      return null;
    }
    const key = findBackend(action.backend, pools);
    return key.ok ? this.#doTo(key.value, action, index) : key.error;
  }

  async #doTo(key: BackendKey, action: ScenarioAction, index: number): Promise<string | null> {
    switch (action.kind) {
      case 'faults': {
        // Each step has a course of its own, and the same one each time.
        const seed = this.seed === null ? null : (this.seed + index) % 4_294_967_296;
        return failureOf(await this.#stage.setFaults({ ...key, faults: action.faults, seed }));
      }
      case 'admin':
        return failureOf(await this.#stage.setAdmin({ ...key, state: action.state }));
      case 'force':
        return failureOf(await this.#stage.forceHealth({ ...key, forced: action.forced }));
      case 'process':
        return this.#stage.process(key, action.what);
      case 'restore':
        return this.#restore(key);
    }
  }

  async #restore(key: BackendKey): Promise<string | null> {
    const { pools } = await this.#stage.snapshot(null);
    const backend = pools
      .find(({ name }) => name === key.pool)
      ?.backends.find(({ name }) => name === key.backend);
    if (!backend) return `${fullName(key)} is gone`;
    const { admin, forced, faults } = backend;
    const done = [
      faults.length === 0 ? null : failureOf(await this.#stage.setFaults({ ...key, faults: [], seed: null })),
      forced === null ? null : failureOf(await this.#stage.forceHealth({ ...key, forced: null })),
      admin === 'enabled' ? null : failureOf(await this.#stage.setAdmin({ ...key, state: 'enabled' })),
    ];
    // Whether it is a process, and paused, is known to those who run it: one that is neither goes on as it is.
    this.#stage.process(key, 'resume');
    return done.find((problem) => problem !== null) ?? null;
  }
}

function failureOf(result: Awaited<Outcome>): string | null {
  return result.ok ? null : result.error.message;
}
