import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stripEscapeSequences } from '../../../../electron/services/processes/escape-sequences.ts';
import { growthOf, LINEAR_GROWTH } from '../../../support/growth.ts';

describe('what a terminal would obey', () => {
  it.each([
    ['colours', '\u001b[1;31mred\u001b[0m', 'red'],
    ['colours of 24 bits', '\u001b[38;2;1;2;3mx\u001b[39m', 'x'],
    ['cursor moves', 'a\u001b[2K\u001b[1Gb\u001b[?25lc', 'abc'],
    ['a title, ended by a bell', '\u001b]0;owned\u0007text', 'text'],
    ['a link, ended by ESC \\', '\u001b]8;;http://a/\u001b\\link\u001b]8;;\u001b\\', 'link'],
    ['a device control string', '\u001bP$q"p\u001b\\text', 'text'],
    ['the clipboard', '\u001b]52;c;cm0gLXJmIH4=\u0007ls', 'ls'],
    ['the choice of a character set', '\u001b(Btext', 'text'],
    ['a reset', '\u001bctext', 'text'],
    ['sequences of C1', '\u009b31mred\u009d0;owned\u009ctext', 'redtext'],
    ['a sequence that ends with the text', 'text\u001b[3', 'text'],
    ['an introducer at the end', 'text\u001b', 'text'],
  ])('%s: is taken out', (_, written, shown) => {
    expect(stripEscapeSequences(written)).toBe(shown);
  });

  it('leaves text that follows a string without an end', () => {
    expect(stripEscapeSequences('\u001b]0;not ended, and \u001b[31mred')).toBe('0;not ended, and red');
  });

  it('leaves no introducer, whatever comes in', () => {
    const pieces = fc.constantFrom(
      '\u001b',
      '[',
      ']',
      ';',
      '\\',
      '\u0007',
      '\u009b',
      '\u009c',
      '\u0090',
      'm',
      '1',
      'é',
      ' ',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 40 }), (written) => {
        // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must be gone.
        expect(stripEscapeSequences(written.join(''))).not.toMatch(/[\u001b\u0080-\u009f]/);
      }),
    );
  });

  it('agrees with Node on ordinary colours', () => {
    const colour = fc.tuple(
      fc.array(fc.integer({ min: 0, max: 107 }), { maxLength: 4 }),
      fc.string({ maxLength: 8 }),
    );
    fc.assert(
      fc.property(fc.array(colour, { maxLength: 8 }), (parts) => {
        const written = parts.map(([codes, text]) => `\u001b[${codes.join(';')}m${text}`).join('');
        expect(stripEscapeSequences(written)).toBe(stripVTControlCharacters(written));
      }),
    );
  });

  it.each([
    ['parameters', '\u001b[', '1;'],
    ['what Node tries in many ways', '\u001b', ';?'],
    ['introducers', '', '\u001b'],
    ['strings without an end', '', '\u001b]'],
    ['strings of C1 without an end', '', '\u009d'],
    ['intermediates', '\u001b', ' '],
  ])('takes linear time for a run of %s', (_, begin, piece) => {
    const work = (size: number) => void stripEscapeSequences(`${begin}${piece.repeat(size)}x`);
    expect(growthOf(32_000, (size) => size, work)).toBeLessThan(LINEAR_GROWTH);
  });
});
