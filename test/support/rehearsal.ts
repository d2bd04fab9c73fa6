import { createServer, request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import type { Duplex } from 'node:stream';
import type { EngineListener } from '../../electron/engine/core/engine-api.ts';
import { parseFault } from '../../shared/config/fault-schema.ts';
import type { ExchangeRecord } from '../../shared/view/exchange-record.ts';
import type { BackendSnapshot } from '../../shared/view/snapshot.ts';
import { oneConfig, startEngine, type TestEngine } from './test-engine.ts';

/** A backend that counts whom it hears. `/bytes/N` answers with so many bytes, `/hold` not at all, others with its name. */
export interface Heard {
  readonly url: string;
  readonly name: string;
  /** Method and target of every request but probes, once its body is in. */
  readonly requests: string[];
  probes: number;
  stop(): Promise<void>;
}

export async function startHeard(name: string): Promise<Heard> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    if (request.headers['user-agent'] === 'switchyard-probe') {
      heard.probes++;
      response.end();
      return;
    }
    request.resume().on('end', () => {
      requests.push(`${request.method} ${request.url}`);
      const [, size] = /^\/bytes\/(\d+)$/.exec(request.url ?? '') ?? [];
      if (size !== undefined) response.end(Buffer.alloc(Number(size), name));
      else if (request.url === '/until-close') {
        response.useChunkedEncodingByDefault = false;
        response.shouldKeepAlive = false;
        response.write('whole');
        response.end();
      } else if (request.url !== '/hold') response.end(name);
    });
  });
  server.on('upgrade', (_request, socket: Duplex) => {
    socket.on('error', () => undefined);
    socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
    socket.pipe(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const heard: Heard = {
    url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
    name,
    requests,
    probes: 0,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return heard;
}

/** Two backends, `a` and `b`, behind an engine. */
export interface Rehearsal {
  readonly engine: TestEngine;
  readonly a: Heard;
  readonly b: Heard;
  /** What is wrong with `a` from now on; nothing without any. */
  fault(...texts: string[]): Promise<void>;
  backend(name: 'a' | 'b'): Promise<BackendSnapshot>;
  exchanges(): Promise<readonly ExchangeRecord[]>;
  stop(): Promise<void>;
}

/**
 * @param only whether there is no `b` to go to
 * @param isChecked whether to wait until every backend has been probed
 */
export async function startRehearsal(
  pool: object = {},
  only = false,
  isChecked = true,
  onPush: EngineListener = () => undefined,
): Promise<Rehearsal> {
  const [a, b] = [await startHeard('a'), await startHeard('b')];
  const servers = [a, b].slice(0, only ? 1 : 2).map(({ url, name }) => ({ url, name }));
  const engine = await startEngine(oneConfig([], { servers, ...pool }), onPush);
  if (isChecked) await engine.settle();
  return {
    engine,
    a,
    b,
    fault: async (...texts) => {
      const faults = texts.map((text) => {
        const fault = parseFault(text);
        if (!fault.ok) throw new Error(fault.error);
        return fault.value;
      });
      const set = await engine.engine.setFaults({ pool: 'p', backend: 'a', faults, seed: 1 });
      if (!set.ok) throw new Error(set.error.message);
    },
    backend: (name) => engine.backend(name),
    exchanges: () => engine.engine.exchanges({ limit: 1_000 }),
    stop: async () => {
      await engine.stop();
      await a.stop();
      await b.stop();
    },
  };
}

export interface Outcome {
  /** 0 without an answer. */
  readonly status: number;
  readonly body: string;
  readonly headers: IncomingHttpHeaders;
  /** Whether all of the answer came. */
  readonly isWhole: boolean;
  /** To the head of the answer, and to its end, milliseconds. */
  readonly headMs: number;
  readonly endMs: number;
}

/** One request on a connection of its own, whatever becomes of it. */
export function send(
  port: number,
  path = '/',
  options: { method?: string; body?: Buffer } = {},
): Promise<Outcome> {
  const startMs = performance.now();
  const elapsed = () => performance.now() - startMs;
  const { method = 'GET', body } = options;
  return new Promise((resolve) => {
    let headMs = Number.NaN;
    let sofar: Omit<Outcome, 'isWhole' | 'headMs' | 'endMs'> = { status: 0, body: '', headers: {} };
    const done = (isWhole: boolean) => resolve({ ...sofar, isWhole, headMs, endMs: elapsed() });
    const asking = httpRequest({ host: '127.0.0.1', port, path, method, agent: false }, (answer) => {
      headMs = elapsed();
      sofar = { status: answer.statusCode ?? 0, body: '', headers: answer.headers };
      answer.on('data', (bytes: Buffer) => {
        sofar = { ...sofar, body: sofar.body + bytes.toString('latin1') };
      });
      answer.on('error', () => done(false));
      answer.on('end', () => done(answer.complete));
    });
    asking.on('error', () => done(false));
    asking.end(body);
  });
}
