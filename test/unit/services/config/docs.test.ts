import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../../../electron/services/config/parse.ts';
import { configJsonSchema } from '../../../../shared/config/config-json-schema.ts';

const DOCS = readFileSync(
  fileURLToPath(new URL('../../../../docs/config.md', import.meta.url)),
  'utf8',
).replaceAll('\r\n', '\n');

interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly additionalProperties?: Schema | boolean;
  readonly anyOf?: readonly Schema[];
  readonly default?: unknown;
}

/** Every field anywhere in the schema, with the default it has there. */
function fieldsOf(schema: Schema): [string, unknown][] {
  const { properties = {}, items, additionalProperties, anyOf = [] } = schema;
  const own = Object.entries(properties).flatMap(([name, field]): [string, unknown][] => [
    [name, field.default],
    ...fieldsOf(field),
  ]);
  const inner = [...anyOf, ...(items ? [items] : [])];
  if (typeof additionalProperties === 'object') inner.push(additionalProperties);
  return [...own, ...inner.flatMap(fieldsOf)];
}

describe('docs/config.md', () => {
  const fields = fieldsOf(configJsonSchema());
  const plain = fields.filter(([name]) => !['$schema', 'listeners', 'pools'].includes(name));

  it('has a row for every field', () => {
    expect(fields.length).toBeGreaterThan(40);
    const missing = plain.filter(([name]) => !DOCS.includes(`| \`${name}\` |`));
    expect(missing).toEqual([]);
  });

  it('has the default of every field', () => {
    const missing = plain
      .filter(([, value]) => value !== undefined && typeof value !== 'object')
      .filter(([name, value]) => !DOCS.includes(`| \`${name}\` | \`${JSON.stringify(value)}\` |`));
    expect(missing).toEqual([]);
  });

  it('shows configs that are valid', () => {
    const examples = [...DOCS.matchAll(/```jsonc\n([^`]*)```/g)].map(([, text = '']) => text);
    expect(examples).toHaveLength(6);
    expect(examples.map((text) => parseConfig(text).ok)).toEqual([true, true, true, true, true, true]);
  });
});
