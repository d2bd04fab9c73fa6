import { expect, it } from 'vitest';
import { loadScript } from './load-script.ts';

const { findSuperlinear } = await loadScript('lint-regexes.mjs');

const messages = (text: string): readonly { line: number; message: string }[] =>
  findSuperlinear('a.ts', text);

it.each([
  'member.replace(/^[ \\t]+|[ \\t]+$/g, "")',
  'text.replace(/\\r+$/, "")',
  'new RegExp("^(?:\\\\d+\\\\.?\\\\d*)+$")',
  `const N: string = '\\\\d+\\\\.?\\\\d*';\nconst WHOLE = new RegExp(\`^\${N}s$\`);`,
  '/^(?:a+)+$/.test(x as string)',
])('names an expression that can take more than linear time: %s', (text) => {
  expect(messages(text)).not.toEqual([]);
});

it.each(['/^[a-z]+$/', '/^\\d+(?:\\.\\d*)?$/', 'text.split(/\\s+/)', `new RegExp(\`^\${typed}$\`)`])(
  'has nothing to say of %s',
  (text) => {
    expect(messages(text)).toEqual([]);
  },
);

it('says where, and is told by a comment that what it is given is short', () => {
  expect(messages('const a = 1;\nconst b = /x+$/;')).toMatchObject([{ line: 2 }]);
  expect(messages('const a = 1;\n// superlinear: of one word.\nconst b = /x+$/;')).toEqual([]);
});
