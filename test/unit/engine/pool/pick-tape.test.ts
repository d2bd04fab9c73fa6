import { expect, it } from 'vitest';
import { NOT_NOTED, PickTape } from '../../../../electron/engine/pool/pick-tape.ts';

const picker = (policy: 'random' | 'round-robin') => ({ policy, backends: [] });

it('gives back what was noted of each pick', () => {
  const tape = new PickTape();
  const first = tape.note(picker('random'), 'it was drawn', 0);
  const second = tape.note(picker('round-robin'), 'it was its turn', 0);
  expect(tape.read(first)).toEqual({ policy: 'random', words: 'it was drawn', candidates: [] });
  expect(tape.read(second)).toMatchObject({ policy: 'round-robin', words: 'it was its turn' });
});

it('knows nothing of a pick that was not noted, or not yet', () => {
  expect(new PickTape().read(NOT_NOTED)).toBeNull();
  expect(new PickTape().read(0)).toBeNull();
});

it('forgets the oldest picks, and never takes one for another', () => {
  const tape = new PickTape();
  const picks = Array.from({ length: 10_000 }, (_, at) => tape.note(picker('random'), String(at), 0));
  const words = picks.map((pick) => tape.read(pick)?.words ?? null);
  expect(words.slice(-5_000)).toEqual(Array.from({ length: 5_000 }, (_, at) => String(at + 5_000)));
  expect(words.slice(0, 1_000).every((one) => one === null)).toBe(true);
});
