import { createServer, type Socket } from 'node:net';

export interface RawBackend {
  readonly url: string;
  readonly port: number;
  /** Everything received, one string a connection, latin1. */
  readonly received: string[];
  readonly sockets: Set<Socket>;
  stop(): Promise<void>;
}

/** A backend that speaks bytes: `onData` sees each connection's text so far, and writes what it likes. */
export async function startRawBackend(
  onData: (socket: Socket, text: string, connection: number) => void,
  port = 0,
): Promise<RawBackend> {
  const received: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    const connection = received.push('') - 1;
    sockets.add(socket);
    socket.on('data', (bytes) => {
      received[connection] += bytes.toString('latin1');
      onData(socket, received[connection] ?? '', connection);
    });
    // The other side has gone, or will not send any more: nothing here half-closes.
    socket.on('end', () => socket.end());
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const address = server.address();
  const bound = typeof address === 'object' && address ? address.port : 0;
  return {
    url: `http://127.0.0.1:${bound}`,
    port: bound,
    received,
    sockets,
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Answers every whole head with the same text; probes get a plain 200. */
export function answering(text: string): (socket: Socket, received: string) => void {
  return (socket, received) => {
    if (!received.endsWith('\r\n\r\n')) return;
    socket.write(
      received.includes('switchyard-probe') ? 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n' : text,
      'latin1',
    );
  };
}
