import { type Node, parseTree } from 'jsonc-parser';
import { commaAfter, endOf, endOfLineTrivia, eolOf, indentOf } from './text-edits.ts';

/** The one pool of a simple config. */
export const SIMPLE_POOL = 'default';

/** Whether a config is written in the full form, with `listeners` and `pools`. */
export function isFullForm(value: unknown): boolean {
  return typeof value === 'object' && value !== null && ('listeners' in value || 'pools' in value);
}

/** A field with the comments that are about it. */
interface Piece {
  readonly key: string;
  /** Comments before it. */
  readonly lead: string;
  /** Its name and what is between it and its value, and the value. */
  readonly start: string;
  readonly value: string;
  /** Comments behind it on its line. */
  readonly trail: string;
}

interface Parts {
  /** Comments behind the first brace on its line. */
  readonly head: string;
  readonly schema: readonly Piece[];
  readonly listener: readonly Piece[];
  readonly pool: readonly Piece[];
  /** Comments behind the last field. */
  readonly tail: string;
}

const POOL_NAME = JSON.stringify(SIMPLE_POOL);

/**
 * The simple form in full: one listener in front of one pool. Every value and every comment stays as it was written,
 * only deeper inside. The text must be a valid config in the simple form.
 */
export function toFullForm(text: string): string {
  const root = parseTree(text, [], { allowTrailingComma: true });
  if (!root) throw new Error('there is no config in the text, though it was checked');
  const parts = takeApart(text, root);
  const hasLines = text.slice(root.offset, endOf(root)).includes('\n');
  const first = root.children?.[0];
  const unit = (first && indentOf(text, first)) || '  ';
  const full = hasLines ? onLines(parts, unit, eolOf(text)) : onOneLine(parts);
  return text.slice(0, root.offset) + full + text.slice(endOf(root));
}

function takeApart(text: string, root: Node): Parts {
  const inside = root.offset + 1;
  const headEnd = endOfLineTrivia(text, inside) ?? inside;
  let at = headEnd;
  const pieces = (root.children ?? []).map((field): Piece => {
    const [key, value] = field.children ?? [];
    if (!key || !value) throw new Error('a field has no value, though the config was checked');
    const lead = text.slice(at, field.offset).trim();
    const comma = commaAfter(text, endOf(field));
    const end = comma === null ? endOf(field) : comma + 1;
    at = endOfLineTrivia(text, end) ?? end;
    const comments = [text.slice(endOf(field), end).replace(/,$/, ''), text.slice(end, at)];
    return {
      key: String(key.value),
      lead,
      start: text.slice(field.offset, value.offset),
      value: text.slice(value.offset, endOf(value)),
      trail: comments.flatMap((one) => one.trim() || []).join(eolOf(text)),
    };
  });
  const among = (...keys: readonly string[]) => pieces.filter(({ key }) => keys.includes(key)).map(renamed);
  const address = among('port');
  return {
    head: text.slice(inside, headEnd).trim(),
    schema: among('$schema'),
    listener: [
      ...(address.length > 0 ? address : [plain('"address": ', '":8080"')]),
      plain('"defaultPool": ', POOL_NAME),
      ...among('exposeBackend'),
    ],
    pool: [
      ...among('healthCheckInterval', 'policy', 'servers', 'whenAllDown'),
      // The full form has another default: the meaning must stay.
      ...(among('whenAllDown').length > 0 ? [] : [plain('"whenAllDown": ', '"refuse"')]),
    ],
    tail: text.slice(at, endOf(root) - 1).trim(),
  };
}

function plain(start: string, value: string): Piece {
  return { key: '', lead: '', start, value, trail: '' };
}

/** Under the name a field has in the full form. */
function renamed(piece: Piece): Piece {
  const under = (name: string) => piece.start.replace(/^"[^"]*"/, name);
  if (piece.key === 'port') return { ...piece, start: under('"address"') };
  if (piece.key !== 'healthCheckInterval') return piece;
  return { ...piece, start: under('"healthCheck"'), value: `{ "interval": ${piece.value} }` };
}

function onOneLine({ schema, listener, pool, tail }: Parts): string {
  const fields = (pieces: readonly Piece[]) =>
    pieces
      .map(({ lead, start, value, trail }) => [lead, start + value, trail].filter(Boolean).join(' '))
      .join(', ');
  const all = [
    ...(schema.length > 0 ? [fields(schema)] : []),
    `"listeners": [{ ${fields(listener)} }]`,
    `"pools": { ${POOL_NAME}: { ${fields(pool)} } }`,
  ];
  return `{ ${all.join(', ')}${tail === '' ? '' : ` ${tail}`} }`;
}

function onLines({ head, schema, listener, pool, tail }: Parts, unit: string, eol: string): string {
  const line = (depth: number, words: string) => unit.repeat(depth) + words;
  const fields = (pieces: readonly Piece[], depth: number, isMoreBehind: boolean) =>
    pieces.map(({ lead, start, value, trail }, index) => {
      // Its further lines keep their indent, and get what the whole has become deeper by.
      const deeper = (words: string) => words.replace(/\n(?=[^\r\n])/g, `\n${unit.repeat(depth - 1)}`);
      const comma = isMoreBehind || index < pieces.length - 1 ? ',' : '';
      return [
        ...(lead === '' ? [] : [line(depth, deeper(lead))]),
        line(depth, deeper(start + value) + comma + (trail === '' ? '' : ` ${deeper(trail)}`)),
      ].join(eol);
    });
  return [
    head === '' ? '{' : `{ ${head}`,
    ...fields(schema, 1, true),
    line(1, '"listeners": ['),
    line(2, '{'),
    ...fields(listener, 3, false),
    line(2, '}'),
    line(1, '],'),
    line(1, '"pools": {'),
    line(2, `${POOL_NAME}: {`),
    ...fields(pool, 3, false),
    line(2, '}'),
    line(1, '}'),
    ...(tail === '' ? [] : [line(1, tail)]),
    '}',
  ].join(eol);
}
