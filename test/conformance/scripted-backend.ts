import type { Socket } from 'node:net';
import { type RawBackend, startRawBackend } from '../support/raw-backend.ts';
import { until } from '../support/until.ts';
import type { BackendAnswer, BackendStep } from './case.ts';
import { type Message, readRequests } from './message.ts';

/** Asked by the runner after each case, to see that the proxy goes on as if nothing had happened. */
export const BARRIER = '/conformance-barrier';
const BARRIER_ANSWER =
  'HTTP/1.1 200 OK\r\nContent-Length: 7\r\nX-Barrier: yes\r\nConnection: close\r\n\r\nbarrier';
const PROBE_ANSWER = 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n';
const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';

export interface BackendSight {
  readonly requests: readonly Message[];
  readonly backendText: string;
  readonly connections: number;
  readonly openConnections: number;
}

interface Connection {
  readonly socket: Socket;
  text: string;
  answered: number;
}

/** One backend on a fixed port, whose script is another for every case. */
export class ScriptedBackend {
  readonly port: number;
  readonly #raw: RawBackend;
  #connections = new Map<number, Connection>();
  #script: readonly (string | BackendAnswer)[] = [];
  #answered = 0;
  #clientText: () => string = () => '';
  #limitMs = 0;

  /** @param port 0 for a free one */
  static async start(port = 0): Promise<ScriptedBackend> {
    let backend: ScriptedBackend | null = null;
    const raw = await startRawBackend(
      (socket, text, connection) => backend?.onData(socket, text, connection),
      port,
    );
    backend = new ScriptedBackend(raw);
    return backend;
  }

  private constructor(raw: RawBackend) {
    this.#raw = raw;
    this.port = raw.port;
  }

  /** Forgets all it has seen, and answers by this script from now on. */
  play(script: readonly (string | BackendAnswer)[], limitMs: number, clientText: () => string): void {
    this.#script = script.length === 0 ? [OK] : script;
    this.#connections = new Map();
    this.#answered = 0;
    this.#limitMs = limitMs;
    this.#clientText = clientText;
  }

  onData(socket: Socket, text: string, index: number): void {
    const connection = this.#connections.get(index) ?? { socket, text, answered: 0 };
    connection.text = text;
    this.#connections.set(index, connection);
    const requests = readRequests(text);
    while (connection.answered < requests.length) {
      const request = requests[connection.answered];
      if (!request) return;
      const own = ownAnswer(request);
      if (own !== null) {
        connection.answered++;
        socket.end(own);
        continue;
      }
      const answer = this.#script[Math.min(this.#answered, this.#script.length - 1)] ?? OK;
      const { on, steps } = typeof answer === 'string' ? { on: 'request', steps: [answer] } : answer;
      if (on === 'request' && !request.isWhole) return;
      connection.answered++;
      this.#answered++;
      // A wait in vain shows in what the client did not get.
      this.#run(connection, steps).catch(() => undefined);
    }
  }

  sight(): BackendSight {
    const seen = [...this.#connections.values()].map((connection) => ({
      connection,
      ...withoutOwn(connection.text),
    }));
    const used = seen.filter(({ rest }) => rest !== '');
    return {
      requests: used.flatMap(({ requests }) => requests),
      backendText: used.map(({ rest }) => rest).join(''),
      connections: used.length,
      openConnections: used.filter(({ connection }) => !connection.socket.closed).length,
    };
  }

  /** Ends every connection, and waits until the proxy has let go of it, so that it will not use it again. */
  async hangUp(): Promise<void> {
    // A probe that is on its way is let alone: ended, it would take the backend out of the next case.
    const sockets = [...this.#connections.values()].map(({ socket }) => socket);
    for (const socket of sockets) socket.end();
    await until('the proxy hangs up', () => sockets.every((socket) => socket.closed), 300).catch(() => {
      for (const socket of sockets) socket.destroy();
    });
  }

  stop(): Promise<void> {
    return this.#raw.stop();
  }

  async #run(connection: Connection, steps: readonly BackendStep[]): Promise<void> {
    const { socket } = connection;
    for (const step of steps) {
      if (step === 'end') socket.end();
      else if (step === 'reset') socket.resetAndDestroy();
      else if (typeof step === 'string') socket.write(step, 'latin1');
      else if ('until' in step) await this.#waitFor(() => connection.text, step.until);
      else await this.#waitFor(this.#clientText, step.clientUntil);
    }
  }

  #waitFor(text: () => string, wanted: string | RegExp): Promise<unknown> {
    return until(String(wanted), () => matches(text(), wanted), this.#limitMs);
  }
}

export function matches(text: string, wanted: string | RegExp): boolean {
  return typeof wanted === 'string' ? text.includes(wanted) : wanted.test(text);
}

/** Health probes and barriers are no part of a case. */
function ownAnswer(request: Message): string | null {
  if (request.raw.includes('switchyard-probe')) return PROBE_ANSWER;
  return request.startLine.includes(BARRIER) ? BARRIER_ANSWER : null;
}

function withoutOwn(text: string): { requests: Message[]; rest: string } {
  const requests = readRequests(text);
  const tail = text.slice(requests.at(-1)?.end ?? 0);
  const others = requests.filter((request) => ownAnswer(request) === null);
  return { requests: others, rest: others.map((request) => request.raw).join('') + tail };
}
