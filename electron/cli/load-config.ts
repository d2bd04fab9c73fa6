import type { Config, ConfigIssue } from '../../shared/config.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { ConfigFile } from '../config/config-file.ts';
import { parseConfig } from '../config/parse.ts';

/** Why there is no config: a sentence for each thing wrong, with its place in the file where there is one. */
export type Trouble = readonly [string, ...string[]];

export async function loadConfig(file: ConfigFile): Promise<Result<Config, Trouble>> {
  const text = await file.load();
  return text.ok ? readConfig(text.value, file.path) : fail([text.error]);
}

export function readConfig(text: string, path: string): Result<Config, Trouble> {
  const config = parseConfig(text);
  if (config.ok) return ok(config.value);
  const [first = `${path} is no config`, ...rest] = config.error.map((issue) => withPlace(issue, path));
  return fail([first, ...rest]);
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
