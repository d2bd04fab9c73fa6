import { createServer, type Server } from 'node:http';
import { createServer as createNetServer } from 'node:net';

const COUNT = 5;
const FIRST_PORT = 8_080;
/** Each demo backend answers within its own range, so that the lanes look alive: base and spread. */
const LATENCY_MS = [
  [4, 6],
  [6, 10],
  [8, 14],
  [5, 8],
  [12, 28],
] as const;

export interface Demo {
  /** A simple config that names them. */
  readonly configText: string;
  readonly urls: readonly string[];
  /** The port the config listens on, and the one it would have liked. */
  readonly port: number;
  readonly wantedPort: number;
  stop(): Promise<void>;
}

/** Five small HTTP servers in this process, on free loopback ports: something to balance in the first minute. */
export async function startDemoBackends(random: () => number = Math.random): Promise<Demo> {
  const servers = Array.from({ length: COUNT }, (_, index) => createDemoServer(index, random));
  await Promise.all(servers.map(listenOnFreePort));
  const urls = servers.map((server) => `http://127.0.0.1:${portOf(server)}`);
  const port = await firstFreePort(FIRST_PORT);
  const lines = urls.map((url, index) => `    { "name": "demo-${index + 1}", "url": "${url}" }`);
  return {
    urls,
    port,
    wantedPort: FIRST_PORT,
    configText: [
      '{',
      '  // A demo: five small servers inside Switchyard. Replace them with the URLs of your own services.',
      `  "port": ":${port}",`,
      '  "healthCheckInterval": "2s",',
      '  "servers": [',
      lines.join(',\n'),
      '  ]',
      '}',
      '',
    ].join('\n'),
    stop: async () => {
      await Promise.all(
        servers.map((server) => {
          server.closeAllConnections();
          return new Promise((resolve) => server.close(resolve));
        }),
      );
    },
  };
}

function createDemoServer(index: number, random: () => number): Server {
  const name = `demo-${index + 1}`;
  let answered = 0;
  return createServer((request, response) => {
    request.resume();
    const isProbe = request.method === 'HEAD' || request.url === '/health';
    const [base, spread] = LATENCY_MS[index] ?? [5, 5];
    const respond = () => {
      if (!isProbe) answered++;
      response.setHeader('Content-Type', 'text/plain; charset=utf-8');
      response.end(isProbe ? 'ok\n' : `Hello from ${name}, answer ${answered}.\n`);
    };
    if (isProbe) respond();
    else setTimeout(respond, base + random() * spread);
  });
}

function listenOnFreePort(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
}

/** The first port from `from` up that is free on IPv4 and IPv6 loopback. */
export async function firstFreePort(from: number): Promise<number> {
  for (let port = from; port < from + 100; port++) {
    if ((await isFree('127.0.0.1', port)) && (await isFree('::1', port))) return port;
  }
  return 0;
}

function isFree(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createNetServer();
    server.once('error', (error) => {
      // No IPv6 on this machine is not a taken port.
      resolve('code' in error && error.code !== 'EADDRINUSE' && error.code !== 'EACCES');
    });
    server.listen({ host, port, ipv6Only: true }, () => server.close(() => resolve(true)));
  });
}
