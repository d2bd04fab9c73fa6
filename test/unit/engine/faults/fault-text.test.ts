import { describe, expect, it } from 'vitest';
import { type FaultSettings, faultsSchema, parseFault } from '../../../../shared/config/fault-schema.ts';
import { formatFault } from '../../../../shared/text/fault-text.ts';

function parsed(input: unknown): FaultSettings {
  const fault = parseFault(input);
  if (!fault.ok) throw new Error(fault.error);
  return fault.value;
}

describe('a fault in one line', () => {
  it.each([
    ['crash', { type: 'crash', affects: 'both' }],
    [
      'latency 800ms',
      { type: 'latency', latency: 800, distribution: 'uniform', direction: 'to-client', affects: 'both' },
    ],
    [
      'latency 800ms±200ms distribution=normal direction=to-backend',
      {
        type: 'latency',
        latency: 800,
        jitter: 200,
        distribution: 'normal',
        direction: 'to-backend',
        affects: 'both',
      },
    ],
    ['slow-headers 5s', { type: 'slow-headers', duration: 5_000, affects: 'both' }],
    ['bandwidth 50KB/s', { type: 'bandwidth', rate: 50, direction: 'to-client', affects: 'both' }],
    ['hang', { type: 'hang', affects: 'both' }],
    ['hang 3s for=1m', { type: 'hang', timeout: 3_000, for: 60_000, affects: 'both' }],
    ['error', { type: 'error', status: 503, affects: 'both' }],
    ['error 429 retryAfter=30s', { type: 'error', status: 429, retryAfter: 30_000, affects: 'both' }],
    ['reset', { type: 'reset', affects: 'both' }],
    ['reset 100 timeout=1s', { type: 'reset', bytes: 100, timeout: 1_000, affects: 'both' }],
    ['truncate 0', { type: 'truncate', bytes: 0, affects: 'both' }],
    [
      'slicer 64 sizeVariation=32 delay=5ms',
      {
        type: 'slicer',
        averageSize: 64,
        sizeVariation: 32,
        delay: 5,
        direction: 'to-client',
        affects: 'both',
      },
    ],
    ['slow-close 2s', { type: 'slow-close', delay: 2_000, affects: 'both' }],
    ['flap 10s/3s', { type: 'flap', up: 10_000, down: 3_000, affects: 'both' }],
    [
      'error 500 body="try again, \\"later\\"\\n"',
      { type: 'error', status: 500, body: 'try again, "later"\n', affects: 'both' },
    ],
    ['error 500 body=""', { type: 'error', status: 500, body: '', affects: 'both' }],
    [
      'error 500 every=3 times=5 method=GET path=/users header.X-User=anna affects=traffic',
      {
        type: 'error',
        status: 500,
        every: 3,
        times: 5,
        affects: 'traffic',
        match: { method: 'GET', path: '/users', headers: { 'X-User': 'anna' } },
      },
    ],
  ])('%s', (text, fault) => {
    expect(parsed(text)).toEqual(fault);
    // What is shown can be typed in again.
    expect(parsed(formatFault(parsed(text)))).toEqual(fault);
  });

  it.each(['latency 1s __proto__=x', 'latency 1s header.__proto__=x'])('drops no word: %s', (text) => {
    const fault = parseFault(text);
    expect(fault.ok ? '' : fault.error).toContain('__proto__" in it, which cannot be a name');
  });

  it('may have an ASCII plus-minus', () => {
    expect(parsed('latency 1s+-100ms')).toEqual(parsed('latency 1s±100ms'));
    expect(parsed('latency 800ms±200')).toEqual(parsed('latency 800ms±200ms'));
  });

  it.each([
    ['', 'is empty; write it like "latency 200ms"'],
    ['latency', 'has no latency: it is not a duration; write it like "2s" (units: ms, s, m, h)'],
    [
      'latency 200',
      'has a wrong latency: "200" is not a duration; write "200ms" or "200s" (units: ms, s, m, h)',
    ],
    ['crash now', 'has "now" in it, which is nothing a crash takes'],
    ['flap 10s', 'has "10s" in it, which is nothing a flap takes'],
    ['error 99', 'has a wrong status: "99" must be a status from 200 to 599'],
    [
      'error 503 probability=2',
      'has a wrong probability: "2" must be a number above 0 and up to 1; write 0.1 for one request in ten',
    ],
    [
      'error 503 probability=0.1 every=3',
      'has a wrong probability: "0.1" goes by chance, "first", "every" and "times" by number; keep one of the two',
    ],
    ['crash affects=all', 'has a wrong affects: "all" must be "traffic", "checks" or "both"'],
  ])('%j is refused', (text, words) => {
    expect(parseFault(text)).toEqual({ ok: false, error: `${JSON.stringify(text)} ${words}` });
  });

  it('names the types there are', () => {
    const words =
      'must be one of "crash", "latency", "slow-headers", "bandwidth", "hang", "error", "reset", "truncate", "slicer", ' +
      '"slow-close", "flap"';
    expect(parseFault('explode')).toEqual({
      ok: false,
      error: `"explode" has a wrong type: "explode" ${words}`,
    });
    expect(parseFault({ type: 'explode' })).toEqual({ ok: false, error: `{"type":"explode"}.type ${words}` });
    expect(parseFault(7)).toEqual({
      ok: false,
      error: '7 must be a fault such as { "type": "latency", "latency": "200ms" } or "latency 200ms"',
    });
  });

  it('is one of a list', () => {
    expect(faultsSchema.safeParse('crash').error?.issues[0]?.message).toBe(
      'must be a list of faults such as ["latency 200ms"]',
    );
  });
});
