import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { seededRandom } from '../../../../electron/engine/balancing/seeded-random.ts';
import { createEffect } from '../../../../electron/engine/faults/effect.ts';
import type { Stage } from '../../../../electron/engine/faults/line.ts';
import { faultSchema } from '../../../../shared/config/fault-schema.ts';

interface Staged {
  readonly stage: Stage;
  /** What came out, with when. */
  readonly out: { atMs: number; text: string }[];
  text(): string;
}

/** The part of a fault that works on one direction, on a clock that is held. */
function staged(text: string): Staged {
  const effect = createEffect(faultSchema.parse(text), seededRandom(3));
  const create = effect.toClient ?? effect.toBackend;
  if (!create) throw new Error('it does nothing to bytes');
  const out: Staged['out'] = [];
  const startMs = performance.now();
  const put = (what: string) => out.push({ atMs: Math.round(performance.now() - startMs), text: what });
  const stage = create(
    { pass: (bytes) => put(bytes.toString('latin1')), end: () => put('END') },
    {
      now: () => performance.now(),
      after: (delayMs, run) => void setTimeout(run, delayMs),
      answer: (bytes) => put(bytes.toString('latin1')),
      discard: () => undefined,
      close: () => put('CLOSE'),
      reset: () => put('RESET'),
    },
  );
  return { stage, out, text: () => out.map((one) => one.text).join('') };
}

const HEAD = 'HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n';

describe('what a fault does to bytes', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
  afterEach(() => void vi.useRealTimers());

  it('latency: late, in order, and what comes meanwhile is no later than it has to be', () => {
    const { stage, out } = staged('latency 100ms');
    stage.pass(Buffer.from('a'));
    vi.advanceTimersByTime(30);
    stage.pass(Buffer.from('b'));
    stage.end();
    vi.advanceTimersByTime(1_000);
    expect(out).toEqual([
      { atMs: 100, text: 'a' },
      { atMs: 130, text: 'b' },
      { atMs: 130, text: 'END' },
    ]);
  });

  it('latency: with jitter, order is kept within a burst, and each burst has a delay of its own', () => {
    const { stage, out, text } = staged('latency 100ms±90ms');
    for (const one of 'abcdefghij') {
      stage.pass(Buffer.from(one));
      vi.advanceTimersByTime(5);
    }
    vi.advanceTimersByTime(1_000);
    expect(text()).toBe('abcdefghij');
    const first = out[0]?.atMs;
    stage.pass(Buffer.from('k'));
    const sentMs = 1_050;
    vi.advanceTimersByTime(1_000);
    expect((out.at(-1)?.atMs ?? 0) - sentMs).not.toBe(first);
  });

  it('latency: when it is over, all it holds goes at once', () => {
    const { stage, text } = staged('latency 1h');
    stage.pass(Buffer.from('a'));
    stage.pass(Buffer.from('b'));
    stage.end();
    stage.release();
    expect(text()).toBe('abEND');
    vi.advanceTimersByTime(3_600_000);
    expect(text()).toBe('abEND');
  });

  it('slow-close: bytes at once, the end late', () => {
    const { stage, out } = staged('slow-close 300ms');
    stage.pass(Buffer.from('a'));
    stage.end();
    vi.advanceTimersByTime(1_000);
    expect(out).toEqual([
      { atMs: 0, text: 'a' },
      { atMs: 300, text: 'END' },
    ]);
  });

  it('bandwidth: as many bytes as the time has room for, whatever the size of what comes', () => {
    const { stage, out, text } = staged('bandwidth 10KB/s');
    for (let part = 0; part < 10; part++) stage.pass(Buffer.alloc(100, 'x'));
    stage.end();
    vi.advanceTimersByTime(50);
    expect(text().length).toBe(400);
    vi.advanceTimersByTime(1_000);
    expect(text()).toBe(`${'x'.repeat(1_000)}END`);
    expect(out.at(-1)?.atMs).toBe(100);
  });

  it('slicer: fragments of about that size, with a pause between two', () => {
    const { stage, out, text } = staged('slicer 10 sizeVariation=4 delay=20ms');
    const sent = 'abcdefghijklmnopqrstuvwxyz'.repeat(4);
    stage.pass(Buffer.from(sent));
    stage.end();
    vi.advanceTimersByTime(10_000);
    expect(text()).toBe(`${sent}END`);
    const fragments = out.slice(0, -1);
    for (const { text: one } of fragments.slice(0, -1)) {
      expect(one.length).toBeGreaterThanOrEqual(6);
      expect(one.length).toBeLessThanOrEqual(14);
    }
    expect(fragments.map(({ atMs }) => atMs)).toEqual(fragments.map((_, index) => index * 20));
  });

  it('slow-headers: the head over the time, the body after it at once', () => {
    const { stage, out, text } = staged('slow-headers 200ms');
    stage.pass(Buffer.from(`${HEAD}0123`));
    stage.pass(Buffer.from('456789'));
    stage.end();
    vi.advanceTimersByTime(100);
    expect(text()).toBe(HEAD.slice(0, Math.ceil(HEAD.length / 2)));
    vi.advanceTimersByTime(100);
    expect(text()).toBe(`${HEAD}0123456789END`);
    expect(out.at(-1)?.atMs).toBe(200);
  });

  it.each([
    ['truncate 4', 'CLOSE'],
    ['reset 4', 'RESET'],
  ])('%s: the head and so many bytes of the body, wherever the pieces part', (fault, cut) => {
    const whole = `HTTP/1.1 103 Early Hints\r\n\r\n${HEAD}0123456789`;
    for (let at = 1; at < whole.length; at++) {
      const { stage, text } = staged(fault);
      stage.pass(Buffer.from(whole.slice(0, at)));
      stage.pass(Buffer.from(whole.slice(at)));
      expect(text()).toBe(`${whole.slice(0, -6)}${cut}`);
    }
  });

  it('truncate 0: the head alone, also when the body comes later', () => {
    const { stage, text } = staged('truncate 0');
    stage.pass(Buffer.from(HEAD));
    expect(text()).toBe(`${HEAD}CLOSE`);
    stage.pass(Buffer.from('0123'));
    expect(text()).toBe(`${HEAD}CLOSE`);
  });

  it('reset after a time, unless the fault is over by then', () => {
    const { stage, text } = staged('reset timeout=1s');
    stage.pass(Buffer.from('a'));
    vi.advanceTimersByTime(1_000);
    expect(text()).toBe('aRESET');
    const mended = staged('reset timeout=1s');
    mended.stage.release();
    vi.advanceTimersByTime(2_000);
    expect(mended.text()).toBe('');
  });

  it('error: an answer with its length and when to come again, and no body for HEAD', () => {
    const get = staged('error 429 retryAfter=1500ms body=slow');
    get.stage.pass(Buffer.from('GET / HTTP/1.1\r\n\r\n'));
    get.stage.pass(Buffer.from('more'));
    const head =
      'HTTP/1.1 429 Too Many Requests\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: 4\r\nRetry-After: 2\r\n\r\n';
    expect(get.text()).toBe(`${head}slow`);
    const asked = staged('error 429 retryAfter=1500ms body=slow');
    asked.stage.pass(Buffer.from('HEAD / HTTP/1.1\r\n\r\n'));
    expect(asked.text()).toBe(head);
  });

  it('hang: nothing, until its timeout or its end closes the connection', () => {
    const { stage, text } = staged('hang 5s');
    stage.pass(Buffer.from('GET / HTTP/1.1\r\n\r\n'));
    vi.advanceTimersByTime(4_999);
    expect(text()).toBe('');
    vi.advanceTimersByTime(1);
    expect(text()).toBe('CLOSE');
    const mended = staged('hang');
    mended.stage.release();
    expect(mended.text()).toBe('CLOSE');
  });
});
