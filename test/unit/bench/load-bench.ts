import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** The benchmark is plain JavaScript, like the scripts it uses; the tests' types end here. */
export function loadBench(name: string) {
  return import(pathToFileURL(join(import.meta.dirname, '../../bench', name)).href);
}
