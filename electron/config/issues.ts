import { findNodeAtLocation, type Node } from 'jsonc-parser';
import type { z } from 'zod';
import type { ConfigIssue } from '../../shared/config.ts';

export type Keys = readonly (string | number)[];

/** Longest value quoted in a message. */
const MAX_QUOTED = 60;

/** What is wrong, before it has a place in the text. */
export interface Problem {
  readonly keys: Keys;
  /** Completes `path: value …`. */
  readonly words: string;
}

/** `['pools', 'users', 'servers', 2, 'url']` → `pools.users.servers[2].url`. */
export function pathText(keys: Keys): string {
  let text = '';
  for (const key of keys) {
    if (typeof key === 'number') text += `[${key}]`;
    else if (/^[\w-]+$/.test(key)) text += text === '' ? key : `.${key}`;
    else text += `[${JSON.stringify(key)}]`;
  }
  return text;
}

/** Puts a problem at its place in the text and makes it a whole sentence. */
export function toIssue(problem: Problem, text: string, root: Node | undefined): ConfigIssue {
  const { keys, words } = problem;
  const exact = root && findNodeAtLocation(root, [...keys]);
  const path = pathText(keys);
  const quoted = exact ? `${quote(text.slice(exact.offset, exact.offset + exact.length))} ` : '';
  const message = path === '' ? words : exact ? `${path}: ${quoted}${words}` : `${path}: ${words}`;
  // What is missing is shown where it belongs: at the nearest thing around it that is there.
  const node = exact ?? nearest(root, keys);
  if (!node) return { path, keys, message };
  return { path, keys, message, ...placeOf(text, node.offset), offset: node.offset, length: node.length };
}

/** 1-based line and column. */
export function placeOf(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset);
  const lineStart = before.lastIndexOf('\n') + 1;
  return { line: before.split('\n').length, column: offset - lineStart + 1 };
}

/** Flattens what zod found: unions to the branch that got furthest, unknown keys one by one. */
export function problemsOf(error: z.ZodError, knownKeys: (keys: Keys) => readonly string[]): Problem[] {
  return error.issues.flatMap((issue) => flatten(issue, [], knownKeys));
}

function flatten(
  issue: z.core.$ZodIssue,
  base: Keys,
  knownKeys: (keys: Keys) => readonly string[],
): Problem[] {
  const keys = [...base, ...issue.path.filter((key) => typeof key !== 'symbol')];
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      keys: [...keys, key],
      words: `is not a field here${didYouMean(key, knownKeys(keys))}`,
    }));
  }
  if (issue.code === 'invalid_union') {
    // A branch that failed at its root was never meant; one that failed further in, or by its own check, was.
    const meant = issue.errors.find(
      (branch) => !branch.some((one) => one.code === 'invalid_type' && one.path.length === 0),
    );
    return meant ? meant.flatMap((one) => flatten(one, keys, knownKeys)) : [{ keys, words: issue.message }];
  }
  if (issue.code === 'invalid_key') {
    return [{ keys, words: `is not a name; ${issue.issues[0]?.message ?? 'it is not allowed'}` }];
  }
  if (issue.code === 'invalid_type' && issue.input === undefined) {
    return [
      {
        keys,
        words: `is missing; ${issue.message.startsWith('must') ? `it ${issue.message}` : issue.message}`,
      },
    ];
  }
  return [{ keys, words: issue.message }];
}

function nearest(root: Node | undefined, keys: Keys): Node | undefined {
  if (!root) return undefined;
  for (let length = keys.length - 1; length > 0; length--) {
    const node = findNodeAtLocation(root, keys.slice(0, length));
    if (node) return node;
  }
  return root;
}

function quote(source: string): string {
  const flat = source.replace(/\s+/g, ' ');
  return flat.length > MAX_QUOTED ? `${flat.slice(0, MAX_QUOTED)}…` : flat;
}

function didYouMean(key: string, known: readonly string[]): string {
  const close = known.find((name) => distance(key.toLowerCase(), name.toLowerCase()) <= 2);
  if (close) return `; did you mean "${close}"?`;
  return known.length > 0 ? `; the fields are ${known.map((name) => `"${name}"`).join(', ')}` : '';
}

/** Levenshtein's edit distance. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replace = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replace, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
