const LONGEST_MS = 7 * 24 * 3_600_000;

const UNIT_MS: Readonly<Record<string, number>> = {
  us: 0.001,
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

/** Only the last number may go without a unit; were it any, the ways to split a row of digits would be countless. */
const SHAPE = /^(?:\d{1,12}(?:us|ms|[smhdw])\s*)*(?:\d{1,12}\s*)?$/;

/**
 * A time as nginx (`1m 30s`, a plain number in seconds) or HAProxy (`1500`, in milliseconds) writes it, as a config does.
 *
 * @param plain the unit of a plain number
 * @returns undefined for what is no time, or none that a config may have
 */
export function durationText(text: string | undefined, plain: 's' | 'ms'): string | undefined {
  if (text === undefined || !SHAPE.test(text)) return undefined;
  let ms = 0;
  for (const [, count, unit = plain] of text.matchAll(/(\d+)(us|ms|[smhdw])?/g))
    ms += Number(count) * (UNIT_MS[unit] ?? 0);
  return ms >= 1 && ms <= LONGEST_MS ? shortest(ms) : undefined;
}

function shortest(ms: number): string {
  for (const [unit, size] of [
    ['h', 3_600_000],
    ['m', 60_000],
    ['s', 1_000],
  ] as const)
    if (ms % size === 0) return `${ms / size}${unit}`;
  return `${Math.round(ms)}ms`;
}
