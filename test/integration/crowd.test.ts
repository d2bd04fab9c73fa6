import { afterEach, expect, it } from 'vitest';
import { z } from 'zod';
import { answering, type RawBackend, startRawBackend } from '../support/raw-backend.ts';
import { RawClient } from '../support/raw-client.ts';
import { resources } from '../support/resources.ts';
import { oneConfig, startEngine, type TestEngine } from '../support/test-engine.ts';
import { until } from '../support/until.ts';

const GET = 'GET / HTTP/1.1\r\nHost: h\r\n\r\n';
const MIB = 1_048_576;
const IDLE = 5_000;
const SLOW = 200;

const limits = z.object({
  userLimits: z.object({ open_files: z.object({ soft: z.union([z.string(), z.number()]) }) }),
});

/** How many connections fit, both of whose ends are in this process; Windows knows no limit. */
function room(): number {
  const report = limits.safeParse(process.report?.getReport());
  const files = Number(report.success ? report.data.userLimits.open_files.soft : Number.NaN);
  return Number.isNaN(files) ? Number.POSITIVE_INFINITY : Math.floor((files - 500) / 2);
}

let engine: TestEngine;
let backend: RawBackend;
const crowd: RawClient[] = [];
afterEach(async () => {
  for (const client of crowd.splice(0)) client.close();
  await engine.stop();
  await backend.stop();
});

/** Lets them in by and by: what comes all at once is the kernel's queue's affair. */
async function join(count: number, text: string): Promise<RawClient[]> {
  const joined: RawClient[] = [];
  while (joined.length < count) {
    const batch = Array.from(
      { length: Math.min(100, count - joined.length) },
      () => new RawClient(engine.port),
    );
    for (const client of batch) if (text !== '') client.send(text);
    await until('all are connected', () => batch.every((client) => !client.socket.connecting));
    joined.push(...batch);
  }
  crowd.push(...joined);
  return joined;
}

it('5,000 idle connections and 200 that drip a head keep nobody from being served', async () => {
  backend = await startRawBackend(answering('HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello'));
  engine = await startEngine(oneConfig([backend.url], {}, { timeouts: { head: '2s' } }));
  await engine.settle();
  const sockets = resources('TCPSocketWrap');
  const before = process.memoryUsage.rss();
  const idle = await join(Math.min(IDLE, room() - SLOW), '');
  const slow = await join(SLOW, 'GET / HTTP/1.1\r\nX-');
  const dripping = setInterval(() => {
    for (const client of slow) if (client.socket.writable) client.send('x');
  }, 50);
  try {
    for (let left = 50; left > 0; left--) {
      const client = new RawClient(engine.port).send(GET);
      await client.receives(/hello$/, 1_000);
      client.close();
    }
    // Both ends of every connection are in this process: some 20 KiB for the two.
    expect(process.memoryUsage.rss() - before).toBeLessThan(200 * MIB);
    await until(
      'whoever drips is told that it took too long',
      () => slow.every((client) => client.text.startsWith('HTTP/1.1 408 ')),
      10_000,
    );
  } finally {
    clearInterval(dripping);
  }
  expect(idle.filter((client) => client.isEnded || client.isClosed)).toEqual([]);
  for (const client of crowd) client.close();
  await until('all of them are gone', () => resources('TCPSocketWrap') <= sockets + 2 * backend.sockets.size);
}, 60_000);
