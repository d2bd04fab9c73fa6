import type { Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { type RawBackend, startRawBackend } from '../support/raw-backend.ts';
import { RawClient } from '../support/raw-client.ts';
import { nameOf, oneConfig, startEngine, type TestEngine } from '../support/test-engine.ts';
import { until } from '../support/until.ts';

const GET = 'GET / HTTP/1.1\r\nHost: h\r\n\r\n';
const PROBED = 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n';

let engine: TestEngine;
let backend: RawBackend;
afterEach(async () => {
  await engine.stop();
  await backend.stop();
});

/** A backend that answers probes and treats everything else as the test likes. */
async function setUp(act: (socket: Socket, text: string) => void, pool: object = {}): Promise<void> {
  backend = await startRawBackend((socket, text) => {
    if (text.includes('switchyard-probe')) socket.write(PROBED);
    else act(socket, text);
  });
  engine = await startEngine(
    oneConfig([backend.url], { timeouts: { firstByte: '400ms', idle: '400ms' }, ...pool }),
  );
  await engine.settle();
}

/** Nothing is in flight, and no connection is left but the ones kept for the next exchange. */
async function isCalm(): Promise<void> {
  await until(
    'nothing is in flight',
    async () => (await engine.backend(nameOf(backend.url))).counters.inFlight === 0,
  );
}

const ANSWERS = {
  length: 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello',
  chunked: 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n',
} as const;

describe.each(Object.entries(ANSWERS))('an answer framed by %s', (_kind, answer) => {
  it.each(['end', 'reset'] as const)(
    'cut at every byte offset (%s) is never passed off as whole',
    async (how) => {
      let cutAt = 0;
      await setUp((socket, text) => {
        if (!text.endsWith('\r\n\r\n')) return;
        socket.write(answer.slice(0, cutAt), 'latin1', () =>
          how === 'end' ? socket.end() : socket.resetAndDestroy(),
        );
      });
      for (cutAt = 0; cutAt < answer.length; cutAt++) {
        // A reset takes it out; a probe brings it back before the next offset.
        await engine.engine.probeNow({ pool: 'p', backend: nameOf(backend.url) });
        await until(
          'it is up',
          async () => (await engine.backend(nameOf(backend.url))).health.health === 'up',
        );
        const client = new RawClient(engine.port).send(GET);
        await until(
          'an answer, or its end',
          () => client.isClosed || client.isEnded || /^HTTP\/1.1 50[23][\s\S]*\r\n\r\n./.test(client.text),
        );
        const status = client.text.slice(9, 12);
        if (status === '200') {
          expect(client.isEnded || client.isClosed).toBe(true);
          expect(client.text.endsWith('hello') && _kind === 'length').toBe(false);
          expect(client.text).not.toContain('0\r\n\r\n');
        } else {
          expect(['502', '503']).toContain(status);
        }
        client.close();
      }
      await isCalm();
    },
  );

  it('arrives whole when it drips a byte at a time', async () => {
    await setUp((socket, text) => {
      if (!text.endsWith('\r\n\r\n')) return;
      let at = 0;
      const drip = () => {
        socket.write(answer.charAt(at++), 'latin1');
        if (at < answer.length) setImmediate(drip);
      };
      drip();
    });
    const client = new RawClient(engine.port).send(GET);
    const text = await client.receives(_kind === 'length' ? /hello$/ : /0\r\n\r\n$/);
    expect(text.replace(/\r\n\d+\r\n|\r\n/g, '')).toContain('hello');
    client.close();
    await isCalm();
  });
});

describe('a backend that', () => {
  it('accepts and says nothing costs its client a 504, and nothing stays behind', async () => {
    await setUp(() => undefined);
    const clients = Array.from({ length: 20 }, () => new RawClient(engine.port).send(GET));
    for (const client of clients) {
      expect(await client.receives(/within 400ms/)).toMatch(/^HTTP\/1.1 504 /);
      client.close();
    }
    await isCalm();
    await until('its connections are closed', () => backend.sockets.size === 0);
  });

  it('goes silent half-way costs its client the rest, visibly', async () => {
    await setUp((socket) => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf'));
    const client = new RawClient(engine.port).send(GET);
    expect(await client.ends()).toMatch(/half$/);
    await isCalm();
    client.close();
  });

  it('says more than its length has its connection thrown away, and the client gets the length', async () => {
    await setUp((socket) =>
      socket.write(
        'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil',
      ),
    );
    const client = new RawClient(engine.port).send(GET);
    expect(await client.receives('ok')).not.toContain('evil');
    client.send(GET);
    const both = await client.receives(/ok[\s\S]*ok/);
    expect(both).not.toContain('evil');
    client.close();
    await isCalm();
  });

  it('speaks before it is asked is not believed', async () => {
    await setUp((socket, text) => {
      if (!text.endsWith('\r\n\r\n')) return;
      socket.write(ANSWERS.length);
      // On the kept connection, before the next request: it must not become that one's answer.
      setTimeout(() => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil'), 20);
    });
    const client = new RawClient(engine.port).send(GET);
    await client.receives(/hello$/);
    await until('the kept connection is thrown away', () => backend.sockets.size === 0);
    client.send(GET);
    expect(await client.receives(/hello[\s\S]*hello/)).not.toContain('evil');
    client.close();
  });
});

it('clients that leave at random moments leave nothing behind', async () => {
  await setUp((socket, text) => {
    if (text.endsWith('\r\n\r\n')) setTimeout(() => socket.write(ANSWERS.chunked), 5);
  });
  const clients = Array.from({ length: 200 }, (_, index) => {
    const client = new RawClient(engine.port).send(
      GET.slice(0, index % 3 === 0 ? GET.length : (index * 7) % GET.length),
    );
    setTimeout(() => (index % 2 === 0 ? client.close() : client.socket.resetAndDestroy()), index % 13);
    return client;
  });
  await until('all have gone', () => clients.every((client) => client.isClosed));
  await isCalm();
  const last = new RawClient(engine.port).send(GET);
  await last.receives(/0\r\n\r\n$/);
  last.close();
});
