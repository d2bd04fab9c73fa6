import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import scslre from 'scslre';
import { parseSync } from 'vite';

/**
 * Finds regular expressions whose time can grow faster than the text they are given: those that read a part of it once
 * for each of its characters. One that only ever sees short text may say so, in a comment on the line before it that
 * begins with `superlinear:` and names the bound.
 */
const FOLDERS = ['electron', 'renderer', 'shared', 'scripts'];
const SOURCE = /\.(?:ts|tsx|mjs)$/;
const MARK = 'superlinear:';

/** What stands for a part that is known only when the program runs. */
const UNKNOWN = 'x';

const WORDS = {
  Move: 'is tried anew from every character of what it repeats',
  Self: 'can match what it repeats in several ways',
  Trade: 'can split a text between two of its parts in many ways',
};

/**
 * @typedef {{ type: string, start: number, regex?: { pattern: string, flags: string }, callee?: any, arguments?: any,
 *   value?: any, name?: any, quasis?: any, expressions?: any }} Syntax
 */
/** @typedef {{ source: string, flags: string }} Expression */

/**
 * @param {string} file its path, which says what language it is in
 * @param {string} text
 * @returns {{ line: number, message: string }[]}
 */
export function findSuperlinear(file, text) {
  const { program } = parseSync(file, text);
  /** @type {Map<string, string>} */
  const constants = new Map();
  /** @type {{ line: number, message: string }[]} */
  const found = [];
  const lines = text.split('\n');
  /** @param {any} node */
  const visit = (node) => {
    if (Array.isArray(node)) {
      for (const one of node) visit(one);
      return;
    }
    if (node === null || typeof node !== 'object' || typeof node.type !== 'string') return;
    if (node.type === 'VariableDeclarator' && node.id.type === 'Identifier') {
      const value = textOf(node.init, constants);
      if (value !== null) constants.set(node.id.name, value);
    }
    const regex = regexOf(node, constants);
    if (regex) {
      const line = text.slice(0, node.start).split('\n').length;
      const isExcused = lines[line - 2]?.includes(MARK) || lines[line - 1]?.includes(MARK);
      for (const message of isExcused ? [] : messagesFor(regex)) found.push({ line, message });
    }
    for (const [key, child] of Object.entries(node)) if (key !== 'type') visit(child);
  };
  visit(program.body);
  return found;
}

/**
 * @param {Syntax} node
 * @param {Map<string, string>} constants
 * @returns {Expression | null}
 */
function regexOf(node, constants) {
  if (node.type === 'Literal' && node.regex) return { source: node.regex.pattern, flags: node.regex.flags };
  const isMade =
    (node.type === 'NewExpression' || node.type === 'CallExpression') &&
    node.callee.type === 'Identifier' &&
    node.callee.name === 'RegExp';
  if (!isMade) return null;
  const [source, flags] = node.arguments.map((/** @type {Syntax} */ one) => textOf(one, constants));
  return source == null ? null : { source, flags: flags ?? '' };
}

/**
 * The text an expression is, as far as it stands in the file; null when it is none.
 *
 * @param {Syntax | null | undefined} node
 * @param {Map<string, string>} constants
 * @returns {string | null}
 */
function textOf(node, constants) {
  if (node?.type === 'Literal' && typeof node.value === 'string') return node.value;
  if (node?.type === 'Identifier') return constants.get(node.name) ?? null;
  if (node?.type !== 'TemplateLiteral') return null;
  return node.quasis
    .map((/** @type {Syntax} */ { value }, /** @type {number} */ at) => {
      const inserted = node.expressions[at];
      return value.cooked + (inserted ? (textOf(inserted, constants) ?? UNKNOWN) : '');
    })
    .join('');
}

/**
 * @param {Expression} regex
 * @returns {string[]}
 */
function messagesFor({ source, flags }) {
  try {
    const { reports } = scslre.analyse({ source, flags }, { assumeRejectingSuffix: false });
    return reports.map(({ type }) => `/${source}/ ${WORDS[type]}`);
  } catch (error) {
    return [`/${source}/ cannot be read: ${error instanceof Error ? error.message : String(error)}`];
  }
}

function main() {
  const root = fileURLToPath(new URL('..', import.meta.url));
  const files = FOLDERS.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && SOURCE.test(entry.name))
      .map((entry) => join(entry.parentPath ?? entry.path, entry.name)),
  ).filter((file) => !file.includes('node_modules'));
  const found = files.flatMap((file) =>
    findSuperlinear(file, readFileSync(file, 'utf8')).map(
      ({ line, message }) => `${relative(root, file)}:${line} ${message}`,
    ),
  );
  for (const one of found) console.error(one);
  if (found.length === 0) console.log(`Looked for superlinear expressions in ${files.length} files.`);
  process.exitCode = found.length === 0 ? 0 : 1;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main();
