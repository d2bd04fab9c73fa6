import { basename, dirname } from 'node:path';
import { fail, ok, type Result } from '../../../shared/calls/result.ts';
import type { ConfigIssue } from '../../../shared/config/config.ts';
import type { ImportReview } from '../../../shared/config/import-review.ts';
import type { FindCheck } from './fit-checks.ts';
import { kindOf } from './source-kind.ts';

export interface ForeignOptions {
  /** Which others listen on. */
  readonly takenPorts?: readonly number[];
  readonly findCheck: FindCheck;
}

/**
 * What another program's file comes to as a config, or what is wrong with it; null when it is none of another program's.
 *
 * @param path absolute
 * @param folder of the new config; commands run in the folder of the file wherever that is
 */
export async function readForeign(
  path: string,
  text: string,
  folder: string,
  { takenPorts = [], findCheck }: ForeignOptions,
): Promise<Result<ImportReview, ConfigIssue> | null> {
  const name = basename(path);
  const kind = kindOf(name, text);
  if (kind === null) return null;
  // Most starts read no other program's file, and the reader of YAML is as large as all else of the command line.
  const { importWithChecks } = await import('./import-config.ts');
  const source = dirname(path);
  const from = { kind, name, text, folder: source === folder ? null : source, takenPorts };
  const read = await importWithChecks(from, findCheck);
  return read.ok ? ok({ kind, path, ...read.value }) : fail(read.error);
}
