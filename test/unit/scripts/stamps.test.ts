import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { loadScript } from './load-script.ts';

const { fingerprint, isStamped, stamp } = await loadScript('stamps.mjs');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'switchyard-stamps-'));
  mkdirSync(join(folder, 'src/deep'), { recursive: true });
  writeFileSync(join(folder, 'src/deep/a'), '1');
  writeFileSync(join(folder, 'lock'), '1');
});
afterEach(() => rmSync(folder, { recursive: true }));

const print = () => fingerprint(folder, ['src', 'lock', 'not-there']);

it('holds while nothing changes, and again when a change is undone', () => {
  const path = join(folder, 'out/stamp');
  expect(isStamped(path, print())).toBe(false);
  stamp(path, print());
  expect(isStamped(path, print())).toBe(true);
  writeFileSync(join(folder, 'src/deep/a'), '2');
  expect(isStamped(path, print())).toBe(false);
  writeFileSync(join(folder, 'src/deep/a'), '1');
  expect(isStamped(path, print())).toBe(true);
});

it.each([
  ['a file appears', () => writeFileSync(join(folder, 'src/b'), '')],
  ['a file goes', () => rmSync(join(folder, 'src/deep/a'))],
  ['a file is renamed', () => renameSync(join(folder, 'src/deep/a'), join(folder, 'src/deep/b'))],
  ['the lockfile changes', () => writeFileSync(join(folder, 'lock'), '2')],
  ['what was missing is there', () => writeFileSync(join(folder, 'not-there'), '')],
])('is another one when %s', (_name, change) => {
  const before = print();
  change();
  expect(print()).not.toBe(before);
});
