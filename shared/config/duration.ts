import { fail, ok, type Result } from '../calls/result.ts';

const UNIT_MS: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  μs: 1e-3,
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
};
const NUMBER = '(?:\\d+(?:\\.\\d*)?|\\.\\d+)';
/** Longest text that is read, in characters: every unit with more digits than count. */
export const MAX_DURATION_TEXT = 100;
// Both spellings of micro, as in Go: U+00B5 and U+03BC.
const UNIT = '(?:ns|us|µs|μs|ms|s|m|h)';
const WHOLE = new RegExp(`^\\+?(?:${NUMBER}${UNIT})+$`);
// superlinear: of what `WHOLE` has matched, in MAX_DURATION_TEXT characters.
const PART = new RegExp(`(${NUMBER})(${UNIT})`, 'g');
const UNITS = '(units: ms, s, m, h)';

/**
 * Reads a duration written as Go's `time.ParseDuration` does (https://pkg.go.dev/time#ParseDuration): `500ms`,
 * `2s`, `1m30s`, `1.5h`. A negative one is refused: nothing here waits for less than no time.
 *
 * @returns milliseconds, zero or more, or the words that say what would be right
 */
export function parseDuration(text: string): Result<number, string> {
  if (text === '0') return ok(0);
  if (text.length > MAX_DURATION_TEXT)
    return fail(`is not a duration: it is longer than ${MAX_DURATION_TEXT} characters`);
  if (!WHOLE.test(text)) return fail(durationMend(text));
  let totalMs = 0;
  for (const [, count, unit = ''] of text.matchAll(PART)) totalMs += Number(count) * (UNIT_MS[unit] ?? 0);
  // Go counts in nanoseconds; so 1.1s is 1100 ms and not 1100.0000000000002.
  return ok(Math.round(totalMs * 1e6) / 1e6);
}

/** What to say of something that is not a duration, a number of unknown unit included. */
export function durationMend(input: unknown): string {
  const isNumber = typeof input === 'number' || (typeof input === 'string' && /^\d+(\.\d+)?$/.test(input));
  const mend = isNumber && Number(input) >= 0 ? `write "${input}ms" or "${input}s"` : 'write it like "2s"';
  return `is not a duration; ${mend} ${UNITS}`;
}

/** To the millisecond, and as Go would but without its zeros: 500 → `500ms`, 1500 → `1.5s`, 90000 → `1m30s`. */
export function formatDuration(ms: number): string {
  const wholeMs = Math.round(ms);
  if (wholeMs === 0) return '0s';
  if (wholeMs < 1_000) return `${wholeMs}ms`;
  const hours = Math.floor(wholeMs / 3_600_000);
  const minutes = Math.floor((wholeMs % 3_600_000) / 60_000);
  const seconds = (wholeMs % 60_000) / 1_000;
  return [
    hours > 0 ? `${hours}h` : '',
    minutes > 0 ? `${minutes}m` : '',
    seconds > 0 ? `${seconds}s` : '',
  ].join('');
}
