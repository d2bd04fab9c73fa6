/** A text without a character that it ends with, however often: `trimEnd('a///', '/')` is `a`. Looks at each once. */
export function trimEnd(text: string, character: string): string {
  let to = text.length;
  while (to > 0 && text[to - 1] === character) to--;
  return text.slice(0, to);
}
