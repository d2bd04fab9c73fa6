import { expect, it } from 'vitest';
import { loadScript } from './load-script.ts';

const { isNodeTooOld } = await loadScript('project.mjs');

it.each([
  ['18.20.0', true],
  ['20.18.9', true],
  ['20.19.0', false],
  ['22.0.0', false],
  ['24.1.0', false],
])('Node %s is too old: %s', (version, expected) => {
  expect(isNodeTooOld(version)).toBe(expected);
});
