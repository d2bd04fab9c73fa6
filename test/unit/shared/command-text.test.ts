import { expect, it } from 'vitest';
import { showCommand } from '../../../shared/text/command-text.ts';

it.each([
  ['node server.js', '"node server.js"'],
  ['npm run "it all"', '"npm run \\"it all\\""'],
  ['node ü.js', '"node ü.js"'],
  ['rm -rf ~ \u001b[2K\rnode server.js', '"rm -rf ~ \\u001b[2K\\rnode server.js"'],
  ['echo \u009b2K \u202esj.evil', '"echo \\u009b2K \\u202esj.evil"'],
  ['a\nb', '"a\\nb"'],
])('%j is shown as %s', (command, shown) => {
  expect(showCommand(command)).toBe(shown);
});
