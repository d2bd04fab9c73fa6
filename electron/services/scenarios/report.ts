import type { ScenarioLimits } from '../../../shared/config/scenario-limits.ts';
import type { RunTally } from '../../../shared/view/run-tally.ts';
import type { ScenarioReport } from '../../../shared/view/scenario-report.ts';
import type { Snapshot } from '../../../shared/view/snapshot.ts';
import { judge } from './judge.ts';
import type { RunRecord } from './run-record.ts';
import { shownArguments } from './shown-arguments.ts';

export interface ReportFacts {
  readonly scenario: string;
  readonly limits: ScenarioLimits;
  readonly seed: number | null;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly endedAt: number;
  readonly command: ScenarioReport['command'];
  /** Steps that could not be done. */
  readonly notDone: number;
  /** Null when the engine that counted is gone. */
  readonly tally: RunTally | null;
  /** At the end. */
  readonly snapshot: Snapshot;
}

/** What a run came to. @param record what happened; those incidents that last are added to it */
export function reportOf(facts: ReportFacts, record: RunRecord): ScenarioReport {
  const { scenario, limits, seed, startedAt, endedAt, command, notDone, tally, snapshot } = facts;
  for (const { name: pool, backends } of snapshot.pools)
    for (const { name: backend, incident } of backends)
      if (incident) record.addIncident({ pool, backend }, incident, endedAt);
  const { steps, incidents, leftOut, longestUndetected, longestBroken } = record;
  const clients = tally?.clients ?? null;
  const verdicts = judge(limits, { clients, longestUndetected, longestBroken, notDone });
  return {
    scenario,
    seed,
    startedAt: new Date(startedAt).toISOString(),
    durationMs: endedAt - startedAt,
    command: command && { ...command, argv: shownArguments(command.argv) },
    verdict:
      verdicts.length === 0 ? 'unjudged' : verdicts.every(({ isKept }) => isKept) ? 'passed' : 'failed',
    limits: verdicts,
    clients,
    steps,
    pools: inOrder(tally, snapshot),
    incidents,
    leftOut,
  };
}

/** Every backend there is at the end, those without a request too, in the order of the config. */
function inOrder(tally: RunTally | null, { pools }: Snapshot): ScenarioReport['pools'] {
  if (!tally) return [];
  return pools.map(({ name, backends }) => {
    const counted = tally.pools.find((pool) => pool.name === name);
    const gone = counted?.backends.filter((one) => !backends.some((here) => here.name === one.name)) ?? [];
    const here = backends.map(
      ({ name: backend }) =>
        counted?.backends.find((one) => one.name === backend) ?? {
          name: backend,
          requests: 0,
          errors: 0,
          serverErrors: 0,
          latency: null,
        },
    );
    return {
      name,
      unavailable: counted?.unavailable ?? 0,
      latency: counted?.latency ?? null,
      backends: [...here, ...gone],
    };
  });
}
