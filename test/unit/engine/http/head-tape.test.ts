import { describe, expect, it } from 'vitest';
import { HeadTape, NO_HEADS } from '../../../../electron/engine/http/record/head-tape.ts';

describe('the tape of heads', () => {
  it('gives back what was written, byte for byte', () => {
    const tape = new HeadTape(() => 0);
    const first = tape.write('GET / HTTP/1.1\r\nX: \xff\r\n', 'GET /b HTTP/1.1\r\n', 'HTTP/1.1 200 OK\r\n');
    const second = tape.write('GET /2 HTTP/1.1\r\n', '', '');
    expect(tape.read(first)).toEqual({
      request: 'GET / HTTP/1.1\r\nX: \xff\r\n',
      forwarded: 'GET /b HTTP/1.1\r\n',
      answer: 'HTTP/1.1 200 OK\r\n',
    });
    expect(tape.read(second)).toEqual({ request: 'GET /2 HTTP/1.1\r\n', forwarded: null, answer: null });
  });

  it('has nothing for what was not kept', () => {
    expect(new HeadTape(() => 0).read(NO_HEADS)).toBeNull();
    expect(new HeadTape(() => 0).read(0)).toBeNull();
  });

  it('forgets the oldest when it is full, and never mixes two', () => {
    const tape = new HeadTape(() => 0);
    const texts = Array.from({ length: 700 }, (_, at) => `${at}:`.padEnd(20_011 + at, 'x'));
    const starts = texts.map((text) => tape.write(text, text, text));
    const kept = starts.filter((start) => tape.read(start) !== null).length;
    expect(kept).toBeGreaterThan(200);
    expect(kept).toBeLessThan(300);
    texts.slice(-kept).forEach((text, at) => {
      expect(tape.read(starts[texts.length - kept + at] ?? 0)?.answer === text).toBe(true);
    });
  });

  it('cuts a head that is larger than any should be', () => {
    const tape = new HeadTape(() => 0);
    const start = tape.write('x'.repeat(300_000), 'y', 'z');
    const read = tape.read(start);
    expect([read?.request.length, read?.forwarded, read?.answer]).toEqual([2 ** 17, 'y', 'z']);
  });
});
