import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { fail, ok, type Result } from '../../../shared/calls/result.ts';
import type { EngineEvent } from '../../../shared/view/engine-event.ts';
import { type Answer, problem } from './answer.ts';
import { createApi, EVENTS } from './api.ts';
import type { ControlledEngine } from './backend-calls.ts';
import type { ConfigDesk } from './config-desk.ts';
import { type ControlAddress, hostNamesOf } from './control-address.ts';
import { ControlConnections, MAX_OWNERS } from './control-connections.ts';
import { type Endpoint, findEndpoint } from './endpoints.ts';
import { EventStreams, MAX_STREAMS } from './event-streams.ts';
import { type Door, turnAway } from './guard.ts';
import type { ControlledProcesses } from './process-calls.ts';
import { readBody } from './request-body.ts';
import type { ControlledScenarios } from './scenario-calls.ts';

/** A response that nobody reads is given up after this long without a byte. Readers of events get one every 15 s. */
const STALLED_MS = 60_000;

export interface ControlParts {
  readonly engine: ControlledEngine;
  readonly desk: ConfigDesk;
  readonly scenarios: ControlledScenarios;
  readonly processes: ControlledProcesses;
  readonly token: string;
  readonly version: string;
  /** Milliseconds a client has to send a whole request. */
  readonly requestTimeoutMs: number;
}

/** Lets programs on this machine ask for the balancer's state and change it. Few requests, so `node:http` will do. */
export class ControlServer {
  readonly #parts: ControlParts;
  readonly #streams = new EventStreams();
  readonly #endpoints: readonly (Endpoint | typeof EVENTS)[];
  readonly #server: Server;
  readonly #connections: ControlConnections;
  #door: Door;

  constructor(parts: ControlParts) {
    const { token, requestTimeoutMs } = parts;
    this.#parts = parts;
    this.#endpoints = [...createApi(parts), EVENTS];
    this.#door = { hosts: [], token };
    const timeouts = {
      headersTimeout: requestTimeoutMs,
      requestTimeout: requestTimeoutMs,
      // Node looks for requests that are late only this often.
      connectionsCheckingInterval: Math.min(1_000, requestTimeoutMs / 2),
    };
    this.#server = createServer(timeouts, (request, response) => void this.#serve(request, response));
    this.#server.timeout = STALLED_MS;
    // A head may take as long as a request, and one wrong token may be corrected.
    this.#connections = new ControlConnections(this.#server, 2 * requestTimeoutMs);
    this.#server.on('clientError', (error, socket) => this.#refuseUnread(error, socket));
  }

  /** @returns the URL, or a sentence that says why there is none */
  start(address: ControlAddress): Promise<Result<string, string>> {
    return new Promise((resolve) => {
      const refused = (error: NodeJS.ErrnoException) => resolve(fail(whyNotBound(address, error)));
      this.#server.once('error', refused);
      this.#server.listen(address.port, address.host, () => {
        this.#server.off('error', refused);
        const bound = this.#server.address();
        const port = typeof bound === 'object' && bound ? bound.port : address.port;
        const names = hostNamesOf(address);
        // A URL leaves port 80 out, and so does the Host field then.
        const hosts = names.flatMap((name) => (port === 80 ? [name, `${name}:80`] : [`${name}:${port}`]));
        this.#door = { ...this.#door, hosts };
        resolve(ok(`http://${names.at(-1)}:${port}`));
      });
    });
  }

  /** For whoever reads along. */
  tell(event: EngineEvent): void {
    this.#streams.push(event);
  }

  /** Answers under way are finished, streams ended. */
  async stop(): Promise<void> {
    this.#streams.stop();
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeIdleConnections();
    this.#connections.dropStrangers();
    await closed;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // Whoever leaves early has nothing to be told.
    request.on('error', () => undefined);
    response.on('error', () => undefined);
    try {
      const answer = await this.#answer(request, response);
      if (answer) send(response, answer);
    } catch (error) {
      if (response.headersSent) response.destroy();
      if (request.destroyed || response.headersSent) return;
      const reason = error instanceof Error ? error.message : String(error);
      send(response, problem(500, 'unexpected', `This should not have happened: ${reason}`));
    }
  }

  /** To what Node could not read as a request, or waited for in vain. */
  #refuseUnread(error: NodeJS.ErrnoException, socket: Duplex): void {
    if (socket.writable) this.#connections.endWith(socket, textOf(unreadAnswer(error.code)));
    else socket.destroy();
  }

  /** Null when the answer is a stream of its own. */
  async #answer(request: IncomingMessage, response: ServerResponse): Promise<Answer | null> {
    const refusal = turnAway(request, this.#door);
    if (refusal) return refusal;
    if (!this.#connections.admit(request.socket)) {
      const detail = `${MAX_OWNERS} connections have the token already; close one of them.`;
      return problem(503, 'too-many-connections', detail, { headers: { connection: 'close' } });
    }
    const found = findEndpoint(this.#endpoints, request.method ?? '', request.url ?? '');
    if ('status' in found) return found;
    const { endpoint, params } = found;
    if (!('handle' in endpoint)) return this.#stream(request, response);
    const body = endpoint.takesBody ? await readBody(request) : ok('');
    if (!body.ok) return body.error;
    return endpoint.handle({ params, body: body.value, ifMatch: request.headers['if-match'] });
  }

  async #stream(request: IncomingMessage, response: ServerResponse): Promise<Answer | null> {
    const given = request.headers['last-event-id'];
    if (given !== undefined && !(typeof given === 'string' && /^\d{1,15}$/.test(given))) {
      return problem(400, 'bad-request', 'Last-Event-ID has to be the number of an event.');
    }
    if (this.#streams.isFull) {
      const detail = `There are ${MAX_STREAMS} readers of events already; close one of them.`;
      return problem(503, 'too-many-streams', detail);
    }
    const remembered = async () => (await this.#parts.engine.snapshot(null)).events;
    await this.#streams.open(response, given === undefined ? null : Number(given), remembered);
    return null;
  }
}

function textOf({ status, headers, body }: Answer): string {
  const fields = [`Content-Type: ${headers['content-type']}`, `Content-Length: ${Buffer.byteLength(body)}`];
  return [`HTTP/1.1 ${status} `, ...fields, 'Connection: close', '', body].join('\r\n');
}

function send(response: ServerResponse, { status, headers, body }: Answer): void {
  response.writeHead(status, {
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    ...headers,
  });
  response.end(body);
}

function unreadAnswer(code: string | undefined): Answer {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT')
    return problem(408, 'bad-request', 'The request did not come in time; send it at once.');
  if (code === 'HPE_HEADER_OVERFLOW')
    return problem(431, 'bad-request', 'The head of the request is too long; send fewer fields.');
  return problem(400, 'bad-request', 'This is not a request in HTTP/1.1.');
}

function whyNotBound({ host, port }: ControlAddress, { code, message }: NodeJS.ErrnoException): string {
  const address = `${host.includes(':') ? `[${host}]` : host}:${port}`;
  if (code === 'EADDRINUSE') return `${address} is already in use; choose another port, or 0 for a free one`;
  if (code === 'EACCES') return `${address} may not be listened on by you; choose a port above 1023`;
  return `${address} cannot be listened on: ${message}`;
}
