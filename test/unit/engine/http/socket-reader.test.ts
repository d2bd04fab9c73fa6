import { expect, it } from 'vitest';
import { LargeBuffers, SocketReader } from '../../../../electron/engine/http/backend/socket-reader.ts';

/** Reads as Node does: into the buffer it is given, the next one asked for after every read. */
function setUp(larges = new LargeBuffers()) {
  const reader = new SocketReader(larges);
  const { buffer, callback } = reader.onread;
  const next = () => (typeof buffer === 'function' ? buffer() : buffer);
  let isHeld = false;
  let taken: Buffer = Buffer.alloc(0);
  reader.to((bytes) => {
    taken = bytes;
    return isHeld;
  });
  return {
    reader,
    next,
    read: (count: number, held = false) => {
      isHeld = held;
      callback(count, next());
      return taken;
    },
  };
}

it('reads into the same memory, and hands on as much as came', () => {
  const { next, read } = setUp();
  const first = next();
  expect(read(10)).toHaveLength(10);
  expect(next()).toBe(first);
});

it('reads elsewhere as soon as somebody holds what was read', () => {
  const { next, read } = setUp();
  const first = next();
  expect(read(10, true).buffer).toBe(first.buffer);
  expect(next().buffer).not.toBe(first.buffer);
});

it('takes a large buffer for an answer that fills the small one, and keeps it while answers are large', () => {
  const { next, read } = setUp();
  const small = next();
  read(small.length);
  const large = next();
  expect(large.length).toBeGreaterThan(small.length);
  read(large.length);
  read(small.length + 1);
  expect(next()).toBe(large);
  read(100);
  expect(next()).toBe(small);
});

it('a large buffer that is held is replaced by another', () => {
  const { next, read } = setUp();
  read(next().length);
  const large = next();
  read(large.length, true);
  expect(next().buffer).not.toBe(large.buffer);
  expect(next()).toHaveLength(large.length);
});

it('large buffers go from one connection to the next, the last used first', () => {
  const larges = new LargeBuffers();
  const one = setUp(larges);
  one.read(one.next().length);
  const large = one.next();
  one.reader.close();
  const other = setUp(larges);
  other.read(other.next().length);
  expect(other.next()).toBe(large);
});

it('they are not kept between answers once many connections have one', () => {
  const larges = new LargeBuffers();
  const many = Array.from({ length: 65 }, () => setUp(larges));
  for (const { next, read } of many) read(next().length);
  expect(larges.isScarce).toBe(true);
  const [first] = many;
  const large = first?.next();
  first?.read(50_000);
  expect(first?.next()).not.toBe(large);
  expect(larges.isScarce).toBe(false);
});

it('every one that was taken is accounted for', () => {
  const larges = new LargeBuffers();
  for (let round = 0; round < 200; round++) {
    const { next, read, reader } = setUp(larges);
    read(next().length);
    read(next().length, true);
    reader.close();
    reader.close();
  }
  expect(larges.isScarce).toBe(false);
});
