import { existsSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { join, parse } from 'node:path';

/**
 * Moves a file out of the way: `config.json` becomes `config-1.json`, or the next number that is free.
 *
 * @returns its new path; null when there is none, or it cannot be moved
 */
export async function keepAside(path: string): Promise<string | null> {
  if (!existsSync(path)) return null;
  const { dir, name, ext } = parse(path);
  for (let number = 1; ; number++) {
    const target = join(dir, `${name}-${number}${ext}`);
    if (existsSync(target)) continue;
    return rename(path, target).then(
      () => target,
      () => null,
    );
  }
}
