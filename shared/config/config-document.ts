import type { ConfigIssue } from './config.ts';

/** The config as a document: its text, where it lives, and what is wrong with what is on disk. */
export interface ConfigDocument {
  /** The text the engine runs. */
  readonly text: string;
  /** Rises with every change, whoever made it; an edit names the revision it was made from. */
  readonly revision: number;
  /** Absolute path; null for the demo, which is never saved. */
  readonly path: string | null;
  readonly isDemo: boolean;
  /** When the file on disk cannot be used: why. The engine goes on with `text`. */
  readonly fileIssues: readonly ConfigIssue[];
  /** Commands of the config in force that do not run, because the user has not allowed them yet. */
  readonly toAllow: readonly CommandToAllow[];
  /** What is on disk, when it can be read but not used. */
  readonly fileText?: string | undefined;
  /** The change that can be taken back, in words; nothing when there is none. */
  readonly undo?: string | undefined;
  /** The change that was taken back and can be made again. */
  readonly redo?: string | undefined;
}

export type HistoryDirection = 'undo' | 'redo';

/** A config that was open before. */
export interface RecentFile {
  /** Absolute. */
  readonly path: string;
  readonly isMissing: boolean;
}

/** What a text would change of what is in force, and what follows from that, each in words. */
export interface ConfigReview {
  /** None when only comments and layout differ. */
  readonly changes: readonly string[];
  readonly effects: readonly string[];
}

/** A server that is a command, with all that decides what it does to this machine. */
export interface CommandToAllow {
  readonly pool: string;
  readonly name: string;
  readonly command: string;
  readonly instances: number;
  /** Absolute. */
  readonly cwd: string;
  /** On top of the environment of Switchyard itself. */
  readonly env: Readonly<Record<string, string>>;
}

export type ConfigFailure =
  | { readonly code: 'invalid'; readonly issues: readonly ConfigIssue[] }
  | { readonly code: 'conflict'; readonly message: string }
  | { readonly code: 'not-applied'; readonly message: string }
  | { readonly code: 'not-saved'; readonly message: string };
