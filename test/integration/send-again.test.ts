import { afterEach, expect, it, vi } from 'vitest';
import { startRawBackend } from '../support/raw-backend.ts';
import { RawClient } from '../support/raw-client.ts';
import { oneConfig, startEngine } from '../support/test-engine.ts';
import { until } from '../support/until.ts';

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

/** Backends `a` and `b`, which say their name, behind a listener; watched. */
async function watched(rehearsal: boolean, answer?: string) {
  const backends = await Promise.all(
    ['a', 'b'].map((name) => {
      const text = answer ?? `HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n${name}`;
      return startRawBackend((socket) => socket.write(text));
    }),
  );
  for (const backend of backends) stops.push(() => backend.stop());
  const servers = backends.map(({ url }, at) => ({ url, name: 'ab'[at] }));
  const { engine, port, stop } = await startEngine(
    oneConfig([], { servers, healthCheck: { type: 'off' } }, { rehearsal }),
  );
  stops.push(stop);
  await engine.watch(null);
  const ask = async (text: string, until = '\r\n\r\n') => {
    const client = new RawClient(port).send(text);
    await client.receives(until);
    client.close();
    const [newest] = await engine.exchanges({ limit: 1 });
    return newest?.id ?? 0;
  };
  const find = async (id: number) => {
    const found = await engine.exchange({ id });
    if (!found.ok) throw new Error(found.error.message);
    return found.value;
  };
  return { engine, ask, find, backends };
}

it('a request is sent again through its listener, and is a new exchange of the log', async () => {
  const { engine, ask, find, backends } = await watched(false);
  const id = await ask('GET /x?y HTTP/1.1\r\nhost: h\r\nX-A: 1\r\nX-A: 2\r\nCookie: a=1\r\n\r\n');
  const sent = await engine.sendAgain({ id, backend: null });
  expect(sent).toEqual({ ok: true, value: { id: id + 1 } });
  const [first, second] = [await find(id), await find(id + 1)];
  expect([first.backend, second.backend]).toEqual(['a', 'b']);
  expect(second).toMatchObject({ method: 'GET', target: '/x?y', status: 200, bytesOut: 1 });
  // What either backend got is the same, but for who asks.
  expect(backends[1]?.received).toEqual(backends[0]?.received);
});

it('goes to a backend of choice where the listener lets it, and nowhere else', async () => {
  const open = await watched(true);
  const id = await open.ask('GET / HTTP/1.1\r\nHost: h\r\n\r\n');
  const sent = await open.engine.sendAgain({ id, backend: 'a' });
  expect((await open.find(sent.ok ? sent.value.id : 0)).backend).toBe('a');
  const closed = await watched(false);
  const other = await closed.ask('GET / HTTP/1.1\r\nHost: h\r\n\r\n');
  const refused = await closed.engine.sendAgain({ id: other, backend: 'a' });
  expect(refused).toMatchObject({ ok: false, error: { message: expect.stringContaining('does not let') } });
});

it('says why it cannot', async () => {
  const { engine, ask, find } = await watched(false);
  const why = async (id: number) => {
    const sent = await engine.sendAgain({ id, backend: null });
    return sent.ok ? sent.value.id : sent.error.message;
  };
  expect(await why(99)).toContain('is not remembered any more');
  const posted = await ask('POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nhi');
  expect(await why(posted)).toContain('its body (2 bytes) was not captured; switch capture on for pool p');
  const empty = await ask('POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n');
  expect((await find(Number(await why(empty)))).heads?.request).toContain('Content-Length: 0\r\n');
  await engine.unwatch(null);
  const unseen = await ask('GET / HTTP/1.1\r\nHost: h\r\n\r\n');
  expect(await why(unseen)).toContain('its headers are not known');
  await engine.setRunning({ isRunning: false });
  expect(await why(empty)).toContain('is not listening');
});

it('gives up what is not answered after half a minute, and shows what has come of it', async () => {
  let answers = 1;
  const backend = await startRawBackend((socket) => {
    if (answers-- > 0) socket.write('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n');
  });
  stops.push(() => backend.stop());
  const servers = [{ url: backend.url, name: 'a' }];
  const { engine, port, stop } = await startEngine(
    oneConfig([], { servers, healthCheck: { type: 'off' } }, {}),
  );
  stops.push(stop);
  await engine.watch(null);
  const client = new RawClient(port).send('GET /slow HTTP/1.1\r\nHost: h\r\n\r\n');
  await client.receives('\r\n\r\n');
  client.close();
  const [first] = await engine.exchanges({ limit: 1 });
  const later = setTimeout;
  vi.stubGlobal('setTimeout', (run: () => void, ms: number) => later(run, ms === 30_000 ? 50 : ms));
  stops.push(() => vi.unstubAllGlobals());
  const sent = await engine.sendAgain({ id: first?.id ?? 0, backend: null });
  expect(sent).toMatchObject({ ok: true });
  const found = await engine.exchange({ id: sent.ok ? sent.value.id : 0 });
  expect(found).toMatchObject({ ok: true, value: { target: '/slow', status: 499 } });
  await until('the backend is not waited for any more', () => backend.sockets.size === 0);
});
