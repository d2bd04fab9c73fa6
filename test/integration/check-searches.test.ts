import { createServer } from 'node:http';
import { createServer as createNetServer } from 'node:net';
import { expect, it } from 'vitest';
import { CheckSearches } from '../../electron/desktop/check-searches.ts';
import { findCheck } from '../../electron/engine/health/find-check.ts';
import type { CheckProgress } from '../../shared/view/found-check.ts';
import { listening } from '../support/listening.ts';
import { oneConfig, startEngine } from '../support/test-engine.ts';

const listen = listening();

const api = (good: string) =>
  listen(
    createServer((request, response) => {
      response.writeHead(`${request.method} ${request.url}` === good ? 200 : 404).end();
    }),
  );

/** Over an engine that has a pool `p` with this check. */
async function searchesOver(
  healthCheck: object,
  work: (searches: CheckSearches, told: CheckProgress[]) => Promise<void>,
) {
  const engine = await startEngine(oneConfig(['http://127.0.0.1:1'], { healthCheck }));
  const told: CheckProgress[] = [];
  const searches = new CheckSearches({
    findCheck,
    snapshot: engine.snapshot,
    onProgress: (progress) => told.push(progress),
  });
  try {
    await work(searches, told);
  } finally {
    searches.stop();
    await engine.stop();
  }
}

it('finds a check for each URL, in their order, and tells what is asked', async () => {
  const ports = [await api('GET /healthz'), await api('HEAD /')];
  await searchesOver({}, async (searches, told) => {
    const urls = ports.map((port) => `http://127.0.0.1:${port}`);
    const found = await searches.find(urls, null);
    expect(found.map(({ url, healthCheck }) => [url, healthCheck])).toEqual([
      [urls[0], { method: 'GET', path: '/healthz' }],
      [urls[1], {}],
    ]);
    expect(told).toContainEqual({ url: urls[0], asking: 'GET /healthz' });
  });
});

it('writes nothing where the check of the pool passes', async () => {
  const port = await api('GET /up');
  await searchesOver({ method: 'GET', path: '/up' }, async (searches) => {
    expect(await searches.find([`http://127.0.0.1:${port}`], 'p')).toMatchObject([
      { healthCheck: {}, words: 'GET /up returned 200.' },
    ]);
  });
});

it('asks no other machine that is no backend', async () => {
  await searchesOver({}, async (searches, told) => {
    expect(await searches.find(['http://192.0.2.1:80'], null)).toMatchObject([
      {
        finding: { kind: 'not-asked' },
        words:
          '192.0.2.1 is not this machine, so it was not asked. If it is down, use "Find a check that fits".',
      },
    ]);
    expect(told).toEqual([]);
  });
});

it('ends when it is stopped', async () => {
  await searchesOver({}, async (searches) => {
    const port = await listen(createNetServer((socket) => socket.once('data', () => searches.stop())));
    const urls = Array.from({ length: 20 }, () => `http://127.0.0.1:${port}`);
    const found = await searches.find(urls, null);
    expect(found).toHaveLength(20);
    expect(found.every(({ finding }) => finding.kind === 'stopped')).toBe(true);
  });
});
