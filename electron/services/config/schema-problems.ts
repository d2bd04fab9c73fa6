import { z } from 'zod';
import { unknownFieldWords } from './did-you-mean.ts';
import type { Keys, Problem } from './issues.ts';

type Issue = z.core.$ZodIssue;

/** What zod found, flat: unions become the branch that was meant, unknown fields come one by one. */
export function schemaProblems(schema: z.ZodType, value: unknown, isFull: boolean): Problem[] {
  const parsed = schema.safeParse(value, { reportInput: true });
  if (parsed.success) return [];
  const flatten = (issue: Issue, base: Keys): Problem[] => {
    const keys = [...base, ...issue.path.filter((key) => typeof key !== 'symbol')];
    switch (issue.code) {
      case 'unrecognized_keys': {
        const known = fieldsAt(schema, keys);
        return issue.keys.map((key) => ({
          keys: [...keys, key],
          words: unknownFieldWords({ key, known, isTop: keys.length === 0, isFull }),
          place: 'name',
        }));
      }
      case 'invalid_union': {
        const meant = issue.errors.find((branch) => !branch.some(isWrongKind));
        if (meant) return meant.flatMap((one) => flatten(one, keys));
        return [{ keys, words: issue.input === undefined ? missing(issue.message) : issue.message }];
      }
      case 'invalid_key':
        return [{ keys, words: `is not a name; it ${issue.issues[0]?.message}`, place: 'name' }];
      case 'invalid_type':
        return [{ keys, words: issue.input === undefined ? missing(issue.message) : issue.message }];
      default:
        return [{ keys, words: issue.message }];
    }
  };
  return parsed.error.issues.flatMap((issue) => flatten(issue, []));
}

/** A branch that fails at its root was never meant; one that fails further in, or by its own check, was. */
function isWrongKind(issue: Issue): boolean {
  if (issue.path.length > 0) return false;
  // An object where one of some words is known has to do with another branch.
  return issue.code === 'invalid_type' || (issue.code === 'invalid_value' && typeof issue.input === 'object');
}

function missing(words: string): string {
  return `is missing; ${words.startsWith('must') ? `it ${words}` : words.replace(/^.*?; /, '')}`;
}

/** The fields the schema has at a place. */
function fieldsAt(schema: z.ZodType, keys: Keys): string[] {
  let at: z.core.$ZodType | undefined = schema;
  for (const key of keys) at = child(unwrap(at), key);
  const found = unwrap(at);
  return found instanceof z.ZodObject ? Object.keys(found.shape) : [];
}

function child(schema: z.core.$ZodType | undefined, key: string | number): z.core.$ZodType | undefined {
  if (schema instanceof z.ZodObject) return schema.shape[key];
  if (schema instanceof z.ZodArray) return schema.element;
  return schema instanceof z.ZodRecord ? schema.valueType : undefined;
}

/** What is inside of defaults and the like; of a union, its object. */
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
