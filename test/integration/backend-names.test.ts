import { createServer } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { createProbe } from '../../electron/engine/health/probe.ts';
import { portOf } from '../support/listening.ts';
import { oneConfig, startEngine } from '../support/test-engine.ts';
import { until } from '../support/until.ts';

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

async function serve(host: string): Promise<number> {
  const server = createServer((_request, response) => response.end('ok'));
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  stops.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return portOf(server);
}

describe('a backend below localhost', () => {
  it.each(['127.0.0.1', '::1'])(
    'is on this machine, whatever the resolver knows: served on %s',
    async (host) => {
      const port = await serve(host);
      const engine = await startEngine(oneConfig([`http://api.no-such-name.localhost:${port}`]));
      stops.push(() => engine.stop());
      await engine.settle();
      const [pool] = (await engine.snapshot()).pools;
      expect(pool?.backends[0]?.health).toMatchObject({ health: 'up' });
      expect(await (await fetch(engine.url)).text()).toBe('ok');
    },
  );
});

describe('a name with several addresses', () => {
  const first = { address: '127.0.0.2', family: 4 };
  const second = { address: '127.0.0.1', family: 4 };

  it.each([
    [[first, second], 'several.test has 2 addresses, 127.0.0.1 alone is used'],
    [[second, first], 'several.test has 2 addresses, 127.0.0.1 alone is used'],
  ])('is tried address by address, and the check says which is used: %j', async (addresses, words) => {
    const port = await serve('127.0.0.1');
    const [backend] = oneConfig([`http://several.test:${port}`]).pools[0]?.backends ?? [];
    if (!backend) throw new Error('the test is wrong');
    const run = createProbe({
      lookup: (_name, _options, done) => process.nextTick(done, null, addresses),
    });
    expect(await run(backend).result).toMatchObject({ hasPassed: true, words: `HEAD / → 200; ${words}` });
  });
});

it('a listener on [::] takes IPv4 and IPv6', async () => {
  const port = await serve('127.0.0.1');
  const engine = await startEngine(oneConfig([`http://127.0.0.1:${port}`], {}, { address: '[::]:0' }));
  stops.push(() => engine.stop());
  await engine.settle();
  for (const host of ['127.0.0.1', '[::1]'])
    expect(await (await fetch(`http://${host}:${engine.port}`)).text()).toBe('ok');
  // What is not trusted is told apart by address, in either family's spelling.
  await until('both are logged', async () => (await engine.engine.exchanges({ limit: 5 })).length === 2);
  const clients = (await engine.engine.exchanges({ limit: 5 })).map(({ client }) => client);
  expect(clients.sort()).toEqual(['127.0.0.1', '::1']);
});
