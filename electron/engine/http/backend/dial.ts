import { Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { fail, ok, type Result } from '../../../../shared/calls/result.ts';
import type { BackendConfig } from '../../../../shared/config/config.ts';
import { formatDuration } from '../../../../shared/config/duration.ts';
import { causeOfSocketError, describeSocketError } from '../../../../shared/text/socket-error.ts';
import type { HealthCause } from '../../../../shared/view/health-cause.ts';
import type { DrawnFaults } from '../../faults/backend-faults.ts';
import { FaultySocket } from '../../faults/faulty-socket.ts';
import { lookupFor } from '../../system/localhost-lookup.ts';
import { makePatient } from './failed-writes.ts';
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

/** Why there is no connection. */
export interface DialFailure {
  /** `connection refused`. */
  readonly words: string;
  readonly cause: HealthCause;
}

export type OnDialled = (result: Result<WireSocket, DialFailure>, reader: SocketReader) => void;

const REFUSED: DialFailure = { words: 'connection refused', cause: { kind: 'refused' } };

export interface Dialling {
  cancel(): void;
}

/**
 * Opens a connection to a backend, TLS handshake included.
 *
 * @param options.timeoutMs for all of it
 * @param options.faults what the connection has to put up with; null for nothing
 * @param onDone called once, never before `dial` returns
 */
export function dial(backend: BackendConfig, options: DialOptions, onDone: OnDialled): Dialling {
  const { faults } = options;
  if (faults && (faults.plan.isRefused || faults.plan.isInPlaceOfBackend))
    return pretend(faults, new SocketReader(options.larges), onDone);
  const { host, port, protocol } = backend.origin;
  const isTls = protocol === 'https';
  const { timeoutMs, sessions, larges } = options;
  const reader = new SocketReader(larges);
  const target = { host, port, noDelay: true, allowHalfOpen: true, ...lookupFor(host) };
  const socket = isTls
    ? connectTls({
        ...target,
        servername: isIpLiteral(host) ? '' : host,
        rejectUnauthorized: !backend.insecure,
        ...sessions.resumable(),
      }).on('session', (session) => sessions.keep(session))
    : new Socket({ ...target, ...(faults ? {} : { onread: reader.onread }) }).connect(target);
  if (isTls && !faults) reader.attach(socket);
  const onTimeout = () =>
    finish({ words: `no connection within ${formatDuration(timeoutMs)}`, cause: { kind: 'unreachable' } });
  const timer = setTimeout(onTimeout, timeoutMs);
  const onError = (error: Error) =>
    finish({ words: describeSocketError(error), cause: causeOfSocketError(error) });
  const onReady = () => finish(null);
  const finish = (failure: DialFailure | null): void => {
    clearTimeout(timer);
    socket.off('error', onError);
    socket.off(isTls ? 'secureConnect' : 'connect', onReady);
    if (failure === null) {
      onDone(ok(faults ? withFaults(socket, faults, reader) : socket), reader);
      return;
    }
    // A socket that is being torn down may still report; nobody is waiting for that any more.
    socket.on('error', () => undefined);
    socket.destroy();
    onDone(fail(failure), reader);
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
function pretend(faults: DrawnFaults, reader: SocketReader, onDone: OnDialled): Dialling {
  const soon = setImmediate(() => {
    if (faults.plan.isRefused) onDone(fail(REFUSED), reader);
    else onDone(ok(withFaults(null, faults, reader)), reader);
  });
  return { cancel: () => clearImmediate(soon) };
}

function withFaults(socket: Socket | null, faults: DrawnFaults, reader: SocketReader): WireSocket {
  const faulty = new FaultySocket(socket && makePatient(socket), faults.plan);
  faults.onConnected(faulty);
  reader.attach(faulty);
  return faulty;
}

/** RFC 6066 section 3: an address is not a server name. */
function isIpLiteral(host: string): boolean {
  return host.includes(':') || /^[\d.]+$/.test(host);
}
