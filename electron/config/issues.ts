import { findNodeAtLocation, type Node } from 'jsonc-parser';
import type { ConfigIssue } from '../../shared/config.ts';

export type Keys = readonly (string | number)[];

/** Longest value quoted in a message. */
const MAX_QUOTED = 60;

/** What is wrong, before it has a place in the text. */
export interface Problem {
  readonly keys: Keys;
  /** Completes `path: value …`. */
  readonly words: string;
  /** What to point at: the value at `keys` when left out, its name, or a node found already. */
  readonly place?: 'name' | Node;
}

/** `['pools', 'users', 'servers', 2, 'url']` → `pools.users.servers[2].url`. */
export function pathText(keys: Keys): string {
  let text = '';
  for (const key of keys) {
    if (typeof key === 'number') text += `[${key}]`;
    else if (/^[\w$-]+$/.test(key)) text += text === '' ? key : `.${key}`;
    else text += `[${JSON.stringify(key)}]`;
  }
  return text;
}

/** Puts a problem at its place in the text and makes it a whole sentence. */
export function toIssue(problem: Problem, text: string, root: Node | undefined): ConfigIssue {
  const { keys, words, place } = problem;
  const value = root && findNodeAtLocation(root, [...keys]);
  const path = pathText(keys);
  const quoted = value && place === undefined ? `${quote(text, value)} ` : '';
  const message = path === '' ? words : `${path}: ${quoted}${words}`;
  // What is missing is shown where it belongs: at the nearest thing around it that is there.
  const node = (place === 'name' ? nameOf(value) : place) ?? value ?? nearest(root, keys);
  if (!node) return { path, keys, message };
  return { path, keys, message, ...placeOf(text, node.offset), offset: node.offset, length: node.length };
}

/** 1-based line and column. */
export function placeOf(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset);
  const lineStart = before.lastIndexOf('\n') + 1;
  return { line: before.split('\n').length, column: offset - lineStart + 1 };
}

function nameOf(value: Node | undefined): Node | undefined {
  return value?.parent?.type === 'property' ? value.parent.children?.[0] : undefined;
}

function nearest(root: Node | undefined, keys: Keys): Node | undefined {
  if (!root) return undefined;
  for (let length = keys.length - 1; length > 0; length--) {
    const node = findNodeAtLocation(root, keys.slice(0, length));
    // Only its first character: to underline the whole of it would blame all that is in it.
    if (node) return { ...node, length: 1 };
  }
  return { ...root, length: 1 };
}

function quote(text: string, { offset, length }: Node): string {
  const flat = text.slice(offset, offset + length).replace(/\s+/g, ' ');
  return flat.length > MAX_QUOTED ? `${flat.slice(0, MAX_QUOTED)}…` : flat;
}
