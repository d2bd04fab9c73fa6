import type { buildConnector, Dispatcher } from 'undici';
import Pool from 'undici/lib/dispatcher/pool.js';
import { describeSocketError, socketErrorCode } from '../../../shared/text/socket-error.ts';
import type { ListenerTls } from '../../../shared/view/snapshot.ts';
import { connectToOwn } from '../../engine/system/connect-to-own.ts';
import { Mix } from './mix.ts';
import type { TrafficJob } from './traffic-thread.ts';

/** How one request ended. */
export interface Ending {
  /** `200`, or why there was no whole answer: `connection refused`. */
  readonly words: string;
  readonly isAnswer: boolean;
  /** What `X-Forwarded-Server` said. */
  readonly backend: string | null;
}

/** The requests of a plan, over connections that are kept; each of them serves one at a time. */
export class Sender {
  readonly #pool: Pool;
  readonly #mix: Mix;
  readonly #request: Omit<Dispatcher.DispatchOptions, 'path'>;

  constructor({ plan, url, tls }: TrafficJob, connections: number) {
    const { method, headers, body, host, paths } = plan;
    const { origin, port } = new URL(url);
    // How long an answer may take is the balancer's business.
    const options = { connections, pipelining: 1, headersTimeout: 0, bodyTimeout: 0 };
    this.#pool = new Pool(origin, tls ? { ...options, connect: connector(new URL(url), tls) } : options);
    this.#mix = new Mix(paths);
    const asked = host === undefined ? [] : ['Host', port === '' ? host : `${host}:${port}`];
    const isNamed = headers.some(({ name }) => name.toLowerCase() === 'user-agent');
    const agent = isNamed ? [] : ['User-Agent', 'switchyard-traffic'];
    this.#request = {
      method,
      headers: [...asked, ...agent, ...headers.flatMap(({ name, value }) => [name, value])],
      body: body === '' ? null : Buffer.from(body),
      // undici would close the connection after a HEAD.
      reset: false,
    };
  }

  /** @param onEnd called once, whatever happens */
  send(onEnd: (ending: Ending) => void): void {
    this.#pool.dispatch({ ...this.#request, path: this.#mix.next() }, new Answer(onEnd));
  }

  /** At once: what is waiting for its answer is cut. */
  stop(): void {
    void this.#pool.destroy();
  }
}

/** Connections to a listener that speaks https, by its own certificate alone. */
function connector(to: URL, tls: ListenerTls): buildConnector.connector {
  return (_options, onDone) => {
    const onError = (error: Error) => onDone(error, null);
    const socket = connectToOwn(to, tls, (ready) => {
      socket.off('error', onError);
      onDone(null, ready);
    });
    socket.setNoDelay(true);
    socket.once('error', onError);
  };
}

class Answer implements Dispatcher.DispatchHandler {
  readonly #onEnd: (ending: Ending) => void;
  #status = 0;
  #backend: string | null = null;

  constructor(onEnd: (ending: Ending) => void) {
    this.#onEnd = onEnd;
  }

  onRequestStart(): void {}

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: Readonly<Record<string, string | string[] | undefined>>,
  ): void {
    // 100 and 103 come before the answer.
    if (status < 200) return;
    this.#status = status;
    const backend = headers['x-forwarded-server'];
    if (typeof backend === 'string') this.#backend = backend;
  }

  onResponseData(): void {}

  onResponseEnd(): void {
    this.#onEnd({ words: String(this.#status), isAnswer: true, backend: this.#backend });
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    const words = this.#status > 0 ? 'answer cut short' : failureWords(error);
    this.#onEnd({ words, isAnswer: false, backend: this.#backend });
  }
}

function failureWords(error: Error): string {
  const code = socketErrorCode(error);
  // undici's own name for a connection that ends in the wrong place, or that changes its protocol unasked.
  if (code === 'UND_ERR_SOCKET') return 'connection closed without an answer';
  if (code === 'UND_ERR_CONNECT_TIMEOUT') return 'no connection in time';
  if (code.startsWith('HPE_')) return 'malformed answer';
  return describeSocketError(error);
}
