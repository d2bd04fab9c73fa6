import { getNodeValue, type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import { z } from 'zod';
import type { Config, ConfigIssue } from '../../shared/config.ts';
import { fullConfigSchema, simpleConfigSchema } from '../../shared/config-schema.ts';
import { fail, type Result } from '../../shared/result.ts';
import { type Keys, type Problem, placeOf, problemsOf, toIssue } from './issues.ts';
import { fromFull, fromSimple } from './normalise.ts';

const FULL_KEYS = ['listeners', 'pools'];

/** Reads a config: JSON, comments and trailing commas allowed, in the simple form or the full one. */
export function parseConfig(source: string): Result<Config, readonly ConfigIssue[]> {
  const text = source.replace(/^\uFEFF/, ' ');
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true });
  if (text.trim() === '') return fail([toIssue({ keys: [], words: emptyWords(text) }, text, root)]);
  if (errors.length > 0) return fail(errors.map((error) => syntaxIssue(error, text)));
  if (root?.type !== 'object') return fail([toIssue({ keys: [], words: emptyWords(text) }, text, root)]);
  const problems = duplicateKeys(root, []);
  const value: unknown = getNodeValue(root);
  const isFull =
    root.children?.some((property) => FULL_KEYS.includes(String(property.children?.[0]?.value))) ?? false;
  const checked = isFull ? checkFull(value) : checkSimple(value);
  if (checked.ok && problems.length === 0) return checked;
  if (!checked.ok) problems.push(...checked.error);
  const issues = problems.map((problem) => toIssue(problem, text, root));
  return fail(issues.sort((a, b) => (a.offset ?? 0) - (b.offset ?? 0)));
}

function checkSimple(value: unknown): Result<Config, Problem[]> {
  const parsed = simpleConfigSchema.safeParse(value, { reportInput: true });
  return parsed.success
    ? fromSimple(parsed.data)
    : fail(problemsOf(parsed.error, knownKeys(simpleConfigSchema)));
}

function checkFull(value: unknown): Result<Config, Problem[]> {
  const parsed = fullConfigSchema.safeParse(value, { reportInput: true });
  return parsed.success ? fromFull(parsed.data) : fail(problemsOf(parsed.error, knownKeys(fullConfigSchema)));
}

/** The fields the schema has at a place, for "did you mean". */
function knownKeys(schema: z.ZodType): (keys: Keys) => string[] {
  return (keys) => {
    let at: z.core.$ZodType | undefined = schema;
    for (const key of keys) at = child(unwrap(at), key);
    const found = unwrap(at);
    return found instanceof z.ZodObject ? Object.keys(found.shape) : [];
  };
}

function child(schema: z.core.$ZodType | undefined, key: string | number): z.core.$ZodType | undefined {
  if (schema instanceof z.ZodObject) return schema.shape[key];
  if (schema instanceof z.ZodArray) return schema.element;
  return schema instanceof z.ZodRecord ? schema.valueType : undefined;
}

function unwrap(schema: z.core.$ZodType | undefined): z.core.$ZodType | undefined {
  let at = schema;
  while (at) {
    if (at instanceof z.ZodOptional || at instanceof z.ZodDefault || at instanceof z.ZodPrefault)
      at = at.def.innerType;
    else if (at instanceof z.ZodPipe) at = at.def.in;
    else if (at instanceof z.ZodUnion) at = at.options.find((one) => unwrap(one) instanceof z.ZodObject);
    else return at;
  }
  return at;
}

function duplicateKeys(node: Node, keys: Keys): Problem[] {
  const problems: Problem[] = [];
  const seen = new Set<string>();
  node.children?.forEach((item, index) => {
    const [nameNode, valueNode] = node.type === 'object' ? (item.children ?? []) : [undefined, item];
    const key = nameNode ? String(nameNode.value) : index;
    if (typeof key === 'string') {
      if (seen.has(key)) problems.push({ keys: [...keys, key], words: 'is given twice; keep one of them' });
      seen.add(key);
    }
    if (valueNode) problems.push(...duplicateKeys(valueNode, [...keys, key]));
  });
  return problems;
}

function emptyWords(text: string): string {
  const example = 'write { "servers": ["http://localhost:5001"] } to begin with';
  return text.trim() === '' ? `The file is empty; ${example}` : `A config is an object; ${example}`;
}

const SYNTAX_WORDS: Readonly<Record<string, string>> = {
  InvalidSymbol: 'something that is not JSON; text needs double quotes',
  InvalidNumberFormat: 'a number that is not written as JSON has it',
  PropertyNameExpected: 'something where a name in double quotes belongs',
  ValueExpected: 'nothing where a value belongs',
  ColonExpected: 'no ":" after the name',
  CommaExpected: 'no "," before this',
  CloseBraceExpected: 'no "}" to close what was opened',
  CloseBracketExpected: 'no "]" to close what was opened',
  EndOfFileExpected: 'something after the end',
  UnexpectedEndOfString: 'text that is not closed with a double quote',
  UnexpectedEndOfComment: 'a comment that is not closed',
  InvalidCharacter: 'a character that may not be in text; escape it',
  InvalidEscapeCharacter: 'an escape that JSON does not have',
};

function syntaxIssue(error: ParseError, text: string): ConfigIssue {
  const { line, column } = placeOf(text, error.offset);
  const code = printParseErrorCode(error.error);
  const message = `Line ${line}, column ${column}: there is ${SYNTAX_WORDS[code] ?? code}.`;
  return { path: '', keys: [], message, line, column, offset: error.offset, length: error.length };
}
