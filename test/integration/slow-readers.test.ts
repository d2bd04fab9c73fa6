import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import { connect, type Socket } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { oneConfig, startEngine, type TestEngine } from '../support/test-engine.ts';

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

/** Bytes that differ from one answer to the next and from one place to the next. */
function patterned(seed: number, bytes: number): Buffer {
  const words = new Uint32Array(bytes / 4);
  for (let at = 0; at < words.length; at++) words[at] = Math.imul(at + 1, 2_654_435_761 + seed * 2);
  return Buffer.from(words.buffer);
}

const digest = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

/** A client that reads nothing until it is told to. */
class LateReader {
  readonly #socket: Socket;

  constructor(port: number, path: string) {
    this.#socket = connect(port, '127.0.0.1');
    this.#socket.write(`GET ${path} HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n`);
  }

  async body(): Promise<Buffer> {
    const pieces: Buffer[] = [];
    for await (const bytes of this.#socket) pieces.push(bytes);
    const all = Buffer.concat(pieces);
    return all.subarray(all.indexOf('\r\n\r\n') + 4);
  }
}

/** The path says how many bytes, and which. */
async function setUp() {
  const server = createServer((request, response) => {
    const [, size, seed] = request.url?.split('/') ?? [];
    response.end(patterned(Number(seed), Number(size)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  const engine = await startEngine(oneConfig([url], { healthCheck: { interval: '10m' } }));
  stops.push(
    () => new Promise((resolve) => server.close(resolve)),
    () => engine.stop(),
  );
  await engine.settle();
  return engine;
}

/** Whether the whole answer has been taken from the backend, so that its connection is free for another. */
async function isTaken({ engine }: TestEngine, target: string): Promise<boolean> {
  const deadline = performance.now() + 250;
  while (performance.now() < deadline) {
    if ((await engine.exchanges({ limit: 1 }))[0]?.target === target) return true;
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  return false;
}

/** Longer than a closing connection is read from. */
const LONGER_THAN_LINGERING_MS = 2_500;

it('what one client has not taken yet is not overwritten by the next answer on the same backend connection, nor cut', async () => {
  const engine = await setUp();
  // Sizes up to the one that fits into the system's buffers no more: just below it, the end waits in the balancer.
  const taken: number[] = [];
  for (let size = 1_000_000; size < 40_000_000; size += 40_000) {
    const target = `/${size}/${size}`;
    const late = new LateReader(engine.port, target);
    const isWhole = await isTaken(engine, target);
    if (isWhole) {
      const other = await new LateReader(engine.port, '/500000/7').body();
      expect(digest(other)).toBe(digest(patterned(7, 500_000)));
    }
    expect(digest(await late.body()), target).toBe(digest(patterned(size, size)));
    if (!isWhole) break;
    taken.push(size);
  }
  expect(taken.length).toBeGreaterThan(5);

  // All of them are closed once they have been answered; nobody who takes his time loses the end of it.
  const sizes = taken.slice(-5);
  const readers = sizes.map((size) => new LateReader(engine.port, `/${size}/${size}`));
  await new Promise((resolve) => setTimeout(resolve, LONGER_THAN_LINGERING_MS));
  const bodies = await Promise.all(readers.map((reader) => reader.body()));
  expect(bodies.map((body) => body.length)).toEqual(sizes);
}, 60_000);
