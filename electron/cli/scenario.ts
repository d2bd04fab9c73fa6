import type { Config } from '../../shared/config/config.ts';
import type { Engine } from '../engine/core/engine.ts';
import { ScenarioDesk, type ScenarioDeskParts } from '../services/scenarios/scenario-desk.ts';
import type { ServedProcesses } from './served-processes.ts';

export interface ScenarioWish {
  readonly name: string;
  /** In place of the scenario's own; null for that. */
  readonly seed: number | null;
}

/** @param config the one in force, whenever it is asked for */
export function createScenarioDesk(
  engine: Engine,
  processes: ServedProcesses | null,
  config: () => Config,
  onReport: ScenarioDeskParts['onReport'],
): ScenarioDesk {
  return new ScenarioDesk({
    stage: {
      snapshot: engine.snapshot,
      setAdmin: engine.setAdmin,
      forceHealth: engine.forceHealth,
      setFaults: engine.setFaults,
      noteScenario: engine.noteScenario,
      process: (key, what) =>
        processes ? processes.act(key, what) : `${key.backend} is no process that Switchyard runs`,
    },
    witness: engine,
    scenarios: () => config().scenarios,
    // What it does is told as events.
    onProgress: () => undefined,
    onReport,
  });
}
