import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * One fingerprint for what is in these files and folders: names and contents, in a fixed order.
 *
 * @param {string} root
 * @param {readonly string[]} paths relative to root
 */
export function fingerprint(root, paths) {
  const hash = createHash('sha256');
  for (const path of paths.flatMap((one) => filesUnder(root, one)).sort()) {
    hash
      .update(path)
      .update('\0')
      .update(readFileSync(join(root, path)))
      .update('\0');
  }
  return hash.digest('hex');
}

/**
 * @param {string} path of the stamp
 * @param {string} print
 */
export function isStamped(path, print) {
  return existsSync(path) && readFileSync(path, 'utf8') === print;
}

/**
 * @param {string} path of the stamp
 * @param {string} print
 */
export function stamp(path, print) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, print);
}

/**
 * @param {string} root
 * @param {string} path
 * @returns {string[]} relative to root, with forward slashes
 */
function filesUnder(root, path) {
  const full = join(root, path);
  if (!existsSync(full)) return [];
  if (statSync(full).isFile()) return [path];
  return readdirSync(full).flatMap((name) => filesUnder(root, `${path}/${name}`));
}
