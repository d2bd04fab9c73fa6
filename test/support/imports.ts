import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative, sep } from 'node:path';

export interface Import {
  /** Path of the importing file from the root, with `/`. */
  readonly from: string;
  /** A path from the root for our own files, otherwise the package: `node:net`, `zod`, `electron`. */
  readonly to: string;
}

const STATIC = /^\s*(?:import|export)\b(?:[^'"`;()]*?\bfrom)?\s*['"]([^'"]+)['"]/gm;
const DYNAMIC = /\bimport\(\s*['"]([^'"]+)['"]/g;

/** What a file's text imports, types too: static, re-exported and dynamic. */
export function importsOf(from: string, source: string): Import[] {
  const code = source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
  return [...code.matchAll(STATIC), ...code.matchAll(DYNAMIC)].flatMap(([, specifier]) =>
    specifier === undefined ? [] : { from, to: resolveSpecifier(from, specifier) },
  );
}

/** The imports of every TypeScript file in some folders. */
export function importsIn(root: string, folders: readonly string[]): Import[] {
  return folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/.test(name))
      .map((name) => join(root, folder, name))
      .flatMap((path) => importsOf(relative(root, path).split(sep).join('/'), readFileSync(path, 'utf8'))),
  );
}

function resolveSpecifier(from: string, specifier: string): string {
  return specifier.startsWith('.') ? posix.join(dirname(from), specifier) : specifier;
}
