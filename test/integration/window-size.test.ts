import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';

const BUILT = join(import.meta.dirname, '../../dist/renderer');
const FIRST_SCREEN_KB = 350;

it('the first screen is small; the editor and the palette come when they are first shown', () => {
  expect(existsSync(join(BUILT, 'index.html')), 'npm run build comes first').toBe(true);
  const html = readFileSync(join(BUILT, 'index.html'), 'utf8');
  const files = [...html.matchAll(/(?:src|href)="\.\/(assets\/[^"]+\.(?:js|css))"/g)].map(
    ([, file = '']) => file,
  );
  expect(files.some((file) => file.endsWith('.js')) && files.some((file) => file.endsWith('.css'))).toBe(
    true,
  );
  expect(files.filter((file) => /editor|palette/.test(file))).toEqual([]);
  const gzipped = files.reduce((sum, file) => sum + gzipSync(readFileSync(join(BUILT, file))).length, 0);
  expect(gzipped / 1_000).toBeLessThanOrEqual(FIRST_SCREEN_KB);
});
