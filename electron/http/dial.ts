import { connect, type Socket } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import type { BackendConfig } from '../../shared/config.ts';
import { formatDuration } from '../../shared/duration.ts';
import { describeSocketError } from '../../shared/socket-error.ts';
import type { DrawnFaults } from '../faults/backend-faults.ts';
import { FaultySocket } from '../faults/faulty-socket.ts';
import { type LargeBuffers, SocketReader } from './socket-reader.ts';
import type { WireSocket } from './wire-socket.ts';

/** The last TLS session a backend offered: the next handshake resumes it, and spares both sides the costly part. */
export class TlsSessions {
  #last: Buffer | null = null;

  keep(session: Buffer): void {
    this.#last = session;
  }

  resumable(): { session?: Buffer } {
    return this.#last ? { session: this.#last } : {};
  }
}

export interface DialOptions {
  readonly timeoutMs: number;
  readonly sessions: TlsSessions;
  readonly larges: LargeBuffers;
  readonly faults: DrawnFaults | null;
}

export interface Dialling {
  cancel(): void;
}

/**
 * Opens a connection to a backend, TLS handshake included.
 *
 * @param options.timeoutMs for all of it
 * @param options.faults what the connection has to put up with; null for nothing
 * @param onDone called once, never before `dial` returns; the words say why there is no socket
 */
export function dial(
  backend: BackendConfig,
  options: DialOptions,
  onDone: (socket: WireSocket | null, words: string, reader: SocketReader) => void,
): Dialling {
  const { faults } = options;
  if (faults && (faults.plan.isRefused || faults.plan.isInPlaceOfBackend))
    return pretend(faults, new SocketReader(options.larges), onDone);
  const { host, port, protocol } = backend.origin;
  const isTls = protocol === 'https';
  const { timeoutMs, sessions, larges } = options;
  const reader = new SocketReader(larges);
  const target = { host, port, noDelay: true, allowHalfOpen: true };
  const socket: Socket | TLSSocket = isTls
    ? connectTls({
        ...target,
        servername: isIpLiteral(host) ? '' : host,
        rejectUnauthorized: !backend.insecure,
        ...sessions.resumable(),
      }).on('session', (session) => sessions.keep(session))
    : connect({ ...target, ...(faults ? {} : { onread: reader.onread }) });
  if (isTls && !faults) reader.attach(socket);
  const timer = setTimeout(() => finish(`no connection within ${formatDuration(timeoutMs)}`), timeoutMs);
  const onError = (error: Error) => finish(describeSocketError(error));
  const onReady = () => finish(null);
  const finish = (words: string | null): void => {
    clearTimeout(timer);
    socket.off('error', onError);
    socket.off(isTls ? 'secureConnect' : 'connect', onReady);
    if (words === null) {
      onDone(faults ? withFaults(socket, faults, reader) : socket, '', reader);
      return;
    }
    // A socket that is being torn down may still report; nobody is waiting for that any more.
    socket.on('error', () => undefined);
    socket.destroy();
    onDone(null, words, reader);
  };
  socket.once('error', onError);
  socket.once(isTls ? 'secureConnect' : 'connect', onReady);
  return {
    cancel: () => {
      clearTimeout(timer);
      socket.removeAllListeners();
      socket.on('error', () => undefined);
      socket.destroy();
    },
  };
}

/** What comes of dialling when nothing gets as far as the backend. */
function pretend(
  faults: DrawnFaults,
  reader: SocketReader,
  onDone: (socket: WireSocket | null, words: string, reader: SocketReader) => void,
): Dialling {
  const soon = setImmediate(() => {
    if (faults.plan.isRefused) onDone(null, 'connection refused', reader);
    else onDone(withFaults(null, faults, reader), '', reader);
  });
  return { cancel: () => clearImmediate(soon) };
}

function withFaults(socket: Socket | null, faults: DrawnFaults, reader: SocketReader): WireSocket {
  const faulty = new FaultySocket(socket, faults.plan);
  faults.onConnected(faulty);
  reader.attach(faulty);
  return faulty;
}

/** RFC 6066 section 3: an address is not a server name. */
function isIpLiteral(host: string): boolean {
  return host.includes(':') || /^[\d.]+$/.test(host);
}
