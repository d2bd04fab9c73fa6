import type { Duplex } from 'node:stream';

/**
 * A connection to a client or a backend: the system's own, or one with faults at work on it. Those to backends emit
 * `writeFailed` when they carry a request body; see `makePatient`.
 */
export interface WireSocket extends Duplex {
  readonly localAddress?: string | undefined;
  readonly localPort?: number | undefined;
  readonly remotePort?: number | undefined;
  /** Of what has come from the other side. */
  readonly bytesRead?: number;
  /** Closes it when all that was written has gone out. */
  destroySoon(): void;
}
