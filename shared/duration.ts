import { fail, ok, type Result } from './result.ts';

const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };
const PART = /(\d+(?:\.\d+)?|\.\d+)(ms|s|m|h)/y;

/**
 * Reads a duration written as Go's `time.ParseDuration` does (https://pkg.go.dev/time#ParseDuration), in
 * units from milliseconds up: `500ms`, `2s`, `1m30s`, `1.5h`.
 *
 * @returns milliseconds, zero or more, or a sentence that says what would be right
 */
export function parseDuration(text: string): Result<number, string> {
  if (text === '0') return ok(0);
  let totalMs = 0;
  PART.lastIndex = 0;
  do {
    const at = PART.lastIndex;
    const part = PART.exec(text);
    if (!part) {
      const mend = /^\d+(\.\d+)?$/.test(text.slice(at))
        ? `write "${text}s" or "${text}ms"`
        : 'write it like "2s"';
      return fail(`is not a duration; ${mend} (units: ms, s, m, h)`);
    }
    totalMs += Number(part[1]) * (UNIT_MS[part[2] ?? ''] ?? Number.NaN);
  } while (PART.lastIndex < text.length);
  return ok(totalMs);
}

/** The shortest exact spelling that `parseDuration` reads back, in whole units: 1500 → `1s500ms`. */
export function formatDuration(ms: number): string {
  if (ms === 0) return '0s';
  let rest = Math.round(ms);
  let text = '';
  for (const [unit, size] of [
    ['h', 3_600_000],
    ['m', 60_000],
    ['s', 1_000],
    ['ms', 1],
  ] as const) {
    const count = Math.floor(rest / size);
    if (count > 0) text += `${count}${unit}`;
    rest -= count * size;
  }
  return text;
}
