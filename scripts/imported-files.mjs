import { readFile } from 'node:fs/promises';
import { dirname, relative, resolve, sep } from 'node:path';
import { init, parse } from 'es-module-lexer';

/**
 * A module and all that it imports of its own folder, at once or later, and what those import.
 *
 * @param {string} folder
 * @param {string} entry
 * @returns {Promise<string[]>} relative to the folder, with forward slashes, sorted
 */
export async function importedFiles(folder, entry) {
  await init;
  /** @type {Set<string>} */
  const found = new Set();
  const waiting = [resolve(folder, entry)];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (found.has(path)) continue;
    found.add(path);
    const [imports] = parse(await readFile(path, 'utf8'), path);
    for (const { n: specifier } of imports) {
      if (specifier?.startsWith('.')) waiting.push(resolve(dirname(path), specifier));
    }
  }
  return [...found].map((path) => relative(folder, path).split(sep).join('/')).sort();
}
