import { describe, expect, it } from 'vitest';
import { FramePosition, goingAwayFrame } from '../../../../electron/engine/http/exchange/websocket-frames.ts';

function frame(opcode: number, length: number, isMasked: boolean, isFinal = true): Buffer {
  const masked = isMasked ? 0x80 : 0;
  const first = (isFinal ? 0x80 : 0) | opcode;
  const header =
    length < 126
      ? Buffer.from([first, masked | length])
      : length < 65_536
        ? Buffer.from([first, masked | 126, length >> 8, length & 0xff])
        : Buffer.concat([Buffer.from([first, masked | 127, 0, 0, 0, 0]), uint32(length)]);
  return Buffer.concat([
    header,
    isMasked ? Buffer.from([1, 2, 3, 4]) : Buffer.alloc(0),
    Buffer.alloc(length, 8),
  ]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

describe('the position in a stream of frames', () => {
  it.each([
    [0, false],
    [0, true],
    [125, true],
    [126, false],
    [65_535, true],
    [65_536, false],
    [70_000, true],
  ])('a frame of %d bytes, masked: %s, in one piece and byte by byte', (length, isMasked) => {
    const bytes = frame(2, length, isMasked);
    const whole = new FramePosition();
    whole.pass(bytes);
    expect(whole.isBetweenFrames).toBe(true);
    const slow = new FramePosition();
    for (let at = 0; at < bytes.length; at++) {
      expect(slow.isBetweenFrames).toBe(at === 0);
      slow.pass(bytes.subarray(at, at + 1));
    }
    expect([slow.isBetweenFrames, slow.isClosing]).toEqual([true, false]);
  });

  it('several frames in one piece, and half a frame after them', () => {
    const position = new FramePosition();
    position.pass(Buffer.concat([frame(1, 5, true, false), frame(9, 0, true), frame(0, 300, true)]));
    expect(position.isBetweenFrames).toBe(true);
    position.pass(frame(1, 50, false).subarray(0, 20));
    expect(position.isBetweenFrames).toBe(false);
  });

  it('knows a close frame', () => {
    const position = new FramePosition();
    position.pass(frame(8, 2, true));
    expect(position.isClosing).toBe(true);
  });
});

it('a close frame to a client says 1001 and why', () => {
  // RFC 6455 sections 5.2 and 5.5.1: FIN and opcode 8, no mask, the code in network byte order.
  expect(goingAwayFrame('bye', false)).toEqual(Buffer.from([0x88, 5, 0x03, 0xe9, 0x62, 0x79, 0x65]));
});

it('a close frame to a server is masked', () => {
  const frame = goingAwayFrame('bye', true);
  expect([...frame.subarray(0, 2)]).toEqual([0x88, 0x80 | 5]);
  const mask = frame.subarray(2, 6);
  const payload = frame.subarray(6).map((byte, at) => byte ^ (mask[at % 4] ?? 0));
  expect([...payload]).toEqual([0x03, 0xe9, 0x62, 0x79, 0x65]);
});

it('a reason is cut to what a control frame carries', () => {
  expect(goingAwayFrame('x'.repeat(500), false)[1]).toBe(125);
});
