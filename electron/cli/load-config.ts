import { dirname } from 'node:path';
import { fail, ok, type Result } from '../../shared/calls/result.ts';
import type { Config, ConfigIssue } from '../../shared/config/config.ts';
import type { ConfigFile } from '../services/config/config-file.ts';
import { parseConfig } from '../services/config/parse.ts';
import { loadCertificates } from '../services/tls/load-certificates.ts';
import { ownCertificateFolder } from '../services/tls/own-certificate.ts';

/** Why there is no config: a sentence for each thing wrong, with its place in the file where there is one. */
export type Trouble = readonly [string, ...string[]];

export interface LoadedConfig {
  readonly text: string;
  readonly config: Config;
}

export async function loadConfig(file: ConfigFile): Promise<Result<LoadedConfig, Trouble>> {
  const text = await file.load();
  if (!text.ok) return fail([text.error]);
  const parsed = parseConfig(text.value);
  const places = { folder: folderOf(file), ownFolder: certificateFolder() };
  const config = parsed.ok ? await loadCertificates(parsed.value, text.value, places) : parsed;
  return config.ok
    ? ok({ text: text.value, config: config.value })
    : fail(troubleOf(config.error, file.path));
}

/** One that is in no file, and names none. */
export function parseInternal(text: string): LoadedConfig {
  const config = parseConfig(text);
  if (!config.ok) throw new Error(config.error.map(({ message }) => message).join('\n'));
  return { text, config: config.value };
}

/** What the paths in a config start from; in one of no file, from where the command was called. */
export function folderOf(file: ConfigFile | null): string {
  return file ? dirname(file.path) : process.cwd();
}

/** Of the certificate that Switchyard makes. */
export function certificateFolder(): string {
  return ownCertificateFolder(process.env, process.platform);
}

export function troubleOf(issues: readonly ConfigIssue[], path: string): Trouble {
  const [first = `${path} is no config`, ...rest] = issues.map((issue) => withPlace(issue, path));
  return [first, ...rest];
}

/** All of it in one line: the first, and how to see the others. */
export function inOneLine([first, ...others]: Trouble, path: string): string {
  return others.length === 0
    ? first
    : `${first}, and ${others.length} more: switchyard check --config ${path}`;
}

function withPlace({ message, line, column }: ConfigIssue, path: string): string {
  return line === undefined ? `${message} (${path})` : `${message} (${path}:${line}:${column})`;
}
