import { expect, it } from 'vitest';
import { parseFields } from '../../../../electron/engine/http/message/fields.ts';

it.each([
  ['X Bad Header: x\r\n', 'There is a space in the header name "X Bad Header".'],
  ['Host : x\r\n', 'There is a space between header Host and its colon.'],
  ['A: b\r\n c\r\n', 'A header line is folded (it starts with a space).'],
  ['A: b\nc\r\n', 'There is a line break in the value of header A.'],
  ['A: b\rc\r\n', 'There is a line break in the value of header A.'],
  ['A: b\x07c\r\n', 'The value of header A has a control character in it: 0x07.'],
  ['no colon at all\r\nA: b\r\n', 'A header line has no colon: "no colon at all".'],
  [': x\r\n', 'A header line has no name before its colon.'],
  ['A(b): x\r\n', 'The header name "A(b)" has a character that no name may have: "(".'],
  ['A\x1b[2J: x\r\n', 'The header name "A\\u001b[2J" has a character that no name may have: "\\u001b".'],
  ['A\nB: x\r\n', 'There is a line break in the header name "A\\u000aB".'],
  [`${'a '.repeat(90)}: x\r\n`, `There is a space in the header name "${'a '.repeat(30)}…".`],
])('%j: %s', (text, words) => {
  expect(parseFields(text, 0, 10)).toMatchObject({ words, status: 400 });
});
