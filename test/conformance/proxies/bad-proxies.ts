import { connect, createServer, type Socket } from 'node:net';
import { BARRIER, ScriptedBackend } from '../scripted-backend.ts';
import type { RunningProxy } from './running-proxy.ts';

// Proxies that do their work badly, each in its own way, to show that the suite notices. They know the barrier, so
// that what a case finds is the case's own.

const BARRIER_ANSWER = 'HTTP/1.1 200 OK\r\nContent-Length: 7\r\nConnection: close\r\n\r\nbarrier';
const REFUSAL = 'HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n';

/** Passes bytes both ways and understands none of them. */
export function startRelay(count: number): Promise<RunningProxy> {
  return startBad('relay', count, (client, first, backendPort) => {
    const backend = connect(backendPort, '127.0.0.1');
    backend.write(first);
    client.pipe(backend).pipe(client);
    backend.on('error', () => client.destroy());
    client.on('error', () => backend.destroy());
  });
}

/** Takes everything, and never says a word. */
export function startMute(count: number): Promise<RunningProxy> {
  return startBad('mute', count, (client) => client.on('error', () => undefined).resume());
}

/** Refuses whatever comes. */
export function startRefuser(count: number): Promise<RunningProxy> {
  return startBad('refuser', count, (client) => client.on('error', () => undefined).end(REFUSAL));
}

async function startBad(
  name: string,
  count: number,
  serve: (client: Socket, first: Buffer, backendPort: number) => unknown,
): Promise<RunningProxy> {
  const started = await Promise.all(
    Array.from({ length: count }, async () => {
      const backend = await ScriptedBackend.start();
      const clients = new Set<Socket>();
      const server = createServer((client) => {
        clients.add(client);
        client.once('data', (first: Buffer) => {
          if (first.includes(BARRIER)) client.end(BARRIER_ANSWER);
          else serve(client, first, backend.port);
        });
        client.on('error', () => undefined);
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const address = server.address();
      const proxyPort = typeof address === 'object' && address ? address.port : 0;
      const stop = async () => {
        for (const client of clients) client.destroy();
        await new Promise((resolve) => server.close(resolve));
        await backend.stop();
      };
      return { lane: { proxyPort, backend }, stop };
    }),
  );
  return {
    name,
    version: '',
    lanes: started.map(({ lane }) => lane),
    stop: async () => {
      for (const { stop } of started) await stop();
    },
  };
}
