import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { ListenerTls } from '../../../shared/view/snapshot.ts';

/** A certificate that is not the one this listener is known to have. */
const NOT_OURS = 'it answers with another certificate than that of this listener';

/**
 * Opens a connection to a listener of our own. Whoever signed its certificate and whatever it names: it has to be the very
 * one that the listener is known to speak with.
 *
 * @param tls null for plain http
 * @param onReady the handshake is over
 */
export function connectToOwn(to: URL, tls: ListenerTls | null, onReady: (socket: Socket) => void): Socket {
  const host = to.hostname.replace(/^\[|\]$/g, '');
  if (tls === null) {
    const socket = connect({ host, port: Number(to.port || 80) }, () => onReady(socket));
    return socket;
  }
  // The certificate is compared below, which is stricter than what is switched off here.
  const options = {
    host,
    port: Number(to.port || 443),
    rejectUnauthorized: false,
    ALPNProtocols: ['http/1.1'],
  };
  const socket = connectTls(options, () => {
    if (socket.getPeerX509Certificate()?.fingerprint256 === tls.fingerprint) onReady(socket);
    else socket.destroy(new Error(NOT_OURS));
  });
  return socket;
}
