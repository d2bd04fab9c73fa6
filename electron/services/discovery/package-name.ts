import { dirname, join } from 'node:path';
import { readRegularFile } from '../../engine/system/regular-file.ts';

/** How far up from where a process runs. */
const MOST_FOLDERS = 4;
const MAX_BYTES = 256 * 1024;

/** The name in the nearest `package.json`, which is how its author calls what runs there; null for none. */
export async function packageNameAt(folder: string): Promise<string | null> {
  let at = folder;
  for (let tries = 0; tries < MOST_FOLDERS; tries++) {
    const text = await readRegularFile(join(at, 'package.json'), MAX_BYTES);
    if (text.ok && text.value.length > 0) return readName(text.value.toString('utf8'));
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
