import type { Config } from '../../shared/config.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { closest } from '../config/did-you-mean.ts';
import type { Engine } from '../engine/engine.ts';
import { monotonicClock, ScenarioPlayer } from '../scenarios/player.ts';
import type { ServedProcesses } from './served-processes.ts';

export interface ScenarioWish {
  readonly name: string;
  /** In place of the scenario's own; null for that. */
  readonly seed: number | null;
}

/** Begins to play a scenario of the config. @returns the error when it has no such scenario */
export function startScenario(
  config: Config,
  { name, seed }: ScenarioWish,
  { engine, processes }: { readonly engine: Engine; readonly processes: ServedProcesses | null },
): Result<ScenarioPlayer, string> {
  const scenario = config.scenarios.find((one) => one.name === name);
  if (!scenario) return fail(unknownScenario(name, config));
  const stage = {
    snapshot: engine.snapshot,
    setAdmin: engine.setAdmin,
    forceHealth: engine.forceHealth,
    setFaults: engine.setFaults,
    noteScenario: engine.noteScenario,
    process: (key: { readonly pool: string; readonly backend: string }, what: 'kill' | 'pause' | 'resume') =>
      processes ? processes.act(key, what) : `${key.backend} is no process that Switchyard runs`,
  };
  return ok(new ScenarioPlayer(scenario, stage, monotonicClock, seed));
}

/** For a name that no scenario has. */
export function unknownScenario(name: string, { scenarios }: Config): string {
  const names = scenarios.map((one) => one.name);
  const near = closest(name, names);
  if (near !== null) return `there is no scenario "${name}"; did you mean "${near}"?`;
  return `there is no scenario "${name}"; there is ${names.map((one) => `"${one}"`).join(', ') || 'none in the config'}`;
}
