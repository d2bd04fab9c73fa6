import type { CommandToAllow } from '../../shared/config/config-document.ts';
import type { ConfigReach } from '../services/config/config-reach.ts';

/** What main asks the user about, with everything the user has to see. */
export type ConsentRequest =
  | ConfigRequest
  | {
      readonly kind: 'commands';
      /** Of the config; null for one that is in no file. */
      readonly path: string | null;
      readonly commands: readonly CommandToAllow[];
    }
  | { readonly kind: 'control-api'; readonly address: string }
  | { readonly kind: 'launch-at-login' };

export interface ConfigRequest {
  readonly kind: 'config';
  /** Why it is asked: a file was opened, the open file was changed on disk, or the window or a program changed it. */
  readonly occasion: 'opened' | 'changed-on-disk' | 'edited';
  /** Of the file; null for a config that is in none yet. */
  readonly path: string | null;
  /** Of all of it where it was opened; of what is new otherwise. */
  readonly reach: ConfigReach;
  /** Commands that the user has not allowed yet. */
  readonly commands: readonly CommandToAllow[];
}

/** `yes` allows all that was shown but the commands. */
export type ConsentAnswer = 'no' | 'yes' | 'yes-and-run';

/** Asks the user. Resolves with `no` for whatever is no clear yes. */
export type AskUser = (request: ConsentRequest) => Promise<ConsentAnswer>;
