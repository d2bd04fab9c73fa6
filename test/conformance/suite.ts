import { GROUPS } from './groups.ts';
import { type CaseResult, type Lane, runCase } from './run-case.ts';

/** What a case may take at one proxy. */
export const LIMIT_MS = 1_500;

/** Every case of the suite at one proxy, one at a time in each of its lanes; results in the order of the suite. */
export async function runSuite(lanes: readonly Lane[], limitMs = LIMIT_MS): Promise<CaseResult[]> {
  const waiting = GROUPS.flatMap((group) => group.cases).map((one, at) => ({ one, at }));
  const results: CaseResult[] = [];
  const work = async (lane: Lane) => {
    for (let next = waiting.shift(); next; next = waiting.shift())
      results[next.at] = await runCase(lane, next.one, limitMs);
  };
  await Promise.all(lanes.map(work));
  return results;
}
