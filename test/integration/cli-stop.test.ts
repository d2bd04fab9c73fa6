import { createServer } from 'node:http';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { CliBench } from '../support/cli-run.ts';
import { portOf } from '../support/listening.ts';
import { RawClient } from '../support/raw-client.ts';

let bench: CliBench;
let url = '';
const server = createServer((request, response) => {
  if (request.url === '/events')
    response.writeHead(200, { 'content-type': 'text/event-stream' }).write('data: x\n\n');
  else response.end('ok');
});
const sockets = new WebSocketServer({ server });
beforeAll(async () => {
  bench = new CliBench();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${portOf(server)}`;
});
afterAll(async () => {
  await bench.stop();
  sockets.close();
  server.closeAllConnections();
  server.close();
});

async function serve() {
  const config = bench.config({ port: '127.0.0.1:0', servers: [url] });
  const run = bench.run('serve', '--config', config);
  const port = Number(new URL(await run.listening()).port);
  return { run, port };
}

it('says what it waits for after the first signal, and cuts it after the second', async () => {
  const { run, port } = await serve();
  const stream = new RawClient(port).send('GET /events HTTP/1.1\r\nHost: x\r\n\r\n');
  await stream.receives('data: x');
  const socket = new WebSocket(`ws://127.0.0.1:${port}/`);
  const closed = new Promise<[number, string]>((resolve) =>
    socket.on('close', (code, reason) => resolve([code, String(reason)])),
  );
  await new Promise((resolve, reject) => socket.on('open', resolve).on('error', reject));
  run.child.kill('SIGINT');
  await run.says(/^waiting up to 10s for 1 WebSocket and 1 response; press Ctrl-C again to cut them$/m);
  expect(run.child.exitCode).toBeNull();
  const from = performance.now();
  run.child.kill('SIGINT');
  expect(await run.exited).toBe(0);
  expect(performance.now() - from).toBeLessThan(5_000);
  expect(await closed).toEqual([1_001, 'Switchyard stopped listening']);
  expect(await stream.ends()).not.toContain('0\r\n\r\n');
  stream.close();
});

it('says nothing of the kind when there is nothing to wait for', async () => {
  const { run } = await serve();
  run.child.kill('SIGTERM');
  expect(await run.exited).toBe(0);
  expect(run.err).toContain('stopping');
  expect(run.err).not.toContain('waiting');
});
