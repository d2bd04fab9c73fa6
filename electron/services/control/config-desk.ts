import { createHash } from 'node:crypto';
import type { Result } from '../../../shared/calls/result.ts';
import type { ConfigFailure } from '../../../shared/config/config-document.ts';

/** The config in force as its owner hands it out. */
export interface ConfigInForce {
  readonly text: string;
  /** Names this text; another text has another. */
  readonly revision: string;
  /** Absolute; null when it is in no file. */
  readonly path: string | null;
}

/** Whoever owns the config: what is in force, and how it becomes another. */
export interface ConfigDesk {
  current(): ConfigInForce;
  /** @param revision of the text this one was made from; null when whatever is in force may go */
  replace(text: string, revision: string | null): Promise<Result<ConfigInForce, ConfigFailure>>;
  /** Reads the file again. */
  reload(): Promise<Result<ConfigInForce, ConfigFailure>>;
}

/** The text itself names it, so that a revision means the same after a restart. */
export function revisionOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 22);
}
