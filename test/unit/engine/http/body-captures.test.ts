import { describe, expect, it } from 'vitest';
import { type BodyCapture, BodyCaptures } from '../../../../electron/engine/http/record/body-captures.ts';

function begun(captures: BodyCaptures): BodyCapture {
  const capture = captures.begin('p');
  if (!capture) throw new Error('capture is off');
  return capture;
}

function captures(limit?: number): BodyCaptures {
  const made = new BodyCaptures(limit);
  made.set('p', true);
  return made;
}

describe('captured bodies', () => {
  it('are those of pools it is switched on for', () => {
    const all = captures();
    expect([all.begin('q'), all.begin('p') === null]).toEqual([null, false]);
    all.set('p', false);
    expect([all.begin('p'), all.isOn]).toEqual([null, false]);
  });

  it('are copies, whole when all of them came', () => {
    const all = captures();
    const capture = begun(all);
    const bytes = Buffer.from('hello');
    capture.request.add(bytes);
    bytes.fill('x');
    capture.request.add(Buffer.from('!'));
    expect(all.find(1)).toBeNull();
    capture.end(1, true, false);
    const found = all.find(1);
    expect(Buffer.from(found?.request.bytes ?? []).toString()).toBe('hello!');
    expect([found?.request.isWhole, found?.answer.isWhole, found?.answer.bytes.length]).toEqual([
      true,
      false,
      0,
    ]);
    // Nothing else crosses the thread with it.
    expect(found?.request.bytes.buffer.byteLength).toBe(6);
  });

  it('are cut after 64 KiB', () => {
    const all = captures();
    const capture = begun(all);
    for (let at = 0; at < 5; at++) capture.answer.add(Buffer.alloc(20_000, at));
    capture.end(1, true, true);
    const { bytes, isWhole } = all.find(1)?.answer ?? { bytes: [], isWhole: true };
    expect([bytes.length, bytes[65_535], isWhole]).toEqual([65_536, 3, false]);
  });

  it('make room for newer ones, and are no more than the limit while all go on', () => {
    const all = captures(100);
    const add = (id: number) => {
      const capture = begun(all);
      capture.request.add(Buffer.alloc(40, id));
      capture.end(id, true, true);
    };
    for (let id = 1; id <= 4; id++) add(id);
    expect([1, 2, 3, 4].map((id) => all.find(id) !== null)).toEqual([false, false, true, true]);
    const going = Array.from({ length: 4 }, () => begun(all));
    for (const one of going) one.answer.add(Buffer.alloc(40));
    going.forEach((one, at) => {
      one.end(10 + at, true, true);
    });
    expect([3, 4, 10, 11, 12].map((id) => all.find(id)?.answer.bytes.length)).toEqual([
      undefined,
      undefined,
      40,
      40,
      0,
    ]);
    expect(all.find(12)?.answer.isWhole).toBe(false);
    add(20);
    expect(all.find(20)?.request.bytes.length).toBe(40);
  });

  it('take no more memory than is in them, however small the pieces they come in', () => {
    const all = captures(1_000);
    const add = (id: number, length: number) => {
      const capture = begun(all);
      for (let at = 0; at < length; at++) capture.answer.add(Buffer.of(at % 256));
      capture.end(id, true, true);
      return all.find(id)?.answer;
    };
    const found = add(1, 300);
    expect([found?.bytes.length, found?.bytes[299], found?.isWhole]).toEqual([300, 43, true]);
    expect(found?.bytes.buffer.byteLength).toBe(300);
    add(2, 300);
    add(3, 300);
    expect([1, 2, 3].map((id) => all.find(id)?.answer.bytes.length)).toEqual([undefined, 300, 300]);
  });

  it('are forgotten with the exchanges they belong to', () => {
    const all = captures();
    for (let id = 1; id <= 5_001; id++) begun(all).end(id, true, true);
    expect([all.find(1), all.find(2) === null]).toEqual([null, false]);
  });
});
