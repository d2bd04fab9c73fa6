import { connect, type Socket } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import type { BackendConfig } from '../../shared/config.ts';
import { formatDuration } from '../../shared/duration.ts';
import { describeSocketError } from '../../shared/socket-error.ts';
import { type LargeBuffers, SocketReader } from './socket-reader.ts';

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

export interface Dialling {
  cancel(): void;
}

/**
 * Opens a connection to a backend, TLS handshake included.
 *
 * @param options.timeoutMs for all of it
 * @param onDone called once, never before `dial` returns; the words say why there is no socket
 */
export function dial(
  backend: BackendConfig,
  options: { readonly timeoutMs: number; readonly sessions: TlsSessions; readonly larges: LargeBuffers },
  onDone: (socket: Socket | null, words: string, reader: SocketReader) => void,
): Dialling {
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
    : connect({ ...target, onread: reader.onread });
  if (isTls) reader.attach(socket);
  const timer = setTimeout(() => finish(`no connection within ${formatDuration(timeoutMs)}`), timeoutMs);
  const onError = (error: Error) => finish(describeSocketError(error));
  const onReady = () => finish(null);
  const finish = (words: string | null): void => {
    clearTimeout(timer);
    socket.off('error', onError);
    socket.off(isTls ? 'secureConnect' : 'connect', onReady);
    if (words === null) {
      onDone(socket, '', reader);
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

/** RFC 6066 section 3: an address is not a server name. */
function isIpLiteral(host: string): boolean {
  return host.includes(':') || /^[\d.]+$/.test(host);
}
