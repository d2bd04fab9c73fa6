import { once } from 'node:events';
import { TLSSocket } from 'node:tls';
import type { BackendConfig } from '../../../shared/config/config.ts';
import { SPEAKS_TLS } from '../../../shared/view/foreign-protocol.ts';
import type { HealthCause } from '../../../shared/view/health-cause.ts';
import type { Line } from './line.ts';
import type { ProbeResult } from './probe.ts';

/**
 * Finds out whether a backend whose URL says `http://` speaks TLS. Most TLS servers close a plain connection without a
 * word (Node, OpenSSL, HAProxy, Python), and some respond 400 (Go, nginx, Apache). So the only sure way is a handshake.
 * It is tried once, and again after a probe has passed.
 */
export class TlsHint {
  #isKnown = false;

  /** @returns the same result, or that the backend speaks TLS */
  async explain({ origin }: BackendConfig, line: Line, result: ProbeResult): Promise<ProbeResult> {
    if (result.hasPassed) this.#isKnown = false;
    if (result.hasPassed || this.#isKnown || origin.protocol === 'https' || !mayBeTls(result.cause))
      return result;
    this.#isKnown = true;
    line.soFar = result;
    const target = { host: origin.host, port: origin.port, isTls: true, insecure: true };
    const socket = line.open(target, null);
    // In place of the backend, a simulated fault takes any handshake.
    if (!(socket instanceof TLSSocket)) return result;
    try {
      await once(socket, 'secureConnect');
    } catch {
      return result;
    }
    this.#isKnown = false;
    return { ...result, words: SPEAKS_TLS, cause: { kind: 'speaks-tls' } };
  }
}

function mayBeTls(cause: HealthCause): boolean {
  return (
    cause.kind === 'closed' || cause.kind === 'reset' || (cause.kind === 'status' && cause.status === 400)
  );
}
