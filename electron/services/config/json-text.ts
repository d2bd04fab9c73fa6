import {
  createScanner,
  getNodeValue,
  type Node,
  type ParseError,
  parseTree,
  printParseErrorCode,
} from 'jsonc-parser';
import { fail, ok, type Result } from '../../../shared/calls/result.ts';
import type { ConfigIssue } from '../../../shared/config/config.ts';
import { type Keys, type Problem, placeOf, toIssue } from './issues.ts';

/** A config is five deep; what is far deeper would only exhaust the stack. */
const MAX_DEPTH = 64;

/** Longest piece of text quoted in a message. */
const MAX_SHOWN = 30;

const EXAMPLE = 'write { "servers": ["http://localhost:5001"] } to begin with';

/** JSON with comments and trailing commas, read as far as JSON goes. */
export interface JsonText {
  readonly root: Node;
  readonly value: unknown;
  /** Names given twice, and those that cannot be names. */
  readonly problems: readonly Problem[];
}

/** Reads an object; text that is none has one issue, the first, because what follows from it would only mislead. */
export function readJson(text: string): Result<JsonText, ConfigIssue> {
  if (text.trim() === '') return fail(whole(`The file is empty; ${EXAMPLE}`, text));
  const tooDeep = findTooDeep(text);
  if (tooDeep !== null) return fail(issueAt(text, tooDeep, 1, 'it is nested too deeply to be a config'));
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true });
  const [error] = errors;
  if (error) return fail(syntaxIssue(text, error));
  if (root?.type !== 'object') return fail(whole(`A config is an object in braces; ${EXAMPLE}`, text));
  return ok({ root, value: getNodeValue(root), problems: nameProblems(root) });
}

function nameProblems(root: Node): Problem[] {
  const problems: Problem[] = [];
  addNameProblems(root, [], problems);
  return problems;
}

function addNameProblems(node: Node, keys: Keys, problems: Problem[]): void {
  const seen = new Set<string>();
  node.children?.forEach((item, index) => {
    const [nameNode, valueNode] = node.type === 'object' ? (item.children ?? []) : [undefined, item];
    const key = nameNode ? String(nameNode.value) : index;
    if (nameNode && typeof key === 'string') {
      if (seen.has(key))
        problems.push({ keys: [...keys, key], words: 'is given twice; keep one of them', place: nameNode });
      seen.add(key);
      // Assigned to an object, it would set the prototype and be gone.
      if (key === '__proto__')
        problems.push({
          keys: [...keys, key],
          words: 'cannot be used as a name; choose another',
          place: nameNode,
        });
    }
    if (valueNode?.children) addNameProblems(valueNode, [...keys, key], problems);
  });
}

function findTooDeep(text: string): number | null {
  const scanner = createScanner(text, true);
  let depth = 0;
  while (scanner.getPosition() < text.length) {
    scanner.scan();
    const first = text[scanner.getTokenOffset()];
    if (first === '{' || first === '[') depth++;
    if (first === '}' || first === ']') depth--;
    if (depth > MAX_DEPTH) return scanner.getTokenOffset();
  }
  return null;
}

const SYNTAX_WORDS: Readonly<Record<string, string>> = {
  InvalidSymbol: 'is not JSON; names and text need double quotes',
  InvalidNumberFormat: 'is not a number as JSON writes it',
  PropertyNameExpected: 'stands where a name in double quotes belongs',
  ValueExpected: 'stands where a value belongs',
  ColonExpected: 'stands where a ":" belongs, between a name and its value',
  CommaExpected: 'lacks a "," before it',
  CloseBraceExpected: 'stands where a "}" belongs, to close what was opened',
  CloseBracketExpected: 'stands where a "]" belongs, to close what was opened',
  EndOfFileExpected: 'stands after the end of the config; remove it',
  UnexpectedEndOfString: 'is text without its closing double quote',
  UnexpectedEndOfComment: 'is a comment without its closing "*/"',
  UnexpectedEndOfNumber: 'is a number without its end',
  InvalidUnicode: 'has a "\\u" without four digits after it',
  InvalidCharacter: 'has a character in it that may not be in text; escape it',
  InvalidEscapeCharacter: 'has an escape in it that JSON does not have',
};

function syntaxIssue(text: string, error: ParseError): ConfigIssue {
  const code = printParseErrorCode(error.error);
  // An error at the end is said to be at the last thing there is.
  const offset = Math.min(error.offset, Math.max(0, text.trimEnd().length - 1));
  const token = text.slice(error.offset, error.offset + error.length).trim();
  const shown = token.length > MAX_SHOWN ? `${token.slice(0, MAX_SHOWN)}…` : token;
  const what = shown === '' ? 'the end of the file' : /^["']/.test(shown) ? shown : `"${shown}"`;
  return issueAt(text, offset, Math.max(1, error.length), `${what} ${SYNTAX_WORDS[code] ?? code}`);
}

function issueAt(text: string, offset: number, length: number, words: string): ConfigIssue {
  const { line, column } = placeOf(text, offset);
  const message = `Line ${line}, column ${column}: ${words}`;
  return { path: '', keys: [], message, line, column, offset, length };
}

function whole(words: string, text: string): ConfigIssue {
  return toIssue({ keys: [], words }, text, undefined);
}
