import { fail, ok, type Result } from '../../../shared/calls/result.ts';
import type { Unreadable } from './draft.ts';

/** A directive of nginx's: `name words…;` or `name words… { children }`. */
export interface Directive {
  readonly name: string;
  readonly words: readonly string[];
  /** Null where it ends with a semicolon. */
  readonly children: readonly Directive[] | null;
  readonly line: number;
}

/** Deeper than any file that means something; more would only exhaust the stack of who walks it. */
const MAX_DEPTH = 30;

interface Token {
  /** Null for a word. */
  readonly mark: '{' | '}' | ';' | null;
  readonly text: string;
  readonly line: number;
}

interface Open {
  readonly name: string;
  readonly line: number;
  readonly children: Directive[];
}

/** Reads the grammar of nginx's files alone: which directives there are, and what stands in them. */
export function readBlocks(text: string): Result<readonly Directive[], Unreadable> {
  const tokens = readTokens(text);
  if (!tokens.ok) return tokens;
  const top: Open = { name: '', line: 1, children: [] };
  const open: Open[] = [top];
  let words: Token[] = [];
  for (const token of tokens.value) {
    if (token.mark === null) {
      words.push(token);
      continue;
    }
    const [first, ...rest] = words;
    words = [];
    const inside = open.at(-1) ?? top;
    if (token.mark === '}') {
      if (first) return fail(at(first.line, `"${first.text}" lacks a ";" behind it.`));
      if (open.length === 1) return fail(at(token.line, 'this "}" closes nothing; remove it.'));
      open.pop();
      continue;
    }
    if (!first) return fail(at(token.line, `"${token.mark}" stands where the name of a directive belongs.`));
    const children = token.mark === '{' ? [] : null;
    const { text: name, line } = first;
    inside.children.push({ name, words: rest.map((word) => word.text), children, line });
    if (!children) continue;
    if (open.length > MAX_DEPTH) return fail(at(line, 'its blocks are nested too deeply.'));
    open.push({ name, line, children });
  }
  const [rest] = words;
  if (rest) return fail(at(rest.line, `"${rest.text}" lacks a ";" behind it.`));
  const unclosed = open.at(-1);
  if (unclosed && unclosed !== top)
    return fail(at(unclosed.line, `the "{" behind ${unclosed.name} is never closed; add a "}".`));
  return ok(top.children);
}

/** A variable's braces and a backslash belong to the word; a quote only begins one at its start. */
const TOKEN =
  /[ \t\r\n\f\v]+|#[^\n]*|[{};]|"(?:[^"\\]|\\[\s\S])*"|'(?:[^'\\]|\\[\s\S])*'|(?:\$\{[^}\s]*\}|\\[\s\S]|[^\s{};"'\\])(?:\$\{[^}\s]*\}|\\[\s\S]|[^\s{};\\])*/y;

function readTokens(text: string): Result<readonly Token[], Unreadable> {
  const tokens: Token[] = [];
  let line = 1;
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const [found] = TOKEN.exec(text) ?? [];
    if (found === undefined) return fail(at(line, 'a quote is opened here and never closed.'));
    const [first] = found;
    if (first === '{' || first === '}' || first === ';') tokens.push({ mark: first, text: found, line });
    else if (first === '"' || first === "'")
      tokens.push({ mark: null, text: found.slice(1, -1).replace(/\\(["'\\])/g, '$1'), line });
    else if (first !== '#' && found.trim() !== '') tokens.push({ mark: null, text: found, line });
    line += found.split('\n').length - 1;
  }
  return ok(tokens);
}

function at(line: number, words: string): Unreadable {
  return { line, words };
}
