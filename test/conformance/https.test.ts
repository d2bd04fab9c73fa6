import { expect, it } from 'vitest';
import { startSwitchyardOverTls } from './proxies/switchyard.ts';
import { runSuite } from './suite.ts';

it('behind https, all of it holds but that the scheme is another', async () => {
  const proxy = await startSwitchyardOverTls(6);
  try {
    const failed = (await runSuite(proxy.lanes)).filter(({ failures }) => failures.length > 0);
    expect(failed.map(({ one, failures }) => `${one.id}: ${failures.join('; ')}`)).toEqual([
      'forwarded-proto: sent X-Forwarded-Proto: "https"',
    ]);
  } finally {
    await proxy.stop();
  }
}, 120_000);
