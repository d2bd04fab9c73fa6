import type { Socket } from 'node:net';
import { createServer, type SecureContextOptions, type Server, type TLSSocket } from 'node:tls';
import type { ListenerCertificate } from '../../../../shared/config/config.ts';
import type { Deadlines, Expiring } from '../exchange/deadlines.ts';
import { connectionEnds } from './connection-ends.ts';
import { describeHandshakeError } from './handshake-error.ts';

/** From the connection to the end of its handshake. */
const HANDSHAKE_MS = 10_000;
/** RFC 8446 section 5.1: the type of the record that a client's hello comes in. */
const HANDSHAKE_RECORD = 22;

/** Who comes in, and how. */
export interface TlsDoorEvents {
  /** @param transport the connection below TLS */
  secured(socket: TLSSocket, transport: Socket): void;
  /** Somebody speaks something else, most likely plain http; not a byte has been taken. */
  plain(socket: Socket): void;
  /** A client's handshake failed; its connection is closed. */
  failed(client: string, reason: string): void;
}

/** Takes a listener's new connections through their TLS handshakes, each within a limit. */
export class TlsDoor {
  readonly #server: Server;
  readonly #deadlines: Deadlines;
  readonly #events: TlsDoorEvents;
  /** By the ends of the connection, which is all that TLS's own socket and the one below it have in common. */
  readonly #entering = new Map<string, Entering>();

  /** @throws when certificate and key are no pair */
  constructor(certificate: ListenerCertificate, deadlines: Deadlines, events: TlsDoorEvents) {
    this.#deadlines = deadlines;
    this.#events = events;
    // Never bound: it is handed the connections of the listener, which may be plain tomorrow.
    this.#server = createServer({ ...pair(certificate), ALPNProtocols: ['http/1.1'] });
    this.#server.on('secureConnection', (socket) => this.#secured(socket));
    this.#server.on('tlsClientError', (error, socket) =>
      events.failed(addressOf(socket), describeHandshakeError(error)),
    );
  }

  /** Another certificate, for handshakes from now on. */
  renew(certificate: ListenerCertificate): void {
    this.#server.setSecureContext(pair(certificate));
  }

  /** Connections that are on their way in. */
  get count(): number {
    return this.#entering.size;
  }

  enter(socket: Socket): void {
    const ends = endsOf(socket);
    const entering = new Entering(socket, this.#deadlines, () => this.#entering.delete(ends));
    this.#entering.set(ends, entering);
    socket.once('data', (bytes) => {
      socket.pause();
      socket.unshift(bytes);
      if (bytes[0] === HANDSHAKE_RECORD) this.#server.emit('connection', socket);
      else if (isLetter(bytes[0])) {
        entering.leave();
        this.#events.plain(socket);
      } else {
        this.#events.failed(addressOf(socket), 'the client speaks neither TLS nor HTTP');
        socket.destroy();
      }
    });
  }

  /** The listener closes: nobody who is still at the door gets in. */
  close(): void {
    for (const entering of [...this.#entering.values()]) entering.expire();
  }

  #secured(socket: TLSSocket): void {
    const entering = this.#entering.get(endsOf(socket));
    if (!entering) {
      socket.destroy();
      return;
    }
    entering.leave();
    this.#events.secured(socket, entering.socket);
  }
}

/** A connection on its way in. */
class Entering implements Expiring {
  readonly socket: Socket;
  deadlineMs: number;
  readonly #deadlines: Deadlines;
  readonly #onLeft: () => void;

  constructor(socket: Socket, deadlines: Deadlines, onLeft: () => void) {
    this.socket = socket;
    this.#deadlines = deadlines;
    this.#onLeft = onLeft;
    this.deadlineMs = deadlines.now() + HANDSHAKE_MS;
    deadlines.add(this);
    // Its `close` follows, and says all there is to say.
    socket.on('error', () => undefined);
    socket.on('end', this.expire);
    socket.on('close', this.leave);
  }

  readonly expire = (): void => {
    this.socket.destroy();
    this.leave();
  };

  /** It is in, or gone. */
  readonly leave = (): void => {
    this.socket.off('end', this.expire);
    this.socket.off('close', this.leave);
    this.#deadlines.remove(this);
    this.#onLeft();
  };
}

/**
 * TLS 1.2 and 1.3 only, whatever `NODE_OPTIONS` says, and only suites with forward secrecy and authenticated encryption
 * (RFC 9325, sections 3.1.1 and 4.2). Node's own list also allows CBC with SHA-1.
 */
const SUITES = [
  'TLS_AES_256_GCM_SHA384',
  'TLS_CHACHA20_POLY1305_SHA256',
  'TLS_AES_128_GCM_SHA256',
  'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-RSA-AES128-GCM-SHA256',
  'ECDHE-ECDSA-AES256-GCM-SHA384',
  'ECDHE-RSA-AES256-GCM-SHA384',
  'ECDHE-ECDSA-CHACHA20-POLY1305',
  'ECDHE-RSA-CHACHA20-POLY1305',
].join(':');

/** Read again for each certificate: what is not said then goes back to Node's own. */
function pair({ cert, key }: ListenerCertificate): SecureContextOptions {
  return { cert, key, minVersion: 'TLSv1.2', ciphers: SUITES };
}

/** Empty once it is closed. */
function addressOf(socket: Socket): string {
  return (socket.remoteAddress ?? '').replace(/^::ffff:/, '');
}

function endsOf(socket: Socket): string {
  return connectionEnds(socket.remoteAddress, socket.remotePort, socket.localPort);
}

/** As every HTTP method begins. */
function isLetter(byte = 0): boolean {
  return (byte >= 65 && byte <= 90) || (byte >= 97 && byte <= 122);
}
