import { dirname } from 'node:path';
import { findCheck } from '../engine/health/find-check.ts';
import { ConfigFile } from '../services/config/config-file.ts';
import { readForeign } from '../services/import/foreign-file.ts';
import { troubleOf } from './load-config.ts';
import { Output } from './output.ts';
import { print } from './print.ts';

/** Writes another program's file as a config to stdout, and what was not taken over to stderr. */
export async function importFile(path: string): Promise<number> {
  const output = new Output(false);
  const file = new ConfigFile(path, { mayBePipe: true });
  const text = await file.load();
  if (!text.ok) {
    output.error(text.error);
    return 1;
  }
  const read = await readForeign(file.path, text.value, dirname(file.path), { findCheck });
  if (!read?.ok) {
    const unknown =
      'is not a file that can be imported; give a docker-compose.yml, Procfile, nginx.conf or haproxy.cfg';
    const trouble = read ? troubleOf([read.error], path) : [`${path} ${unknown}`];
    for (const words of trouble) output.error(words);
    return 1;
  }
  for (const { line, words } of read.value.notes)
    output.note(`${path}${line === null ? '' : `:${line}`}: ${words}`, 'import');
  print(process.stdout, read.value.text);
  return 0;
}
