import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { Malformed } from '../../../../electron/engine/http/message/malformed.ts';
import { parseRequestHead } from '../../../../electron/engine/http/message/request-head.ts';

setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');

it('what the log keeps of a request does not keep its head', () => {
  const kept: unknown[] = [];
  collect();
  const before = process.memoryUsage().heapUsed;
  for (let at = 0; at < 2_000; at++) {
    const lines = `X-Forwarded-For: 192.168.100.${at % 256}\r\nX: ${'b'.repeat(15_000)}\r\n`;
    const bytes = Buffer.from(`GET /a-target-of-some-length-${at} HTTP/1.1\r\nHost: h\r\n${lines}`, 'latin1');
    const head = parseRequestHead(bytes.toString('latin1'), { target: 8_192, headers: 100 });
    if (head instanceof Malformed) throw new Error(head.words);
    kept.push([head.method, head.target, head.forwardedFor]);
  }
  collect();
  // 30 MB of heads.
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(5_000_000);
  expect(kept).toHaveLength(2_000);
});
