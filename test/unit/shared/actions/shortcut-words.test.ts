import { describe, expect, it } from 'vitest';
import {
  isAccelerator,
  isPlainKey,
  keysOf,
  type PressedKey,
} from '../../../../shared/actions/shortcut-words.ts';

const press = (key: string, change: Partial<PressedKey> = {}): PressedKey => ({
  key,
  isCtrl: false,
  isMeta: false,
  isShift: false,
  isAlt: false,
  ...change,
});
const ctrl = { isCtrl: true };

describe('a shortcut', () => {
  it('is drawn as the keys to press', () => {
    expect(keysOf('CmdOrCtrl+Shift+B', false)).toEqual(['Ctrl', 'Shift', 'B']);
    expect(keysOf('CmdOrCtrl+Shift+B', true)).toEqual(['⌘', '⇧', 'B']);
    expect(keysOf('?', false)).toEqual(['?']);
  });

  it.each([
    ['CmdOrCtrl+K', press('k', ctrl), true],
    ['CmdOrCtrl+K', press('k'), false],
    ['CmdOrCtrl+K', press('K', { ...ctrl, isShift: true }), false],
    ['CmdOrCtrl+Shift+B', press('B', { ...ctrl, isShift: true }), true],
    ['CmdOrCtrl+Shift+B', press('b', ctrl), false],
    ['CmdOrCtrl+1', press('1', ctrl), true],
    ['CmdOrCtrl+1', press('1', { ...ctrl, isAlt: true }), false],
    ['CmdOrCtrl+/', press('/', { ...ctrl, isShift: true }), true],
  ])('%s by %j: %s', (accelerator, pressed, is) => {
    expect(isAccelerator(accelerator, pressed)).toBe(is);
  });

  it.each([
    ['Space', press(' '), true],
    ['?', press('?', { isShift: true }), true],
    ['1', press('1', ctrl), false],
  ])('%s alone by %j: %s', (key, pressed, is) => {
    expect(isPlainKey(key, pressed)).toBe(is);
  });
});
