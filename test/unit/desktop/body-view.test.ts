import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { bodyView } from '../../../electron/desktop/body-view.ts';

const TEXT = 'a body of some length, '.repeat(200);
const head = (coding: string) => `HTTP/1.1 200 OK\r\nContent-Encoding: ${coding}\r\n`;
const view = async (bytes: Uint8Array, coding: string) => {
  const { decoded } = await bodyView({ bytes, isWhole: true }, head(coding));
  return decoded && Buffer.from(decoded).toString();
};

describe('a body as it is read', () => {
  it.each([
    ['gzip', gzipSync(TEXT)],
    ['X-GZIP', gzipSync(TEXT)],
    ['br', brotliCompressSync(TEXT)],
    ['deflate', deflateSync(TEXT)],
    ['deflate', deflateRawSync(TEXT)],
    ['gzip, br', brotliCompressSync(gzipSync(TEXT))],
  ])('is decoded from %s', async (coding, bytes) => {
    expect(await view(bytes, coding)).toBe(TEXT);
  });

  it('is decoded as far as it was kept', async () => {
    const random = Array.from({ length: 5_000 }, (_, at) => (at * 7_919).toString(36)).join(' ');
    for (const [coding, bytes] of [
      ['gzip', gzipSync(random)],
      ['br', brotliCompressSync(random)],
    ] as const) {
      const half = await view(bytes.subarray(0, bytes.length / 2), coding);
      expect(half?.length).toBeGreaterThan(1_000);
      expect(random.startsWith(half ?? 'x')).toBe(true);
    }
  });

  it('stays as it is when it is not what it says, is nothing known here, or would be too much', async () => {
    expect(await view(Buffer.from('no gzip'), 'gzip')).toBeNull();
    expect(await view(gzipSync(TEXT), 'zstd')).toBeNull();
    expect(await view(gzipSync(Buffer.alloc(5_000_000)), 'gzip')).toBeNull();
    expect(await bodyView({ bytes: Buffer.from('x'), isWhole: true }, head('identity'))).toMatchObject({
      codings: [],
      decoded: null,
    });
  });
});
