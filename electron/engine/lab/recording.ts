/** One request of the log that got a whole answer. */
export interface RecordedRequest {
  /** Milliseconds, of any clock. */
  readonly atMs: number;
  /** The IP address of the client. */
  readonly client: string;
  /** The target without its query. */
  readonly path: string;
  /** Which backend answered, and how long its attempt took. */
  readonly backend: string;
  readonly durationMs: number;
  /** From the request's arrival to the end of its answer, attempts that failed included. */
  readonly totalMs: number;
}

/** A backend as the replay takes it: there and well all the time. */
export interface LabMember {
  readonly name: string;
  readonly weight: number;
  readonly isBackup: boolean;
  /** Null for no limit. */
  readonly maxConnections: number | null;
}

/** All there is to replay. */
export interface Recording {
  /** In the order of the config. */
  readonly members: readonly LabMember[];
  /** In the order of their arrival, each at one of the members. */
  readonly requests: readonly RecordedRequest[];
}
