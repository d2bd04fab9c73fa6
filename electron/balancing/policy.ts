/** What a policy may know of a backend. */
export interface Candidate {
  readonly weight: number;
  /** Exchanges it serves right now. */
  readonly inFlight: number;
  /** Whether it may be picked at all: the policy passes over the others. */
  isAvailable(): boolean;
}

/** How a pool picks a backend. One instance belongs to one pool and keeps what it must remember. */
export interface Policy {
  /**
   * @param candidates all backends of the pool, in the order of the config
   * @param tried backends this exchange has already failed at; never picked again
   * @returns null when none is left
   */
  pick<C extends Candidate>(candidates: readonly C[], tried: readonly C[]): C | null;
}
