import type { PolicyName } from './policies.ts';

/** The programs whose files are read as a config. */
export type ImportKind = 'compose' | 'procfile' | 'nginx' | 'haproxy';

/** What a file of another program comes to as a config. Nothing is written or run before the user has said where to. */
export interface ImportReview {
  readonly kind: ImportKind;
  /** Absolute path of the file, which is only read. */
  readonly path: string;
  /** A valid config, with comments. */
  readonly text: string;
  readonly pools: readonly ImportedPool[];
  /** Where it would listen: `:8080`. */
  readonly listeners: readonly string[];
  readonly notes: readonly ImportNote[];
}

export interface ImportedPool {
  readonly name: string;
  readonly policy: PolicyName;
  /** URLs, and commands as they would be run. */
  readonly servers: readonly string[];
}

/** Something that was not taken over as it stands. */
export interface ImportNote {
  /** In the file, from 1; null for the file as a whole. */
  readonly line: number | null;
  /** A whole sentence: what, and why. */
  readonly words: string;
}
