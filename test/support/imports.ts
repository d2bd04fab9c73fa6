import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative, sep } from 'node:path';

export interface Import {
  /** Path of the importing file from the root, with `/`. */
  readonly from: string;
  /** A path from the root for our own files, otherwise the package: `node:net`, `zod`, `electron`. */
  readonly to: string;
  /** Whether it imports types only, and so is gone at run time. */
  readonly isType: boolean;
}

const STATIC = /^\s*(?:import|export)\b(\s+type\b)?(?:[^'"`;()]*?\bfrom)?\s*['"]([^'"]+)['"]/gm;
const DYNAMIC = /\bimport\(()\s*['"]([^'"]+)['"]/g;

/** What a file's text imports, types too: static, re-exported and dynamic. */
export function importsOf(from: string, source: string): Import[] {
  const code = source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
  return [...code.matchAll(STATIC), ...code.matchAll(DYNAMIC)].flatMap(([, type, specifier]) =>
    specifier === undefined ? [] : { from, to: resolveSpecifier(from, specifier), isType: Boolean(type) },
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

/**
 * The rules in the tables of a page that have a column *may import*: for each path in the first column, the prefixes it
 * may import besides its own.
 */
export function readImportRules(page: string): ReadonlyMap<string, readonly string[]> {
  const rules = new Map<string, readonly string[]>();
  let column = -1;
  for (const line of page.split('\n')) {
    const cells = line.startsWith('|') ? line.split('|').slice(1, -1) : [];
    if (cells.length === 0) column = -1;
    else if (cells.some((cell) => cell.trim() === 'may import'))
      column = cells.findIndex((cell) => cell.trim() === 'may import');
    else if (column !== -1) for (const path of pathsIn(cells[0])) rules.set(path, pathsIn(cells[column]));
  }
  return rules;
}

/** Groups of files that import each other in a circle, each sorted. */
export function findCycles(imports: readonly Import[]): string[][] {
  const targets = new Map<string, string[]>();
  for (const { from, to } of imports) targets.set(from, [...(targets.get(from) ?? []), to]);
  // Tarjan, Depth-first search and linear graph algorithms (1972).
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const stack: string[] = [];
  const cycles: string[][] = [];
  const visit = (file: string) => {
    order.set(file, order.size);
    lowest.set(file, order.get(file) ?? 0);
    stack.push(file);
    for (const to of targets.get(file) ?? []) {
      if (!order.has(to)) visit(to);
      if (stack.includes(to)) lowest.set(file, Math.min(lowest.get(file) ?? 0, lowest.get(to) ?? 0));
    }
    if (lowest.get(file) !== order.get(file)) return;
    const members = stack.splice(stack.indexOf(file));
    if (members.length > 1) cycles.push(members.sort());
  };
  for (const file of targets.keys()) if (!order.has(file)) visit(file);
  return cycles;
}

function pathsIn(cell = ''): string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? '');
}

function resolveSpecifier(from: string, specifier: string): string {
  return specifier.startsWith('.') ? posix.join(dirname(from), specifier) : specifier;
}
