import { findNodeAtLocation, getLocation, getNodeValue, parseTree } from 'jsonc-parser';
import { alternatives, descriptionOf, type JsonSchema, schemasAt } from './schema-at.ts';
import { detailOf } from './suggest.ts';

/** What a field means, for somebody who points at it. */
export interface Explanation {
  /** What it is about: from here to there in the text. */
  readonly from: number;
  readonly to: number;
  readonly name: string;
  readonly words: string;
  /** Its default, and what it may be. */
  readonly facts: readonly string[];
}

const MOST_VALUES = 12;

/** Null where nothing stands that the schema knows. */
export function explanationAt(schema: JsonSchema, text: string, offset: number): Explanation | null {
  const root = parseTree(text, [], { allowTrailingComma: true });
  if (!root) return null;
  const { path } = getLocation(text, offset);
  const node = findNodeAtLocation(root, path);
  if (!node || path.length === 0) return null;
  const whole = node.parent?.type === 'property' ? node.parent : node;
  const isInside = offset >= whole.offset && offset <= whole.offset + whole.length;
  // What an object or a list has inside is about its own fields; between them there is nothing to say.
  const isAmong = (node.type === 'object' || node.type === 'array') && offset > node.offset;
  if (!isInside || isAmong) return null;
  const schemas = schemasAt(schema, path, getNodeValue(root));
  const words = descriptionOf(schemas);
  if (words === undefined) return null;
  const values = [...new Set(schemas.flatMap(alternatives).flatMap((one) => one.enum ?? []))];
  const usual = schemas.map(detailOf).find((detail) => detail.startsWith('default '));
  return {
    from: whole.offset,
    to: whole.offset + whole.length,
    name: String(path.filter((key) => typeof key === 'string').at(-1) ?? ''),
    words,
    facts: [
      ...(usual === undefined ? [] : [`D${usual.slice(1)}`]),
      ...(values.length === 0 || values.length > MOST_VALUES
        ? []
        : [`One of ${values.map(String).join(', ')}`]),
    ],
  };
}
