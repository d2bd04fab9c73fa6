/** A name without the number at its end, and one separator before that: `api-2` is `api`. */
export function withoutNumber(name: string, separators: string): string {
  let to = name.length;
  while (to > 0 && isDigit(name[to - 1])) to--;
  if (to === name.length) return name;
  return name.slice(0, to > 0 && separators.includes(name[to - 1] ?? '') ? to - 1 : to);
}

function isDigit(character: string | undefined): boolean {
  return character !== undefined && character >= '0' && character <= '9';
}
