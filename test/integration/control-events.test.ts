import { createServer } from 'node:http';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { EventStreams, MAX_STREAMS } from '../../electron/services/control/event-streams.ts';
import { CliBench } from '../support/cli-run.ts';
import { ControlRun } from '../support/control-run.ts';
import { RawClient } from '../support/raw-client.ts';
import { until } from '../support/until.ts';

let bench: CliBench;
let control: ControlRun;
const readers: RawClient[] = [];

beforeEach(async () => {
  bench = new CliBench();
  const server = { url: 'http://127.0.0.1:1', name: 'a', healthCheck: { type: 'off' } };
  control = await ControlRun.start(bench, bench.config({ port: '127.0.0.1:0', servers: [server] }));
});
afterEach(async () => {
  for (const reader of readers.splice(0)) reader.close();
  await bench.stop();
});

async function read(lastId?: number): Promise<RawClient> {
  const resume = lastId === undefined ? '' : `Last-Event-ID: ${lastId}\r\n`;
  const reader = new RawClient(control.port).send(
    `GET /v1/events HTTP/1.1\r\nHost: 127.0.0.1:${control.port}\r\nAuthorization: Bearer ${control.token}\r\n${resume}\r\n`,
  );
  readers.push(reader);
  await reader.receives(': switchyard\n\n');
  return reader;
}

async function admin(state: string): Promise<void> {
  await control.ask('POST', '/v1/pools/default/backends/a/admin', { body: { state } });
}

const idsOf = (reader: RawClient) => [...reader.text.matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id));

it('events come as they happen, each with its number and kind', async () => {
  const reader = await read();
  expect(reader.text).toMatch(/^HTTP\/1\.1 200 [\s\S]*content-type: text\/event-stream/);
  await admin('disabled');
  const text = await reader.receives(/"state":"disabled"[^\n]*\n\n/);
  expect(text).toMatch(/^id: 1\nevent: admin\ndata: \{.*"id":1.*\}\n\n/m);
});

it('a reader that comes back gets what it missed, once, and then what comes', async () => {
  for (const state of ['disabled', 'enabled', 'draining']) await admin(state);
  const reader = await read(1);
  await admin('enabled');
  await reader.receives('id: 4\n');
  expect(idsOf(reader)).toEqual([2, 3, 4]);
});

it('a reader that was at another instance gets all that is remembered', async () => {
  await admin('disabled');
  await admin('enabled');
  const reader = await read(77);
  await reader.receives('id: 2\n');
  expect(idsOf(reader)).toEqual([1, 2]);
});

it('of more than 200 events the last 200 are remembered', async () => {
  for (let times = 0; times < 103; times++) {
    await admin('disabled');
    await admin('enabled');
  }
  const reader = await read(0);
  await reader.receives('id: 206\n');
  expect(idsOf(reader)).toEqual(Array.from({ length: 200 }, (_, index) => 7 + index));
});

it('there is an end to how many read along; one that leaves makes room', async () => {
  for (let times = 0; times < MAX_STREAMS; times++) await read();
  expect(await control.ask('GET', '/v1/events')).toMatchObject({
    status: 503,
    value: { code: 'too-many-streams' },
  });
  readers[0]?.close();
  await until('there is room', async () => {
    const reader = new RawClient(control.port).send(
      `GET /v1/events HTTP/1.1\r\nHost: 127.0.0.1:${control.port}\r\nAuthorization: Bearer ${control.token}\r\n\r\n`,
    );
    readers.push(reader);
    await reader.receives('\r\n\r\n');
    return reader.text.startsWith('HTTP/1.1 200');
  });
});

it('a reader that does not read is cut off, and holds little memory until then', async () => {
  const streams = new EventStreams();
  let waiting = 0;
  let isCut = false;
  const server = createServer((_request, response) => {
    response.on('close', () => {
      isCut = true;
    });
    void streams.open(response, null, async () => []);
    const reason = 'x'.repeat(100_000);
    for (let id = 1; id < 2_000 && !response.destroyed; id++) {
      streams.push({
        kind: 'backend-down',
        pool: 'p',
        backend: 'b',
        reason,
        cause: { kind: 'refused' },
        upMs: null,
        id,
        at: 0,
      });
      waiting = Math.max(waiting, response.writableLength);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const reader = new RawClient(typeof address === 'object' && address ? address.port : 0);
  readers.push(reader);
  reader.socket.pause();
  reader.send('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
  await until('it is cut off', () => isCut);
  expect(waiting).toBeLessThan(500_000);
  streams.stop();
  server.close();
});

it('streams end when the balancer stops, and do not hold it up', async () => {
  const reader = await read();
  control.run.child.kill('SIGTERM');
  await reader.ends();
  expect(await control.run.exited).toBe(0);
});
