import type { AddressInfo, Server } from 'node:net';
import { afterEach } from 'vitest';

/** Servers that close, with all their connections, when a test ends. Call it once, at the top of a test file. */
export function listening(): (server: Server, host?: string) => Promise<number> {
  const stops: (() => Promise<void>)[] = [];
  afterEach(async () => {
    await Promise.all(stops.splice(0).map((stop) => stop()));
  });
  return async (server, host = '127.0.0.1') => {
    const sockets = new Set<import('node:net').Socket>();
    server.on('connection', (socket) => {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => sockets.delete(socket));
    });
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, host, resolve));
    stops.push(async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    });
    return portOf(server);
  };
}

/** The port that a server listens on; 0 while it does not listen on one. */
export function portOf(server: Pick<Server, 'address'>): number {
  const address: AddressInfo | string | null = server.address();
  return typeof address === 'object' && address ? address.port : 0;
}
