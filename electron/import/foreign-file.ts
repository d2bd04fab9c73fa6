import { basename, dirname } from 'node:path';
import type { ConfigIssue } from '../../shared/config.ts';
import type { ImportReview } from '../../shared/import-review.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { kindOf } from './source-kind.ts';

/**
 * What another program's file comes to as a config, or what is wrong with it; null when it is none of another program's.
 *
 * @param path absolute
 * @param folder of the new config; commands run in the folder of the file wherever that is
 * @param takenPorts which others listen on
 */
export async function readForeign(
  path: string,
  text: string,
  folder: string,
  takenPorts: readonly number[] = [],
): Promise<Result<ImportReview, ConfigIssue> | null> {
  const name = basename(path);
  const kind = kindOf(name, text);
  if (kind === null) return null;
  // Most starts read no other program's file, and the reader of YAML is as large as all else of the command line.
  const { importConfig } = await import('./import-config.ts');
  const source = dirname(path);
  const read = importConfig({ kind, name, text, folder: source === folder ? null : source, takenPorts });
  return read.ok ? ok({ kind, path, ...read.value }) : fail(read.error);
}
