import { createServer, type Server } from 'node:http';
import { firstFreePort } from './free-port.ts';

const COUNT = 5;
const FIRST_PORT = 8_080;
/** What is in flight when the demo ends gets this long. */
const GRACE_MS = 1_000;
/** Each demo backend answers within its own range, so that the lanes look alive: base and spread. */
const LATENCY_MS = [
  [4, 6],
  [6, 10],
  [8, 14],
  [5, 8],
  [12, 28],
] as const;

/** What there is to know of a demo, on whichever thread it runs. */
export interface DemoFacts {
  /** A simple config that names them. */
  readonly configText: string;
  readonly urls: readonly string[];
  /** The port the config listens on, and the one it would have liked. */
  readonly port: number;
  readonly wantedPort: number;
}

export interface Demo extends DemoFacts {
  stop(): Promise<void>;
}

export interface DemoOptions {
  readonly random?: () => number;
  /** The listener's port, or the next free one above it. */
  readonly wantedPort?: number;
}

/** Five small HTTP servers on this thread, on free loopback ports: something to balance in the first minute. */
export async function startDemoBackends(options: DemoOptions = {}): Promise<Demo> {
  const { random = Math.random, wantedPort = FIRST_PORT } = options;
  const servers = Array.from({ length: COUNT }, (_, index) => createDemoServer(index, random));
  await Promise.all(servers.map(listenOnFreePort));
  const urls = servers.map((server) => `http://127.0.0.1:${portOf(server)}`);
  const port = await firstFreePort(wantedPort);
  const configText = configFor(urls, port);
  return { urls, port, wantedPort, configText, stop: () => stopAll(servers) };
}

function configFor(urls: readonly string[], port: number): string {
  const lines = urls.map((url, index) => `    { "name": "demo-${index + 1}", "url": "${url}" }`);
  return [
    '{',
    '  // A demo: five small servers inside Switchyard. Replace them with the URLs of your own services.',
    `  "port": ":${port}",`,
    '  "healthCheckInterval": "2s",',
    '  "servers": [',
    lines.join(',\n'),
    '  ]',
    '}',
    '',
  ].join('\n');
}

function createDemoServer(index: number, random: () => number): Server {
  const name = `demo-${index + 1}`;
  let answered = 0;
  return createServer((request, response) => {
    request.resume();
    response.setHeader('Content-Type', 'text/plain; charset=utf-8');
    if (request.method === 'HEAD' || request.url === '/health') {
      response.end('ok\n');
      return;
    }
    const [base, spread] = LATENCY_MS[index] ?? [5, 5];
    setTimeout(
      () => {
        answered++;
        response.end(`Hello from ${name}, answer ${answered}.\n`);
      },
      base + random() * spread,
    );
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

async function stopAll(servers: readonly Server[]): Promise<void> {
  const closed = Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  const cut = setTimeout(() => {
    for (const server of servers) server.closeAllConnections();
  }, GRACE_MS);
  await closed;
  clearTimeout(cut);
}
