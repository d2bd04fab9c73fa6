import type { Node } from 'jsonc-parser';
import type { ConfigIssue } from '../../../shared/config/config.ts';

export type Keys = readonly (string | number)[];

/** Longest value quoted in a message. */
const MAX_QUOTED = 60;
/** How much of it is looked at: most of what is between words may be spaces. */
const MAX_READ = 600;

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

/** Most that are told of one file. Whoever has more than that mends the first before reading on. */
export const MAX_ISSUES = 100;

/** Puts problems at their places, in the order of the text; of more than `MAX_ISSUES`, says how many are left out. */
export function toIssues(problems: readonly Problem[], text: string, root: Node | undefined): ConfigIssue[] {
  const tree = new Tree(root);
  const issues = problems.slice(0, MAX_ISSUES).map((problem) => issueOf(problem, text, tree));
  issues.sort((a, b) => (a.offset ?? 0) - (b.offset ?? 0));
  const more = problems.length - issues.length;
  if (more > 0) {
    const message = `There ${more === 1 ? 'is 1 more problem' : `are ${more} more problems`}; mend these first.`;
    issues.push({ path: '', keys: [], message });
  }
  return issues;
}

/** Puts a problem at its place in the text and makes it a whole sentence. */
export function toIssue(problem: Problem, text: string, root: Node | undefined): ConfigIssue {
  return issueOf(problem, text, new Tree(root));
}

function issueOf(problem: Problem, text: string, tree: Tree): ConfigIssue {
  const { keys, words, place } = problem;
  const value = tree.find(keys);
  const path = pathText(keys);
  const quoted = value && place === undefined ? `${quote(text, value)} ` : '';
  const message = path === '' ? words : `${path}: ${quoted}${words}`;
  // What is missing is shown where it belongs: at the nearest thing around it that is there.
  const node = (place === 'name' ? nameOf(value) : place) ?? value ?? nearest(tree, keys);
  if (!node) return { path, keys, message };
  return { path, keys, message, ...placeOf(text, node.offset), offset: node.offset, length: node.length };
}

/** 1-based line and column. */
export function placeOf(text: string, offset: number): { line: number; column: number } {
  let line = 1;
  let lineStart = 0;
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) {
    line++;
    lineStart = at + 1;
  }
  return { line, column: offset - lineStart + 1 };
}

/** Finds nodes by their keys; what is in an object is looked through once, however many are looked for. */
class Tree {
  readonly root: Node | undefined;
  readonly #fields = new Map<Node, Map<string, Node>>();

  constructor(root: Node | undefined) {
    this.root = root;
  }

  find(keys: Keys): Node | undefined {
    let at = this.root;
    for (const key of keys) {
      if (at === undefined) return undefined;
      at = typeof key === 'number' ? at.children?.[key] : this.#fieldsOf(at).get(key);
    }
    return at;
  }

  #fieldsOf(node: Node): Map<string, Node> {
    let fields = this.#fields.get(node);
    if (!fields) {
      fields = new Map();
      for (const { children: [name, value] = [] } of node.type === 'object' ? (node.children ?? []) : [])
        if (name && value && !fields.has(String(name.value))) fields.set(String(name.value), value);
      this.#fields.set(node, fields);
    }
    return fields;
  }
}

function nameOf(value: Node | undefined): Node | undefined {
  return value?.parent?.type === 'property' ? value.parent.children?.[0] : undefined;
}

function nearest(tree: Tree, keys: Keys): Node | undefined {
  const { root } = tree;
  if (!root) return undefined;
  for (let length = keys.length - 1; length > 0; length--) {
    const node = tree.find(keys.slice(0, length));
    // Only its first character: to underline the whole of it would blame all that is in it.
    if (node) return { ...node, length: 1 };
  }
  return { ...root, length: 1 };
}

function quote(text: string, { offset, length }: Node): string {
  const flat = text
    .slice(offset, offset + Math.min(length, MAX_READ))
    .replace(/\s+/g, ' ')
    .trimEnd();
  return flat.length > MAX_QUOTED ? `${flat.slice(0, MAX_QUOTED)}…` : flat;
}
