import type { FaultSettings } from '../config/fault-schema.ts';

/** A fault at work on a backend, and what has come of it so far. */
export interface ActiveFault {
  /** As it is written: `latency 200ms±40ms affects=traffic`. */
  readonly text: string;
  readonly settings: FaultSettings;
  /** Milliseconds since the epoch. */
  readonly since: number;
  /** When it will be over; null when it is not told to end. */
  readonly endsAt: number | null;
  /** Requests and probes it has hit. */
  readonly requestsHit: number;
  readonly probesHit: number;
  /** Whether it will not hit another one: it was to hit so many, and has. */
  readonly isSpent: boolean;
}
