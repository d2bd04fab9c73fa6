/** Told apart with colour-blindness too; the same backend keeps its colour in lanes, chart and table. */
const COLOURS = [
  '#4C8DFF',
  '#17B5A3',
  '#F0A43A',
  '#9B7BFF',
  '#EF6387',
  '#5FB3E8',
  '#8FBF3F',
  '#C77F4A',
  '#D06BD6',
  '#7A8CA5',
] as const;

export const COLOURS_KNOWN = COLOURS.length;

/** By place in the pool. */
export function backendColour(index: number): string {
  return COLOURS[index % COLOURS.length] ?? COLOURS[0];
}
