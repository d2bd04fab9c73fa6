import { describe, expect, it } from 'vitest';
import { healthRequest, servingStatus } from '../../../../electron/engine/health/grpc-message.ts';

describe('a request of grpc.health.v1', () => {
  it.each([
    ['', [0, 0, 0, 0, 0]],
    ['ab', [0, 0, 0, 0, 4, 0x0a, 2, 0x61, 0x62]],
  ])('for %j', (service, bytes) => {
    expect([...healthRequest(service)]).toEqual(bytes);
  });

  it('for a name whose length takes two bytes', () => {
    expect([...healthRequest('x'.repeat(200)).subarray(0, 8)]).toEqual([0, 0, 0, 0, 203, 0x0a, 0xc8, 1]);
  });
});

describe('an answer of grpc.health.v1', () => {
  it.each<[string | null, number[]]>([
    ['UNKNOWN', [0, 0, 0, 0, 0]],
    ['SERVING', [0, 0, 0, 0, 2, 8, 1]],
    ['NOT_SERVING', [0, 0, 0, 0, 2, 8, 2]],
    ['SERVICE_UNKNOWN', [0, 0, 0, 0, 2, 8, 3]],
    ['status 300', [0, 0, 0, 0, 3, 8, 0xac, 2]],
    // The last of a field given twice counts.
    ['SERVING', [0, 0, 0, 0, 4, 8, 2, 8, 1]],
    [null, []],
    [null, [0, 0, 0, 0]],
    [null, [1, 0, 0, 0, 2, 8, 1]],
    [null, [0, 0, 0, 0, 3, 8, 1]],
    [null, [0, 0, 0, 0, 1, 8]],
    [null, [0, 0, 0, 0, 2, 16, 1]],
    [null, [0, 0, 0, 0, 6, 8, 0xff, 0xff, 0xff, 0xff, 1]],
  ])('%s in %j', (status, bytes) => {
    expect(servingStatus(Buffer.from(bytes))).toBe(status);
  });
});
