import type { Backend } from '../../pool/backend.ts';
import type { Pool } from '../../pool/pool.ts';
import type { BackendConnection } from '../backend/backend-connection.ts';
import type { Fields } from '../message/fields.ts';

/**
 * The backend connections that belong to one client's connection, because the client has authenticated on them or is about
 * to (NTLM, Negotiate: RFC 4559 section 6). Nobody else is ever served on them, and they end with the client's connection.
 */
export class PrivateConnections {
  /** Those that no attempt uses, one for each backend. */
  readonly #resting = new Map<Backend, BackendConnection>();

  /** Takes one whose exchange is over. @param keepAliveSeconds what the backend says of how long it keeps it; null for nothing */
  keep(backend: Backend, connection: BackendConnection, keepAliveSeconds: number | null): void {
    this.#resting.get(backend)?.destroy();
    connection.rest(keepAliveSeconds === null ? Number.POSITIVE_INFINITY : keepAliveSeconds * 1_000);
    this.#resting.set(backend, connection);
  }

  /** The backend of this pool that has one; null for none. */
  backendIn(pool: Pool): Backend | null {
    for (const [backend, connection] of this.#resting) {
      if (connection.socket.destroyed) this.#resting.delete(backend);
      else if (pool.backends.includes(backend)) return backend;
    }
    return null;
  }

  /** @returns null when there is none */
  take(backend: Backend): BackendConnection | null {
    const connection = this.#resting.get(backend) ?? null;
    this.#resting.delete(backend);
    return connection?.socket.destroyed ? null : connection;
  }

  /** The client's connection is closed. */
  close(): void {
    for (const connection of this.#resting.values()) connection.destroy();
    this.#resting.clear();
  }
}

/** Whether credentials or a challenge are of a scheme that authenticates the connection and not the request. */
export function authenticatesConnection(value: string): boolean {
  // Nothing but these two begins like them, and most values are of another scheme.
  const first = value.charCodeAt(0) | 0x20;
  return first === 0x6e && /^(?:ntlm|negotiate)(?:[ ,]|$)/i.test(value);
}

/** Whether a response of status 401 asks for such a scheme, alone or among others. */
export function challengesConnection(fields: Fields): boolean {
  for (let at = 0; at < fields.length; at += 2) {
    if (fields[at]?.toLowerCase() !== 'www-authenticate') continue;
    const members = (fields[at + 1] ?? '').split(',');
    if (members.some((member) => authenticatesConnection(member.trim()))) return true;
  }
  return false;
}
