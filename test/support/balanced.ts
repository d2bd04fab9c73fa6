import {
  createServer,
  request as httpRequest,
  type IncomingHttpHeaders,
  type ServerResponse,
} from 'node:http';
import type { PolicyName } from '../../shared/config/policies.ts';
import { oneConfig, startEngine, type TestEngine } from './test-engine.ts';

/** A backend whose answers to `/hold` wait until they are let go, and whose others wait `delayMs`. */
export interface HeldBackend {
  readonly url: string;
  readonly held: ServerResponse[];
  delayMs: number;
  letGo(): void;
  stop(): Promise<void>;
}

export async function startHeldBackend(): Promise<HeldBackend> {
  const held: ServerResponse[] = [];
  const server = createServer((request, response) => {
    if (request.url === '/hold') held.push(response);
    else setTimeout(() => response.end('ok'), request.method === 'HEAD' ? 0 : backend.delayMs);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const backend: HeldBackend = {
    url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
    held,
    delayMs: 0,
    letGo: () => {
      for (const response of held.splice(0)) response.end('ok');
    },
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return backend;
}

export interface Asking {
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Which of the loopback addresses to come from. */
  readonly from?: string;
}

export interface Told {
  readonly status: number;
  /** The URL of the backend that answered. */
  readonly by: string;
  /** The first cookie that was set, as it goes back. */
  readonly cookie: string | null;
  readonly headers: IncomingHttpHeaders;
}

/** One request on a connection of its own. */
export function ask(port: number, { path = '/', headers = {}, from }: Asking = {}): Promise<Told> {
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port, path, headers, agent: false, localAddress: from };
    httpRequest(options, (answer) => {
      answer.resume();
      answer.on('error', reject);
      answer.on('end', () => {
        const [setCookie] = answer.headers['set-cookie'] ?? [];
        resolve({
          status: answer.statusCode ?? 0,
          by: String(answer.headers['x-forwarded-server']),
          cookie: setCookie?.split(';')[0] ?? null,
          headers: answer.headers,
        });
      });
    })
      .on('error', reject)
      .end();
  });
}

/** What the config calls a policy that needs no more than tests give all of them: `X-User` and `session`. */
export function policyValue(name: PolicyName): unknown {
  if (name === 'header-hash') return { name, header: 'X-User' };
  return name === 'cookie-hash' ? { name, cookie: 'session' } : name;
}

/** An engine with one pool of these servers under a policy, every backend probed. */
export async function balanceBy(policy: unknown, servers: readonly unknown[]): Promise<TestEngine> {
  const engine = await startEngine(oneConfig([], { policy, servers }));
  await engine.settle();
  return engine;
}
