import type { Result } from '../../shared/calls/result.ts';
import type { Config } from '../../shared/config/config.ts';
import type { ConfigDocument } from '../../shared/config/config-document.ts';
import type { Demo } from '../services/demo/demo-backends.ts';
import type { CommandTrust } from './command-trust.ts';
import type { ConfigConsent } from './config-consent.ts';

export interface ConfigServiceParts {
  /** Puts a config in force, or says in a sentence why it cannot be. */
  readonly apply: (config: Config, how: ApplyOptions) => Promise<Result<null, { readonly message: string }>>;
  /** Which commands the user has allowed. */
  readonly trust: Pick<CommandTrust, 'toAllow'>;
  /** Whether the user has said yes to what a config does. */
  readonly consent: Pick<ConfigConsent, 'requestFor' | 'ask' | 'askCommands' | 'remember'>;
  readonly onChange: (document: ConfigDocument) => void;
  /** A file is the one that is open from here on. */
  readonly onOpened: (path: string) => void;
  readonly startDemo: () => Promise<Demo>;
  /** One line for the user. */
  readonly notify: (notice: string) => void;
  /** Of the certificate that Switchyard makes. */
  readonly certificateFolder: string;
  /** Where the user's own config goes when they have named no file. */
  readonly defaultPath: string;
}

export interface ApplyOptions {
  /** Whether what can be had of it is wanted, when not all can. */
  readonly keepGoing: boolean;
  /** What commands start from. */
  readonly folder: string;
}

/** Before anything was opened. */
export const NO_DOCUMENT: ConfigDocument = {
  text: '',
  revision: 0,
  path: null,
  isDemo: false,
  fileIssues: [],
  toAllow: [],
};
