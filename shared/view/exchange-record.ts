import type { PolicyName } from '../config/policies.ts';
import type { BodyView, CapturedBodies } from './captured-body.ts';
import type { Refusal, RefusalCode } from './refusal.ts';
import type { ForcedHealth, Health } from './snapshot.ts';

/** Why a backend could not be picked. `tried`: this exchange had failed at it; `backup`: others could serve. */
export type LeftOut =
  | 'disabled'
  | 'draining'
  | 'forced-down'
  | 'down'
  | 'ejected'
  | 'full'
  | 'tried'
  | 'backup';

/** A backend as it stood just before a pick. */
export interface PickCandidate {
  readonly backend: string;
  /** What counted then: less than the config's while it starts slowly. */
  readonly weight: number;
  readonly inFlight: number;
  readonly health: Health;
  readonly forced: ForcedHealth;
  /** Null when it could have been picked. */
  readonly leftOut: LeftOut | null;
}

/** Why an attempt went where it went, or why there was none. */
export interface PickExplanation {
  readonly policy: PolicyName;
  /** Why this one of the candidates: `it was its turn`, `1 in flight, the fewest`. */
  readonly words: string;
  /** All backends of the pool, in the order of the config. */
  readonly candidates: readonly PickCandidate[];
}

/** What was wrong with a response head and read all the same: a line ended by LF alone, a value over several lines. */
export type ResponseRepair = 'bare-lf' | 'folded';

/** One try of an exchange at one backend. */
export interface AttemptRecord {
  readonly backend: string;
  /** From the start of the exchange, milliseconds. */
  readonly startMs: number;
  readonly durationMs: number;
  /** From the start of the attempt to a connection, milliseconds; 0 over a kept one, null without one or when nobody watched. */
  readonly connectedMs: number | null;
  /** From the start of the attempt to the head of the answer, milliseconds; null likewise. */
  readonly answeredMs: number | null;
  /** `null` when the attempt gave the answer; otherwise what went wrong, in words. */
  readonly failure: string | null;
  /** Whether the backend is to blame for that. */
  readonly hasFailed: boolean;
  /** What was repaired in the head of its response; empty for nothing. */
  readonly repairs: readonly ResponseRepair[];
  /** What was simulated at it: `latency 213 ms`; empty for nothing. */
  readonly faults: readonly string[];
  /** Null when nobody watched. */
  readonly why: PickExplanation | null;
}

export interface ExchangeRecord {
  /** In the order they ended. */
  readonly id: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly listener: string;
  /** Null for a request that was answered without one. */
  readonly pool: string | null;
  readonly client: string;
  /** Of the connection it came on. */
  readonly clientPort: number;
  /** Empty, like the target, when what came was not a readable request. */
  readonly method: string;
  /** Of a request that was refused before it was read: percent-encoded where needed, and cut after 1,024 characters. */
  readonly target: string;
  /** What the client saw; 499 when it left before the answer, 0 when nothing could be sent. */
  readonly status: number;
  /** The backend that answered; null when none did. */
  readonly backend: string | null;
  readonly durationMs: number;
  /** Body bytes from the client, and to it; the balancer's own words are not counted. */
  readonly bytesIn: number;
  readonly bytesOut: number;
  readonly attempts: readonly AttemptRecord[];
  /** Why no backend was left for it; null unless it was answered 503, and when nobody watched. */
  readonly unserved: PickExplanation | null;
  /** Why Switchyard itself sent an error response; null when it did not. */
  readonly refusal: Refusal | null;
}

/**
 * The heads of an exchange, as they went over the wire: every line with its CRLF, one character a byte, the empty line
 * where it was at hand. `parseHead` reads them.
 */
export interface RecordedHeads {
  /** As the client sent it. */
  readonly request: string;
  /** As the last backend that was asked got it; null when none did. */
  readonly forwarded: string | null;
  /** As the client got it; null when there was no answer. */
  readonly answer: string | null;
}

/** All that is known of one exchange. */
export interface ExchangeDetail extends ExchangeRecord {
  /** Null when nobody watched as it ended, or too much has come since. */
  readonly heads: RecordedHeads | null;
  /** Null when capture was off for its pool, or too much has come since. */
  readonly bodies: CapturedBodies | null;
}

/** The same with its bodies as people read them. */
export interface ExchangeView extends Omit<ExchangeDetail, 'bodies'> {
  readonly bodies: { readonly request: BodyView; readonly answer: BodyView } | null;
}

/** An exchange as a line in the log; the rest is there to be asked for. */
export interface ExchangeLine extends Omit<ExchangeRecord, 'attempts' | 'unserved' | 'refusal'> {
  /** How many attempts there were. */
  readonly tries: number;
  /** Why Switchyard itself sent an error response; null when it did not. */
  readonly refused: RefusalCode | null;
}

/** What the log gained. */
export interface LogBatch {
  /** Oldest first, `LINES_A_BATCH` at most; those that failed or were tried again are the last to be left out. */
  readonly lines: readonly ExchangeLine[];
  /** How many more there were. */
  readonly skipped: number;
}

/** A hundred and sixty a second: more than anybody reads, and under the 50 kB a second that the window is sent at most. */
export const LINES_A_BATCH = 40;
/** The engine remembers this many exchanges. */
export const EXCHANGES_KEPT = 5_000;
