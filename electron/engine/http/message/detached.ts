/** Characters; what is kept of a shorter text may keep all of it. */
export const KEPT_WHOLE = 1_024;

/**
 * A part of a text that is to be kept when the text is not. The engine makes of a part a view of the whole, and the log
 * would keep 15 KB of a head for the sake of a target.
 *
 * @param part one byte a character (latin1)
 * @param length characters of the text that it is a part of
 */
export function detached(part: string, length: number): string {
  return length <= KEPT_WHOLE ? part : Buffer.from(part, 'latin1').toString('latin1');
}
