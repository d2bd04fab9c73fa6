/** What stands for a round's tag in a template or a kept input. */
export const TAG = '@TAG@';

/** A round's mark in its target: long enough that no mutation makes one into another. */
export const tagOf = (round: number): string =>
  `n${round}x${(Math.imul(round + 1, 0x9e3779b1) >>> 0).toString(16)}z`;

/** The round whose mark stands in the text, or null when it has none, or no whole one. */
export function roundIn(text: string): number | null {
  const round = Number(/n(\d{1,9})x[0-9a-f]+z/.exec(text)?.[1] ?? Number.NaN);
  return text.includes(tagOf(round)) ? round : null;
}
