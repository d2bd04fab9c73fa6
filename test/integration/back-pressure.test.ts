import { createServer } from 'node:http';
import { connect } from 'node:net';
import { expect, it } from 'vitest';
import { startRawBackend } from '../support/raw-backend.ts';
import { oneConfig, startEngine } from '../support/test-engine.ts';
import { until } from '../support/until.ts';

const MIB = 1_048_576;
const TOTAL = 1_024 * MIB;

it('a reader that stalls stalls its writer: 1 GiB on offer, almost none of it in memory', async () => {
  const piece = Buffer.alloc(MIB);
  let offered = 0;
  const backend = createServer((request, response) => {
    response.writeHead(200, { 'Content-Length': TOTAL });
    if (request.method === 'HEAD') {
      response.end();
      return;
    }
    const more = () => {
      while (offered < TOTAL) {
        offered += MIB;
        if (!response.write(piece)) return;
      }
      response.end();
    };
    response.on('drain', more);
    more();
  });
  await new Promise<void>((resolve) => backend.listen(0, '127.0.0.1', resolve));
  const address = backend.address();
  const engine = await startEngine(
    oneConfig([`http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`]),
  );
  await engine.settle();
  const before = process.memoryUsage.rss();

  const client = connect({ port: engine.port, host: '127.0.0.1' });
  let read = 0;
  client.on('data', (bytes) => {
    read += bytes.length;
    if (read > 10 * MIB && !isResumed) client.pause();
  });
  let isResumed = false;
  client.write('GET / HTTP/1.1\r\nHost: h\r\n\r\n');
  await until('the reader has stalled', () => client.isPaused());
  let last = -1;
  await until('the writer has stalled', async () => {
    const isStill = offered === last;
    last = offered;
    await new Promise((resolve) => setTimeout(resolve, 200));
    return isStill;
  });
  // What the kernel holds for three sockets on the way is all that has moved.
  expect(offered).toBeLessThan(60 * MIB);
  expect(process.memoryUsage.rss() - before).toBeLessThan(60 * MIB);

  isResumed = true;
  client.resume();
  await until('all of it has come', () => read > TOTAL, 60_000);
  client.destroy();
  await engine.stop();
  backend.closeAllConnections();
  backend.close();
}, 90_000);

it('a backend that stops reading stalls its client: 1 GiB to send, almost none of it in memory', async () => {
  const backend = await startRawBackend((socket, text) => {
    if (text.includes('switchyard-probe')) socket.write('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n');
    else socket.pause();
  });
  const engine = await startEngine(oneConfig([backend.url]));
  await engine.settle();
  const before = process.memoryUsage.rss();
  const client = connect({ port: engine.port, host: '127.0.0.1' });
  client.on('error', () => undefined);
  client.write(`PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: ${TOTAL}\r\n\r\n`);
  const piece = Buffer.alloc(MIB);
  let sent = 0;
  const more = () => {
    while (sent < TOTAL) {
      sent += MIB;
      if (!client.write(piece)) return;
    }
  };
  client.on('drain', more);
  more();
  let last = -1;
  await until('the client has stalled', async () => {
    const isStill = sent === last;
    last = sent;
    await new Promise((resolve) => setTimeout(resolve, 200));
    return isStill;
  });
  expect(sent).toBeLessThan(60 * MIB);
  expect(process.memoryUsage.rss() - before).toBeLessThan(60 * MIB);
  client.destroy();
  await until(
    'the attempt is cancelled',
    () => backend.sockets.size === 0 || [...backend.sockets].every((socket) => socket.resume().destroyed),
  );
  await engine.stop();
  await backend.stop();
}, 30_000);
