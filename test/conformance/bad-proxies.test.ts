import { expect, it } from 'vitest';
import { startMute, startRefuser, startRelay } from './proxies/bad-proxies.ts';
import type { RunningProxy } from './proxies/running-proxy.ts';
import { runSuite } from './suite.ts';

// A slow machine can only make more cases fail here, so the limit may be short.
const LANES = 16;
const LIMIT_MS = 100;

/** Where the RFC is content with a refusal and with what a pipe would do alike. */
const EITHER_WAY = [
  'head-too-large-4xx',
  'hop-named-framing',
  'hop-named-host',
  'method-case',
  'method-connect-allow',
];

async function passedBy(start: (count: number) => Promise<RunningProxy>): Promise<string[]> {
  const proxy = await start(LANES);
  const results = await runSuite(proxy.lanes, LIMIT_MS);
  await proxy.stop();
  return results.filter(({ failures }) => failures.length === 0).map(({ one }) => one.id);
}

it('no case is content with silence', async () => {
  expect(await passedBy(startMute)).toEqual([]);
});

it('no case is content both with a proxy that refuses everything and with one that understands nothing', async () => {
  const byRefusing = new Set(await passedBy(startRefuser));
  const byRelaying = await passedBy(startRelay);
  expect(byRelaying.filter((id) => byRefusing.has(id))).toEqual(EITHER_WAY);
});
