import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const SOURCE = fileURLToPath(new URL('./default-app', import.meta.url));

/**
 * Gives an Electron without one the app that makes `electron FOLDER` work, and renews it when ours has changed:
 * the folder in the cache outlives a checkout. By way of a rename, since another Electron may be running from it.
 *
 * @param {string} folder the distribution
 */
export async function ensureLauncher(folder) {
  const { createPackage, extractFile } = await import('@electron/asar');
  const resources = join(folder, 'resources');
  const archive = join(resources, 'default_app.asar');
  if (existsSync(archive) && isCurrent((name) => extractFile(archive, name))) return;
  await mkdir(resources, { recursive: true });
  const fresh = join(resources, `default_app.${process.pid}.tmp`);
  await createPackage(SOURCE, fresh);
  await rename(fresh, archive);
}

/** @param {(name: string) => Buffer} packed throws for a file that is not there */
function isCurrent(packed) {
  try {
    return readdirSync(SOURCE).every((name) => packed(name).equals(readFileSync(join(SOURCE, name))));
  } catch {
    return false;
  }
}
