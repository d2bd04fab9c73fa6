import type { RawClient } from '../support/raw-client.ts';
import { type Message, readAnswers } from './message.ts';
import type { BackendSight } from './scripted-backend.ts';

/** What a case has seen so far, at both ends of the proxy. */
export interface Observed {
  /** Final answers over all of the client's connections, in order. */
  readonly answers: readonly Message[];
  /** 1xx answers but 101. */
  readonly interims: readonly Message[];
  /** Everything the client got. */
  readonly text: string;
  /** Whether the proxy has closed the client's last connection, in whatever way. */
  readonly isClosed: boolean;
  /** Requests at the backend; the last one of a connection may be cut. */
  readonly requests: readonly Message[];
  /** Everything the backend got. */
  readonly backendText: string;
  /** Connections to the backend that brought it something, and how many of them are still open. */
  readonly connections: number;
  readonly openConnections: number;
}

export function observe(
  clients: readonly RawClient[],
  methods: readonly string[],
  backend: BackendSight,
): Observed {
  const all: Message[] = [];
  for (const client of clients) {
    const rest = methods.slice(all.filter((message) => message.status >= 200).length);
    // A reset is no orderly end: a body that only the end delimits is cut then.
    all.push(...readAnswers(client.text, rest, client.isEnded && client.error === null));
  }
  const last = clients.at(-1);
  return {
    answers: all.filter(({ status }) => status >= 200 || status === 101 || status === 0),
    interims: all.filter(({ status }) => status >= 100 && status < 200 && status !== 101),
    text: clients.map((client) => client.text).join(''),
    isClosed: last === undefined || last.isEnded || last.isClosed,
    ...backend,
  };
}
