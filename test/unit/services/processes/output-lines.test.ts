import { describe, expect, it } from 'vitest';
import { LINE_LENGTH, OutputLines } from '../../../../electron/services/processes/output-lines.ts';
import { LINES_KEPT } from '../../../../shared/view/output-line.ts';
import { growthOf, LINEAR_GROWTH } from '../../../support/growth.ts';

const bytes = (text: string) => Buffer.from(text);
const textsOf = (output: OutputLines) => output.since(0).map(({ text }) => text);

describe('what a process writes', () => {
  it('is kept by the line, of both streams in the order they came', () => {
    const output = new OutputLines();
    output.add('stdout', bytes('one\ntw'));
    output.add('stderr', bytes('wrong\r\n'));
    output.add('stdout', bytes('o\n\nthree'));
    expect(output.since(0)).toEqual([
      { id: 1, stream: 'stdout', text: 'one' },
      { id: 2, stream: 'stderr', text: 'wrong' },
      { id: 3, stream: 'stdout', text: 'two' },
      { id: 4, stream: 'stdout', text: '' },
    ]);
    output.end();
    expect(output.since(4)).toEqual([{ id: 5, stream: 'stdout', text: 'three' }]);
  });

  it('has its colours and control characters taken out, also when they come in pieces', () => {
    const output = new OutputLines();
    for (const byte of bytes('\u001b[31mred\u001b[0m\tand \u0007bell ß\n'))
      output.add('stdout', Buffer.of(byte));
    expect(textsOf(output)).toEqual(['red\tand bell ß']);
  });

  it('is what a terminal would show of a line that is written over', () => {
    const output = new OutputLines();
    output.add('stdout', bytes('10 %\r50 %\r'));
    output.add('stdout', bytes('done\r\n'));
    expect(textsOf(output)).toEqual(['done']);
  });

  it('is the same in whatever pieces a line that is written over comes', () => {
    const written = '1 %\r\r22 %\rdone\r\r\nnext\r\n\rlast\r\r\n';
    const whole = new OutputLines();
    whole.add('stdout', bytes(written));
    const apart = new OutputLines();
    for (const byte of bytes(written)) apart.add('stdout', Buffer.of(byte));
    expect(textsOf(whole)).toEqual(['done', 'next', 'last']);
    expect(textsOf(apart)).toEqual(textsOf(whole));
  });

  it('shows characters that change the order of others, rather than obey them', () => {
    const output = new OutputLines();
    output.add('stdout', bytes('access\u202e\u2066 txt.exe\n'));
    output.note('end\u202ded');
    expect(textsOf(output)).toEqual(['access\\u202e\\u2066 txt.exe', 'end\\u202ded']);
  });

  it.each([
    ['a run of carriage returns', '\r'],
    ['a progress bar without a line end', '50 %\r'],
    ['lines', '\n'],
    ['escapes', '\u001b'],
    ['escapes that Node tries in many ways', '\u001b;?;?;?'],
    ['one long line', 'x'],
  ])('takes linear time for %s', (_, piece) => {
    const work = (size: number) => {
      const output = new OutputLines();
      output.add('stdout', bytes(`${piece.repeat(size)}x`));
      output.end();
    };
    expect(growthOf(32_000, (size) => size, work)).toBeLessThan(LINEAR_GROWTH);
  });

  it('takes linear time for a line that comes in single bytes', () => {
    const work = (size: number) => {
      const output = new OutputLines();
      for (let count = 0; count < size; count++) output.add('stdout', Buffer.of(0x20));
    };
    expect(growthOf(32_000, (size) => size, work)).toBeLessThan(LINEAR_GROWTH);
  });

  it('is bounded in lines', () => {
    const output = new OutputLines();
    for (let line = 1; line <= 5_500; line++) output.add('stdout', bytes(`${line}\n`));
    const kept = output.since(0);
    expect(kept).toHaveLength(LINES_KEPT);
    expect(kept[0]).toEqual({ id: 4_501, stream: 'stdout', text: '4501' });
    expect(kept.at(-1)?.text).toBe('5500');
  });

  it('is bounded in the length of a line, with and without an end', () => {
    const output = new OutputLines();
    for (let piece = 0; piece < 1_000; piece++) output.add('stdout', bytes('x'.repeat(1_000)));
    output.add('stdout', bytes('\nnext\n'));
    const [long = '', next] = textsOf(output);
    expect(long).toBe(`${'x'.repeat(LINE_LENGTH)}…`);
    expect(next).toBe('next');
  });
});
