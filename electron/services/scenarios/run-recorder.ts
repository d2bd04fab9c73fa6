import type { ScenarioConfig } from '../../../shared/config/config.ts';
import type { EngineEvent } from '../../../shared/view/engine-event.ts';
import type { RunTally } from '../../../shared/view/run-tally.ts';
import type { ScenarioReport } from '../../../shared/view/scenario-report.ts';
import type { Snapshot } from '../../../shared/view/snapshot.ts';
import { reportOf } from './report.ts';
import { RunRecord } from './run-record.ts';

/** Who counts for a run. */
export interface RunWitness {
  snapshot(argument: null): Promise<Snapshot>;
  /** Begins to count anew, or ends it: what was counted, null when nothing was. */
  tally(argument: { readonly isOn: boolean }): Promise<RunTally | null>;
}

export interface RunEnd {
  readonly seed: number | null;
  /** Steps that could not be done. */
  readonly notDone: number;
  readonly command: ScenarioReport['command'];
}

/** Watches one run of a scenario, and says what it came to. */
export class RunRecorder {
  readonly #scenario: ScenarioConfig;
  readonly #witness: RunWitness;
  readonly #startedAt = Date.now();
  readonly #record = new RunRecord(this.#startedAt);

  private constructor(scenario: ScenarioConfig, witness: RunWitness) {
    this.#scenario = scenario;
    this.#witness = witness;
  }

  /** Resolves when it counts. */
  static async begin(scenario: ScenarioConfig, witness: RunWitness): Promise<RunRecorder> {
    await witness.tally({ isOn: true });
    return new RunRecorder(scenario, witness);
  }

  add(event: EngineEvent): void {
    this.#record.add(event);
  }

  /** Whether everything that broke is back. */
  async isOver(): Promise<boolean> {
    const { pools } = await this.#witness.snapshot(null);
    return pools.every(({ backends }) => backends.every(({ incident }) => incident === null));
  }

  async finish({ seed, notDone, command }: RunEnd): Promise<ScenarioReport> {
    const [tally, snapshot] = [
      await this.#witness.tally({ isOn: false }),
      await this.#witness.snapshot(null),
    ];
    const { name, limits } = this.#scenario;
    const times = { startedAt: this.#startedAt, endedAt: Date.now() };
    return reportOf(
      { scenario: name, limits, seed, ...times, command, notDone, tally, snapshot },
      this.#record,
    );
  }

  /** It is not to be reported. */
  async drop(): Promise<void> {
    await this.#witness.tally({ isOn: false });
  }
}
