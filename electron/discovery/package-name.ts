import { readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** How far up from where a process runs. */
const MOST_FOLDERS = 4;
const MAX_BYTES = 256 * 1024;

/** The name in the nearest `package.json`, which is how its author calls what runs there; null for none. */
export async function packageNameAt(folder: string): Promise<string | null> {
  let at = folder;
  for (let tries = 0; tries < MOST_FOLDERS; tries++) {
    const path = join(at, 'package.json');
    const size = await stat(path).then(
      (stats) => (stats.isFile() ? stats.size : 0),
      () => 0,
    );
    if (size > 0 && size <= MAX_BYTES) return readName(await readFile(path, 'utf8').catch(() => ''));
    if (dirname(at) === at) return null;
    at = dirname(at);
  }
  return null;
}

function readName(text: string): string | null {
  try {
    const value: unknown = JSON.parse(text);
    const name: unknown = typeof value === 'object' && value !== null && 'name' in value ? value.name : null;
    return typeof name === 'string' && name.trim() !== '' ? name : null;
  } catch {
    return null;
  }
}
