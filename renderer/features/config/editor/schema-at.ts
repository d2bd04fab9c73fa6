import type { Path } from '../../../../shared/config/text-edits.ts';

/** As much of JSON Schema as zod writes. */
export interface JsonSchema {
  readonly type?: string | readonly string[];
  readonly title?: string;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: JsonSchema | boolean;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
}

/**
 * What may stand at a place: every alternative there is for it. Of the two forms of a config, the one that its fields
 * are of, as long as they tell.
 *
 * @param written what the text has so far
 */
export function schemasAt(root: JsonSchema, path: Path, written: unknown): readonly JsonSchema[] {
  return path.reduce<readonly JsonSchema[]>(
    (schemas, key) => schemas.flatMap((schema) => childOf(schema, key)),
    formsOf(root, written),
  );
}

/** The fields an object may have at a place, by name. */
export function fieldsAt(schemas: readonly JsonSchema[]): ReadonlyMap<string, JsonSchema> {
  return new Map(schemas.flatMap(({ properties }) => Object.entries(properties ?? {})));
}

/** What a person needs to know of a field: the first that says it. */
export function descriptionOf(schemas: readonly JsonSchema[]): string | undefined {
  return schemas.find(({ description }) => description !== undefined)?.description;
}

/** A schema, and what it is one of. */
export function alternatives(schema: JsonSchema): readonly JsonSchema[] {
  const inside = [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])];
  return inside.length === 0 ? [schema] : [schema, ...inside.flatMap(alternatives)];
}

function formsOf(root: JsonSchema, written: unknown): readonly JsonSchema[] {
  const keys = typeof written === 'object' && written !== null ? Object.keys(written) : [];
  const telling = keys.filter((key) => key !== '$schema');
  const forms = alternatives(root).filter(({ properties }) => properties !== undefined);
  const fitting = forms.filter(({ properties }) =>
    telling.every((key) => Object.hasOwn(properties ?? {}, key)),
  );
  return fitting.length > 0 ? fitting : forms;
}

function childOf(schema: JsonSchema, key: string | number): readonly JsonSchema[] {
  if (typeof key === 'number') return schema.items ? alternatives(schema.items) : [];
  const own = Object.hasOwn(schema.properties ?? {}, key) ? schema.properties?.[key] : undefined;
  if (own) return alternatives(own);
  const { additionalProperties: others } = schema;
  return typeof others === 'object' ? alternatives(others) : [];
}
