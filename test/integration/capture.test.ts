import { createServer, request as httpRequest } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, it } from 'vitest';
import { BODY_KEPT } from '../../shared/view/captured-body.ts';
import { startRawBackend } from '../support/raw-backend.ts';
import { RawClient } from '../support/raw-client.ts';
import { oneConfig, startEngine } from '../support/test-engine.ts';
import { until } from '../support/until.ts';

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

async function capturing(url: string) {
  const started = await startEngine(oneConfig([url], { healthCheck: { type: 'off' } }));
  stops.push(started.stop);
  await started.engine.watch(null);
  await started.engine.setCapture({ pool: 'p', isOn: true });
  const newest = async () => {
    const [{ id } = { id: 0 }] = await started.engine.exchanges({ limit: 1 });
    const found = await started.engine.exchange({ id });
    if (!found.ok) throw new Error(found.error.message);
    return found.value;
  };
  return { ...started, newest };
}

const text = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString('latin1');

it('bodies are kept, decoded of their framing, from the moment it is switched on for their pool', async () => {
  const backend = await startRawBackend((socket, received) => {
    if (received.endsWith('hi') || received.endsWith('0\r\n\r\n'))
      socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\none\r\n3\r\ntwo\r\n0\r\n\r\n');
  });
  stops.push(() => backend.stop());
  const { engine, port, newest, snapshot } = await capturing(backend.url);
  expect((await snapshot()).pools[0]?.isCaptured).toBe(true);
  const ask = async (request: string) => {
    const client = new RawClient(port).send(request);
    await client.receives('0\r\n\r\n');
    client.close();
  };
  await ask('POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nhi');
  const { id, bodies } = await newest();
  expect([text(bodies?.request.bytes), text(bodies?.answer.bytes)]).toEqual(['hi', 'onetwo']);
  expect([bodies?.request.isWhole, bodies?.answer.isWhole]).toEqual([true, true]);

  const again = await engine.sendAgain({ id, backend: null });
  expect(again.ok).toBe(true);
  expect(backend.received.at(-1)).toMatch(
    /^POST \/ HTTP\/1\.1\r\n[\s\S]*Content-Length: 2\r\n[\s\S]*\r\n\r\nhi$/,
  );

  await ask('POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n2\r\nbc\r\n0\r\n\r\n');
  expect(text((await newest()).bodies?.request.bytes)).toBe('abc');
  await engine.setCapture({ pool: 'p', isOn: false });
  await ask('POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nhi');
  expect((await newest()).bodies).toBeNull();
  expect(await engine.setCapture({ pool: 'q', isOn: true })).toMatchObject({ ok: false });
});

it('a stream of events goes on event by event', async () => {
  const backend = await startRawBackend((socket) => {
    socket.write('HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n');
  });
  stops.push(() => backend.stop());
  const { engine, port, newest } = await capturing(backend.url);
  const client = new RawClient(port).send('GET /events HTTP/1.1\r\nHost: h\r\n\r\n');
  await client.receives('event-stream');
  for (let at = 1; at <= 20; at++) {
    for (const socket of backend.sockets) socket.write(`data: ${at}\n\n`);
    // The next one is sent only when this one has come.
    await client.receives(`data: ${at}\n\n`);
  }
  client.close();
  await until('it has ended', async () => (await engine.exchanges({ limit: 1 })).length > 0);
  const { bodies } = await newest();
  expect(text(bodies?.answer.bytes)).toMatch(/^data: 1\n\n[\s\S]*data: 20\n\n$/);
  expect(bodies?.answer.isWhole).toBe(false);
});

it('an upload of 200 MB waits for a slow backend as before, and takes no memory', {
  timeout: 120_000,
}, async () => {
  const SIZE = 200 * 1_024 * 1_024;
  let taken = 0;
  const server = createServer((request, response) => {
    request.on('data', (bytes: Buffer) => {
      taken += bytes.length;
    });
    request.on('end', () => response.end('ok'));
    request.pause();
    held.push(() => request.resume());
  });
  const held: (() => void)[] = [];
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stops.push(() => new Promise((resolve) => server.close(resolve)));
  const address = server.address();
  const { port, newest } = await capturing(
    `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
  );
  const before = process.memoryUsage.rss();
  let peak = before;
  const chunk = Buffer.alloc(256 * 1_024, 'x');
  let sent = 0;
  const answered = new Promise<string>((resolve, reject) => {
    const upload = httpRequest(
      { host: '127.0.0.1', port, method: 'PUT', agent: false, headers: { 'Content-Length': SIZE } },
      (answer) => {
        let said = '';
        answer.on('data', (bytes: Buffer) => {
          said += bytes;
        });
        answer.on('end', () => resolve(said));
      },
    );
    upload.on('error', reject);
    const write = () => {
      while (sent < SIZE) {
        sent += chunk.length;
        peak = Math.max(peak, process.memoryUsage.rss());
        if (!upload.write(chunk)) {
          upload.once('drain', write);
          return;
        }
      }
      upload.end();
    };
    write();
  });
  await until('the backend has the head', () => held.length > 0);
  // Nobody takes it: what is in sockets and pipes is all that can have been sent, and it stays that.
  let last = -1;
  await until('the sender is held up', async () => {
    const isStill = sent === last;
    last = sent;
    await sleep(200);
    return isStill;
  });
  expect(sent).toBeLessThan(SIZE / 4);
  held[0]?.();
  expect(await answered).toBe('ok');
  expect(taken).toBe(SIZE);
  expect(peak - before).toBeLessThan(120 * 1_024 * 1_024);
  const { bodies, bytesIn } = await newest();
  expect([bodies?.request.bytes.length, bodies?.request.isWhole, bytesIn]).toEqual([BODY_KEPT, false, SIZE]);
});
