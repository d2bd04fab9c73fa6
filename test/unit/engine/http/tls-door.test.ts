import { connect, createServer, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { TlsDoor } from '../../../../electron/engine/http/client/tls-door.ts';
import { Deadlines } from '../../../../electron/engine/http/exchange/deadlines.ts';
import { makeCertificate } from '../../../../electron/services/tls/make-certificate.ts';
import { until } from '../../../support/until.ts';

/** Time that has passed beside the clock's. */
let aheadMs = 0;
class FakeDeadlines extends Deadlines {
  override now(): number {
    return super.now() + aheadMs;
  }
}
const came: string[] = [];
const sockets: Socket[] = [];
let port = 0;
const server = createServer({ allowHalfOpen: true });
beforeAll(async () => {
  const made = await makeCertificate(['127.0.0.1'], Date.now());
  const door = new TlsDoor({ ...made, path: '', fingerprint: '' }, new FakeDeadlines(), {
    secured: (socket, transport) => {
      came.push(`secured ${transport.remotePort}`);
      socket.on('error', () => undefined).end();
    },
    failed: () => came.push('failed'),
    plain: (socket) => {
      socket.once('data', (bytes) => {
        came.push(`plain ${bytes}`);
        socket.destroy();
      });
      socket.resume();
    },
  });
  server.on('connection', (socket) => door.enter(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  port = typeof address === 'object' && address ? address.port : 0;
});
afterAll(async () => {
  for (const socket of sockets) socket.destroy();
  await new Promise((resolve) => server.close(resolve));
});

function dial(bytes: string): Socket {
  const socket = connect(port, '127.0.0.1').resume();
  socket.on('error', () => undefined);
  socket.write(bytes, 'latin1');
  sockets.push(socket);
  return socket;
}

it('lets in who shakes hands, with the connection below', async () => {
  let from = 0;
  const socket = connectTls({ port, host: '127.0.0.1', rejectUnauthorized: false }, () => {
    from = socket.localPort ?? 0;
  });
  sockets.push(socket);
  await until('it is in', () => came.includes(`secured ${from}`));
});

it('hands on who speaks otherwise, with every byte of it', async () => {
  dial('GET / HTTP/1.1\r\n');
  await until('it is handed on', () => came.includes('plain GET / HTTP/1.1\r\n'));
});

it('closes who says nothing, or stops halfway, after ten seconds and no sooner', async () => {
  const silent = connect(port, '127.0.0.1');
  silent.on('error', () => undefined).resume();
  const halfway = dial('\u0016\u0003\u0001\u0002\u0000\u0001');
  sockets.push(silent);
  await until('both are there', () => silent.readyState === 'open' && halfway.bytesWritten > 0);
  // A connection that came later has been seen to: so have they.
  dial('GET /later HTTP/1.1\r\n');
  await until('it is handed on', () => came.includes('plain GET /later HTTP/1.1\r\n'));
  aheadMs = 5_000;
  await new Promise((resolve) => setTimeout(resolve, 250));
  expect([silent.closed, halfway.closed]).toEqual([false, false]);
  aheadMs = 11_000;
  await until('both are closed', () => silent.readableEnded || silent.closed);
  await until('both are closed', () => halfway.readableEnded || halfway.closed);
});
