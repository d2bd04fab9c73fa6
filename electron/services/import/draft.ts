import type { Result } from '../../../shared/calls/result.ts';
import type { PolicyName } from '../../../shared/config/policies.ts';

/** A config on its way from another program's file, in the words of ours. */
export interface Draft {
  readonly pools: readonly DraftPool[];
  /** Where nothing says which, each pool gets a listener of its own. */
  readonly listeners: readonly DraftListener[];
}

export interface DraftPool {
  readonly name: string;
  /** Where it comes from, for the comment above it. */
  readonly origin: string;
  readonly policy: DraftPolicy;
  /** In the order of the file. */
  readonly servers: readonly DraftServer[];
  /** Further fields as the config has them; what is undefined is left out. */
  readonly settings: Readonly<Record<string, unknown>>;
}

export type DraftPolicy =
  | PolicyName
  | { readonly name: PolicyName; readonly header?: string; readonly cookie?: string };

/** As the config has it; what is undefined is left out. */
export interface DraftServer {
  readonly url?: string;
  readonly command?: string;
  readonly name?: string | undefined;
  readonly weight?: number | undefined;
  readonly maxConnections?: number | undefined;
  readonly backup?: true | undefined;
  readonly insecure?: true | undefined;
  readonly cwd?: string | undefined;
  readonly healthCheck?: Readonly<Record<string, unknown>> | undefined;
}

export interface DraftListener {
  readonly address: string;
  readonly name?: string;
  readonly tls?: 'self-signed';
  readonly defaultPool: string;
  readonly routes: readonly DraftRoute[];
}

export interface DraftRoute {
  readonly host?: string | undefined;
  readonly path?: string | undefined;
  readonly pool?: string;
  readonly respond?: { readonly status: number; readonly body?: string | undefined };
  readonly redirect?: { readonly to: string; readonly status: number };
  readonly stripPrefix?: true | undefined;
  readonly replacePrefix?: string | undefined;
}

/** Tells the user what was not taken over as it stands, and why. Lines count from 1. */
export type Say = (line: number | null, words: string) => void;

/** Why a file could not be read; `words` is a whole sentence with the mend. */
export interface Unreadable {
  readonly line: number | null;
  readonly words: string;
}

/** A reader of one format. Pure; whatever the text, it does not throw. */
export type Reader = (text: string, say: Say) => Result<Draft, Unreadable>;
