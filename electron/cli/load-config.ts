import type { Config, ConfigIssue } from '../../shared/config.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { ConfigFile } from '../config/config-file.ts';
import { parseConfig } from '../config/parse.ts';

/** Why there is no config: a sentence for each thing wrong, with its place in the file where there is one. */
export type Trouble = readonly [string, ...string[]];

export interface LoadedConfig {
  readonly text: string;
  readonly config: Config;
}

export async function loadConfig(file: ConfigFile): Promise<Result<LoadedConfig, Trouble>> {
  const text = await file.load();
  return text.ok ? readConfig(text.value, file.path) : fail([text.error]);
}

export function readConfig(text: string, path: string): Result<LoadedConfig, Trouble> {
  const config = parseConfig(text);
  return config.ok ? ok({ text, config: config.value }) : fail(troubleOf(config.error, path));
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
