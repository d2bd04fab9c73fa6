/** What a field of URLs begins with: only the port is missing. */
export const FIRST_URL = 'http://localhost:';

/** Those that are typed, with spaces, commas or new lines between them. */
export function urlsIn(text: string): readonly string[] {
  return text.split(/[\s,]+/).filter((url) => url !== '');
}
