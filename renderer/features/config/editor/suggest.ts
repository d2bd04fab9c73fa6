import { getLocation, getNodeValue, type Location, parseTree, visit } from 'jsonc-parser';
import { valueAt } from '../../../../shared/calls/value-at.ts';
import type { Path } from '../../../../shared/config/text-edits.ts';
import { fieldsAt, type JsonSchema, schemasAt } from './schema-at.ts';
import { snippetsAt } from './snippets.ts';

/** One thing that may be written at a place. */
export interface Suggestion {
  readonly label: string;
  /** What it is, in a word: `true or false`, `default 2s`. */
  readonly detail: string;
  readonly info: string | undefined;
  readonly kind: 'field' | 'value' | 'snippet';
  /** What takes the place of `from` to `to`; `#{x}` is a place to go on typing at. */
  readonly template: string;
}

export interface Suggestions {
  readonly from: number;
  readonly to: number;
  readonly options: readonly Suggestion[];
}

/** What the schema knows of a place in a text, right or wrong as that may be; null where it knows nothing. */
export function suggestionsAt(schema: JsonSchema, text: string, offset: number): Suggestions | null {
  if (isInComment(text, offset)) return null;
  const location = getLocation(text, offset);
  const root = parseTree(text, [], { allowTrailingComma: true });
  const written: unknown = root && getNodeValue(root);
  const { from, to } = tokenAround(location, text, offset);
  const path = location.path;
  const options = location.isAtPropertyKey
    ? fieldOptions(schema, { path, written, text, to })
    : valueOptions(schema, { path, written, text, to });
  return options.length === 0 ? null : { from, to, options };
}

interface Place {
  readonly path: Path;
  readonly written: unknown;
  readonly text: string;
  /** Where what is being written ends. */
  readonly to: number;
}

function fieldOptions(schema: JsonSchema, { path, written, text, to }: Place): Suggestion[] {
  const holder = path.slice(0, -1);
  const there = valueAt(written, holder);
  const typed = path.at(-1);
  const taken = new Set(typeof there === 'object' && there !== null ? Object.keys(there) : []);
  const after = text.slice(to);
  const hasColon = /^\s*:/.test(after);
  const comma = /^\s*["{]/.test(after) ? ',' : '';
  const fields = [...fieldsAt(schemasAt(schema, holder, written))].filter(
    ([name]) => !taken.has(name) || name === typed,
  );
  return [
    ...fields.map(
      ([name, field]): Suggestion => ({
        label: name,
        detail: detailOf(field),
        info: field.description,
        kind: 'field',
        template: hasColon
          ? JSON.stringify(name)
          : `${JSON.stringify(name)}: ${valueTemplate(field)}${comma}`,
      }),
    ),
    ...(hasColon ? [] : snippetsAt(path, true).map((one) => asSuggestion(one, comma))),
  ];
}

function valueOptions(schema: JsonSchema, { path, written, text, to }: Place): Suggestion[] {
  const schemas = schemasAt(schema, path, written);
  const values = new Map<string, Suggestion>();
  const comma = /^\s*["{[\d]/.test(text.slice(to)) ? ',' : '';
  for (const one of schemas) {
    const known = [
      ...(one.enum ?? []),
      ...(one.const === undefined ? [] : [one.const]),
      ...(one.type === 'boolean' ? [true, false] : []),
      ...(one.default === undefined || typeof one.default === 'object' ? [] : [one.default]),
      ...(one.examples ?? []),
    ];
    for (const value of known) {
      const label = typeof value === 'string' ? value : JSON.stringify(value);
      if (values.has(label)) continue;
      const detail = value === one.default ? 'default' : '';
      const template = escaped(JSON.stringify(value)) + comma;
      values.set(label, { label, detail, info: one.description, kind: 'value', template });
    }
  }
  for (const name of poolNames(path, written)) {
    const template = escaped(JSON.stringify(name)) + comma;
    values.set(name, { label: name, detail: 'pool', info: undefined, kind: 'value', template });
  }
  return [...values.values(), ...snippetsAt(path, false).map((one) => asSuggestion(one, comma))];
}

/** Where a pool is meant, those of this very text. */
function poolNames(path: Path, written: unknown): string[] {
  const key = path.at(-1);
  if (key !== 'defaultPool' && !(key === 'pool' && path.includes('routes'))) return [];
  const pools = valueAt(written, ['pools']);
  return typeof pools === 'object' && pools !== null ? Object.keys(pools) : [];
}

function asSuggestion(one: ReturnType<typeof snippetsAt>[number], comma: string): Suggestion {
  return { label: one.label, detail: '', info: one.line, kind: 'snippet', template: one.template + comma };
}

/** What kind of value, and what holds without it. */
export function detailOf(schema: JsonSchema): string {
  const { default: usual } = schema;
  if (usual !== undefined && (typeof usual !== 'object' || usual === null)) return `default ${String(usual)}`;
  if (schema.type === 'boolean') return 'true or false';
  return typeof schema.type === 'string' ? schema.type : '';
}

/** A value to begin with, and to type over. */
function valueTemplate(schema: JsonSchema): string {
  const { type, default: usual, examples } = schema;
  const first = usual ?? examples?.[0] ?? schema.enum?.[0];
  if (type === 'object') return '{ #{} }';
  if (type === 'array') return '[#{}]';
  if (typeof first === 'string') return `"#{${first}}"`;
  if (typeof first === 'number' || typeof first === 'boolean') return `#{${first}}`;
  if (type === 'boolean') return '#{true}';
  return type === 'string' ? '"#{}"' : '#{}';
}

/** A brace would begin a place to go on typing at. */
function escaped(text: string): string {
  return text.replace(/[\\{}]/g, '\\$&');
}

/** What is being written there: the text in quotes, or the word. */
function tokenAround(location: Location, text: string, offset: number): { from: number; to: number } {
  const node = location.previousNode;
  const isText = node && node.offset < offset && offset <= node.offset + node.length;
  if (node && isText) return { from: node.offset, to: node.offset + node.length };
  let from = offset;
  while (from > 0 && /[\w.-]/.test(text[from - 1] ?? '')) from--;
  return { from, to: offset };
}

function isInComment(text: string, offset: number): boolean {
  let isInside = false;
  visit(text, {
    onComment: (start, length) => {
      const isLine = text.startsWith('//', start);
      if (start < offset && (isLine ? offset <= start + length : offset < start + length)) isInside = true;
    },
  });
  return isInside;
}
