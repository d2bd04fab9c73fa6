import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const CSS = readFileSync(join(import.meta.dirname, '../../../renderer/styles/tokens.css'), 'utf8');

/** WCAG 2.2, 1.4.3 (AA): text of the sizes the window uses. */
const AA = 4.5;
/** WCAG 2.2, 1.4.11: what outlines the control with the focus. */
const AA_OUTLINE = 3;

const SURFACES = ['background', 'rail', 'card', 'hover', 'track'] as const;

/** Which words stand on what. */
const TEXT: readonly (readonly [string, readonly string[]])[] = [
  ['ink-1', [...SURFACES, 'accent-soft', 'bad-soft', 'warn-soft', 'simulated-soft', 'hatch', 'hatch-bad']],
  ['ink-2', [...SURFACES, 'accent-soft', 'bad-soft', 'warn-soft', 'simulated-soft', 'hatch']],
  ['ink-3', SURFACES],
  ['accent', ['background', 'rail', 'card']],
  ['ok', ['background', 'rail', 'card']],
  ['bad', ['background', 'rail', 'card', 'bad-soft']],
  ['warn', ['background', 'rail', 'card', 'warn-soft']],
  ['simulated', ['background', 'rail', 'card', 'simulated-soft']],
  ['accent-ink', ['accent']],
];

describe.each([
  ['light', ':root'],
  ['dark', ':root[data-theme="dark"]'],
])('in the %s theme', (_, selector) => {
  const tokens = tokensOf(selector);

  it.each(TEXT.flatMap(([ink, surfaces]) => surfaces.map((surface) => [ink, surface] as const)))(
    '%s can be read on %s',
    (ink, surface) => {
      expect(contrast(tokens, ink, surface)).toBeGreaterThanOrEqual(AA);
    },
  );

  it.each(SURFACES)('the focus can be seen on %s', (surface) => {
    expect(contrast(tokens, 'accent', surface)).toBeGreaterThanOrEqual(AA_OUTLINE);
  });
});

function tokensOf(selector: string): ReadonlyMap<string, string> {
  const body = CSS.split('}').find((rule) => rule.split('{')[0]?.trim().endsWith(selector)) ?? '';
  return new Map(
    [...body.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6});/g)].map(([, name = '', value = '']) => [name, value]),
  );
}

/** https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
function contrast(tokens: ReadonlyMap<string, string>, ink: string, surface: string): number {
  const [dark = 0, light = 0] = [ink, surface]
    .map((name) => luminance(tokens.get(name) ?? ''))
    .sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

/** https://www.w3.org/TR/WCAG22/#dfn-relative-luminance; NaN where there is no such token, which nothing passes. */
function luminance(hex: string): number {
  const [red = Number.NaN, green = Number.NaN, blue = Number.NaN] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
