import { describe, expect, it } from 'vitest';
import { drawTrayIcon, type TrayHealth } from '../../../electron/desktop/tray-icon.ts';

const INK = { mark: [0, 0, 0], bad: [255, 0, 0] } as const;
const STATES: readonly TrayHealth[] = ['up', 'some', 'down', 'off'];

/** Its alpha in so many steps, as lines of text. */
function drawn(health: TrayHealth, size: number): string[] {
  const pixels = drawTrayIcon(health, size, INK);
  return Array.from({ length: size }, (_, row) =>
    Array.from({ length: size }, (_, column) => {
      const alpha = pixels[(row * size + column) * 4 + 3] ?? 0;
      return alpha > 170 ? '#' : alpha > 60 ? '+' : '.';
    }).join(''),
  );
}

describe('the icon of the tray', () => {
  it('says each health by its shape, in one colour and at the smallest size', () => {
    const shapes = STATES.map((health) => drawn(health, 16).join('\n'));
    expect(new Set(shapes).size).toBe(STATES.length);
    expect(shapes).toMatchSnapshot();
  });

  it.each([16, 18, 22, 44, 66])('stays within %i pixels', (size) => {
    for (const health of STATES) {
      const rows = drawn(health, size);
      expect(rows).toHaveLength(size);
      expect(rows.some((row) => row.includes('#'))).toBe(true);
    }
  });

  it('is premultiplied, in the order that NativeImage takes', () => {
    const pixels = drawTrayIcon('down', 36, { mark: [10, 20, 30], bad: [255, 0, 0] });
    const seen = new Set<string>();
    for (let at = 0; at < pixels.length; at += 4) {
      const [blue = 0, green = 0, red = 0, alpha = 0] = pixels.subarray(at, at + 4);
      expect(Math.max(blue, green, red)).toBeLessThanOrEqual(alpha);
      if (alpha === 255) seen.add([red, green, blue].join());
    }
    expect(seen).toContain('10,20,30');
    expect(seen).toContain('255,0,0');
  });
});
