import { describe, expect, it } from 'vitest';
import { LINE_LENGTH, OutputLines } from '../../../electron/processes/output-lines.ts';
import { LINES_KEPT } from '../../../shared/output-line.ts';

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
