import type { CommandFailure } from '../../../shared/calls/contract.ts';
import type { Result } from '../../../shared/calls/result.ts';
import type { ScenarioConfig } from '../../../shared/config/config.ts';
import type { ScenarioProgress } from '../../../shared/view/scenario-progress.ts';
import { type Answer, json, problem } from './answer.ts';
import { playArgument, readArgument } from './arguments.ts';

/** What the control server asks of those who play scenarios. */
export interface ControlledScenarios {
  readonly all: readonly ScenarioConfig[];
  readonly progress: ScenarioProgress | null;
  play(name: string, seed: number | null): Promise<Result<null, CommandFailure>>;
  stop(): Promise<Result<null, CommandFailure>>;
}

export function listScenarios({ all, progress }: ControlledScenarios): Answer {
  const scenarios = all.map(({ name, seed, steps }) => ({
    name,
    seed,
    steps: steps.map(({ atMs, text }) => ({ atMs, text })),
  }));
  return json({ scenarios, progress });
}

/** Does not wait for its end. */
export async function playScenario(
  scenarios: ControlledScenarios,
  name: string,
  body: string,
): Promise<Answer> {
  const argument = readArgument(playArgument, body);
  if (!argument.ok) return argument.error;
  const isKnown = scenarios.all.some((one) => one.name === name);
  const begun = await scenarios.play(name, argument.value.seed ?? null);
  if (begun.ok) return listScenarios(scenarios);
  return isKnown
    ? problem(409, 'refused', begun.error.message)
    : problem(404, 'unknown-scenario', begun.error.message);
}

export async function stopScenario(scenarios: ControlledScenarios): Promise<Answer> {
  const stopped = await scenarios.stop();
  return stopped.ok ? listScenarios(scenarios) : problem(409, 'refused', stopped.error.message);
}
