import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { seededRandom } from '../../electron/engine/balancing/seeded-random.ts';
import { mutate } from './mutate.ts';
import { TAG, tagOf } from './tags.ts';

export const ROUNDS = Number(process.env['FUZZ_ROUNDS'] ?? 3_000);
export const SEED = Number(process.env['FUZZ_SEED'] ?? Date.now() % 1_000_000);
/** How many rounds are played at the same time. */
const AT_A_TIME = 40;
/** Rounds between two looks at the books: the engine remembers no more than 5,000 exchanges. */
const LAP = 1_000;

const kept = z.array(z.strictObject({ name: z.string(), bytes: z.string() }));

/** Inputs that were interesting once: they are played first, as they are, on every run. One character a byte. */
const SEEDS = z
  .strictObject({ requests: kept, answers: kept })
  .parse(JSON.parse(readFileSync(new URL('seeds.json', import.meta.url), 'utf8')));

export interface Inputs {
  readonly count: number;
  /** What is sent in a round; the same for the same seed, whatever else goes on. */
  textOf(round: number): string;
  /** For a complaint: how to see it again. */
  describe(round: number): string;
}

export function inputsOf(kind: 'requests' | 'answers', templates: readonly string[]): Inputs {
  const first = SEEDS[kind];
  const textOf = (round: number): string => {
    const seed = first[round];
    if (seed) return seed.bytes.replaceAll(TAG, tagOf(round));
    const random = seededRandom(SEED * 1_000_003 + round);
    return mutate((templates[round % templates.length] ?? '').replaceAll(TAG, tagOf(round)), random);
  };
  const describe = (round: number): string => {
    const how = first[round]
      ? `"${first[round].name}" in test/fuzz/seeds.json`
      : `FUZZ_SEED=${SEED} FUZZ_ROUNDS=${ROUNDS} npm run fuzz`;
    return `round ${round} of ${kind} (${how}): ${JSON.stringify(textOf(round))}`;
  };
  return { count: first.length + ROUNDS, textOf, describe };
}

/** Plays all rounds, some at a time; every one has to end by itself. After each lap, the books are looked at. */
export async function playAll(
  count: number,
  play: (round: number) => Promise<void>,
  lookAtBooks: () => Promise<void>,
): Promise<void> {
  for (let from = 0; from < count; from += LAP) {
    const end = Math.min(count, from + LAP);
    let next = from;
    const player = async () => {
      while (next < end) await play(next++);
    };
    await Promise.all(Array.from({ length: AT_A_TIME }, player));
    await lookAtBooks();
  }
}
