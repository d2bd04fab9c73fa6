import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** The scripts are plain JavaScript, so that they run before anything is installed; the tests' types end here. */
export function loadScript(name: string) {
  return import(pathToFileURL(join(import.meta.dirname, '../../../scripts', name)).href);
}
