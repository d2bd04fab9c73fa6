/** A server that listens on loopback and answers HTTP. */
export interface FoundServer {
  /** As a config would have it: `http://localhost:5001`. */
  readonly url: string;
  readonly port: number;
  /** The status of `GET /`. */
  readonly status: number;
  /** Of the page it answered with. */
  readonly title: string | null;
  /** Its Server header. */
  readonly software: string | null;
  readonly owner: PortOwner;
}

/** Who listens on a port, as far as the system tells. */
export interface PortOwner {
  readonly kind: 'process' | 'container' | 'unknown';
  /** A package's name, a script, a program or a container. */
  readonly name: string;
  /** Its command line, or the container's image; null where the system does not tell. */
  readonly detail: string | null;
  /** Where a process runs. */
  readonly folder: string | null;
  readonly pid: number | null;
}

/** Servers that are likely copies of one service. */
export interface FoundGroup {
  readonly name: string;
  /** By port. */
  readonly servers: readonly FoundServer[];
}

/** A port that is listened on and does not speak HTTP. */
export interface SilentPort {
  readonly port: number;
  readonly owner: PortOwner;
  /** Completes `port 5432 …`: `did not answer within 1 s`. */
  readonly reason: string;
}

export interface Discovery {
  readonly groups: readonly FoundGroup[];
  readonly silent: readonly SilentPort[];
  /** What could not be looked at, in a sentence; null when all could. */
  readonly trouble: string | null;
}

export interface DiscoveryProgress {
  readonly asked: number;
  readonly ports: number;
}
