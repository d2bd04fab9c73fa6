import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import type { WireSocket } from '../../../../electron/engine/http/backend/wire-socket.ts';
import { ReplayBuffer } from '../../../../electron/engine/http/exchange/replay-buffer.ts';
import { MessageWriter } from '../../../../electron/engine/http/message/message-writer.ts';

/** What a buffer would send, and the memory behind it. */
function written(buffer: ReplayBuffer): { bytes: Buffer; held: number; pieces: number } {
  const pieces: Buffer[] = [];
  const socket = Object.assign(new PassThrough(), { destroySoon: () => undefined }) satisfies WireSocket;
  const write = (piece: Buffer) => {
    pieces.push(piece);
    return true;
  };
  socket.write = write as typeof socket.write;
  buffer.writeTo(new MessageWriter(socket));
  const memory = new Set(pieces.map((piece) => piece.buffer));
  const held = [...memory].reduce((sum, piece) => sum + piece.byteLength, 0);
  return { bytes: Buffer.concat(pieces), held, pieces: pieces.length };
}

/** As the system gives it: memory for each read, of which a piece is a part. */
const pieceOf = (bytes: number, read: number, fill: number) =>
  Buffer.allocUnsafeSlow(read).subarray(0, bytes).fill(fill);

it.each([
  [1, 65_536],
  [1, 1],
  [257, 65_536],
  [4_095, 8_192],
  [4_096, 65_536],
  [16_384, 16_384],
  [65_536, 65_536],
])('pieces of %d bytes, of reads of %d, take little more memory than they have bytes', (piece, read) => {
  const buffer = new ReplayBuffer();
  const sent: Buffer[] = [];
  for (let bytes = 0; bytes < 65_536 && sent.length < 1_000; bytes += piece) {
    const payload = pieceOf(piece, read, sent.length % 256);
    sent.push(payload);
    buffer.add(payload);
  }
  const { bytes, held, pieces } = written(buffer);
  expect(bytes.equals(Buffer.concat(sent))).toBe(true);
  // The first is kept with all that was read with it, and the last block is not full.
  expect(held).toBeLessThanOrEqual(bytes.length + read + 16_384);
  expect(pieces).toBeLessThan(20);
});

it('keeps the order of large and small pieces', () => {
  const buffer = new ReplayBuffer();
  const sent = [3, 5_000, 1, 9_000, 2, 2, 70_000, 1].map((bytes, at) => Buffer.alloc(bytes, at));
  for (const payload of sent) buffer.add(payload);
  expect(written(buffer).bytes.equals(Buffer.concat(sent))).toBe(true);
});
