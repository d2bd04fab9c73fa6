import { afterEach, expect, it } from 'vitest';
import { answering, startRawBackend } from '../support/raw-backend.ts';
import { oneConfig, startEngine } from '../support/test-engine.ts';
import { until } from '../support/until.ts';

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

const FOLDED =
  "HTTP/1.1 200 OK\r\nContent-Security-Policy: default-src 'self';\n    img-src *\r\nContent-Length: 2\r\n\r\nok";

it('a value over several lines reaches the client on one, and the record of the request says so', async () => {
  const backend = await startRawBackend(answering(FOLDED));
  const engine = await startEngine(oneConfig([backend.url]));
  stops.push(
    () => backend.stop(),
    () => engine.stop(),
  );
  const response = await fetch(engine.url);
  expect(response.headers.get('content-security-policy')).toBe("default-src 'self'; img-src *");
  expect(await response.text()).toBe('ok');
  const [logged] = await engine.engine.exchanges({ limit: 1 });
  expect(logged?.attempts).toMatchObject([{ failure: null, repairs: ['bare-lf', 'folded'] }]);
});

it('a probe takes such a head as traffic does', async () => {
  const backend = await startRawBackend((socket, text) => {
    if (text.endsWith('\r\n\r\n')) socket.end(FOLDED.replace('\r\n\r\nok', '\r\n\r\n'));
  });
  const engine = await startEngine(oneConfig([backend.url]));
  stops.push(
    () => backend.stop(),
    () => engine.stop(),
  );
  await until('it is up', async () => {
    const [pool] = (await engine.snapshot()).pools;
    return pool?.backends[0]?.health.health === 'up';
  });
});
