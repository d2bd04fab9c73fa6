/** Pixels of each axis: its labels stand beside the areas, never on them. */
export const GUTTER = 58;
export const PADDING = 4;
