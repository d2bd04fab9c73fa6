import { expect, it } from 'vitest';
import { PendingBytes } from '../../../../electron/engine/http/message/pending-bytes.ts';

it('is all that was appended, in its order', () => {
  const pending = new PendingBytes();
  expect(pending.bytes).toBeNull();
  const first = Buffer.from('ab');
  expect(pending.append(first)).toBe(first);
  expect(pending.append(Buffer.from('c')).toString()).toBe('abc');
  for (let at = 0; at < 100; at++) pending.append(Buffer.from('d'));
  expect(pending.bytes?.toString()).toBe(`abc${'d'.repeat(100)}`);
  expect(first.toString()).toBe('ab');
});

it('goes on with what is left, and leaves that as it is', () => {
  const pending = new PendingBytes();
  pending.append(Buffer.from('abc'));
  const all = pending.append(Buffer.from('def'));
  pending.reset(all.subarray(4));
  expect(pending.append(Buffer.from('g')).toString()).toBe('efg');
  expect(all.toString()).toBe('abcdef');
  pending.reset(null);
  expect(pending.bytes).toBeNull();
});
