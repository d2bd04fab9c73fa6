/** What a policy may know of a backend. */
export interface Candidate {
  /** Unique in the pool, and the same after a restart: what a hash goes by. */
  readonly name: string;
  /** What counts now: less than the config's while the backend starts slowly. */
  readonly weight: number;
  /** Of what it is due when it is warm: 1, or less while it starts slowly. For policies that do not go by weight. */
  readonly share: number;
  /** Exchanges it serves right now. */
  readonly inFlight: number;
  /** Whether it may be picked at all: the policy passes over the others. */
  isAvailable(): boolean;
}

/** What a policy may ask of a request. Read on demand, so that a policy that asks nothing costs nothing. */
export interface PickRequest {
  /** The client's IP address: as its connection has it, or as a trusted proxy tells it. */
  readonly clientAddress: string;
  /** The target without its query. */
  readonly path: string;
  /** All lines of a field, joined by `, ` (RFC 9110 section 5.3); null without any. The case of the name is ignored. */
  header(name: string): string | null;
  /** The first cookie of that name (RFC 6265 section 4.2.1), as it came; null without one. */
  cookie(name: string): string | null;
}

/** How a pool picks a backend. One instance belongs to one pool and keeps what it must remember. */
export interface Policy {
  /**
   * @param candidates the backends to pick from, in the order of the config
   * @param tried backends this exchange has already failed at; never picked again
   * @returns null when none is left
   */
  pick<C extends Candidate>(candidates: readonly C[], tried: readonly C[], request: PickRequest): C | null;

  /**
   * Why the pick just made fell on this candidate, in words that end a sentence: `it was its turn`. Asked at once after
   * the pick, and only while somebody watches.
   */
  why(picked: Candidate, request: PickRequest): string;

  /**
   * Told of every attempt, by the policies that go by latency.
   *
   * @param latencyMs from its start to the head of the answer; without an answer, to where it was given up
   */
  observe?(candidate: Candidate, latencyMs: number): void;

  /** The `Set-Cookie` that goes with an answer of this candidate's; null for none. */
  cookieFor?(candidate: Candidate, request: PickRequest): string | null;
}

/** Whether a policy may pick this one. */
export function isUsable<C extends Candidate>(candidate: C, tried: readonly C[]): boolean {
  return candidate.isAvailable() && !tried.includes(candidate);
}
