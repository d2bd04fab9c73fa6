import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadScript } from './load-script.ts';

const { drawIcons } = await loadScript('icons.mjs');
const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'switchyard-icons-'));
  await drawIcons(join(import.meta.dirname, '../../../build'), folder);
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Width and height as the PNG itself says. */
function sizeOf(png: Buffer): number[] {
  expect(png.subarray(0, 8)).toEqual(PNG);
  return [png.readUInt32BE(16), png.readUInt32BE(20)];
}

describe('the icons', () => {
  it('have a picture of every size that Linux asks for', () => {
    const names = readdirSync(join(folder, 'linux'));
    expect(names).toHaveLength(9);
    for (const name of names) {
      const [width = '', height = ''] = name.replace('.png', '').split('x');
      expect(sizeOf(readFileSync(join(folder, 'linux', name)))).toEqual([Number(width), Number(height)]);
    }
  });

  it('hold for Windows what their table says', () => {
    const ico = readFileSync(join(folder, 'icon.ico'));
    expect([ico.readUInt16LE(0), ico.readUInt16LE(2)]).toEqual([0, 1]);
    const entries = Array.from({ length: ico.readUInt16LE(4) }, (_, index) => 6 + 16 * index);
    const sizes = entries.map((at) => {
      const [length, offset] = [ico.readUInt32LE(at + 8), ico.readUInt32LE(at + 12)];
      const sizePx = ico.readUInt8(at) || 256;
      expect(sizeOf(ico.subarray(offset, offset + length))).toEqual([sizePx, sizePx]);
      return sizePx;
    });
    expect(sizes).toEqual([16, 20, 24, 32, 40, 48, 64, 256]);
  });

  it.each(['icon.icns', 'document.icns'])('hold in %s what macOS asks for, up to 1024 px', (name) => {
    const icns = readFileSync(join(folder, name));
    expect(icns.toString('latin1', 0, 4)).toBe('icns');
    expect(icns.readUInt32BE(4)).toBe(icns.length);
    const sizes: Record<string, number | undefined> = {};
    for (let at = 8; at < icns.length; at += icns.readUInt32BE(at + 4)) {
      const png = icns.subarray(at + 8, at + icns.readUInt32BE(at + 4));
      sizes[icns.toString('latin1', at, at + 4)] = sizeOf(png)[0];
    }
    expect(sizes).toEqual({
      ic11: 32,
      ic12: 64,
      ic07: 128,
      ic13: 256,
      ic08: 256,
      ic14: 512,
      ic09: 512,
      ic10: 1024,
    });
  });
});
