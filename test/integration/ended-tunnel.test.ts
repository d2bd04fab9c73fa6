import { expect, it } from 'vitest';
import { startRawBackend } from '../support/raw-backend.ts';
import { RawClient } from '../support/raw-client.ts';
import { oneConfig, startEngine } from '../support/test-engine.ts';

it('the connection of a tunnel that has ended never serves another request', async () => {
  const backend = await startRawBackend((socket, text) => {
    if (text.includes('Upgrade: websocket'))
      socket.end(
        'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\nfarewell',
      );
    else socket.end('HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok');
  });
  const engine = await startEngine(oneConfig([backend.url]));
  await engine.settle();
  const first = new RawClient(engine.port);
  first.send('GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
  await first.receives('farewell');
  first.socket.end();
  await expect.poll(() => backend.sockets.size).toBe(0);
  const second = new RawClient(engine.port).send('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
  await second.receives(/ok$/);
  first.close();
  second.close();
  await engine.stop();
  await backend.stop();
});
