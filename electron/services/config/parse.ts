import { fail, ok, type Result } from '../../../shared/calls/result.ts';
import type { Config, ConfigIssue } from '../../../shared/config/config.ts';
import { fullConfigSchema, simpleConfigSchema } from '../../../shared/config/config-schema.ts';
import { isFullForm } from '../../../shared/config/full-form.ts';
import { crossCheck } from './cross-checks.ts';
import { toIssues } from './issues.ts';
import { readJson } from './json-text.ts';
import { fromFull, fromSimple } from './normalise.ts';
import { schemaProblems } from './schema-problems.ts';

/**
 * Reads a config: JSON, comments and trailing commas allowed, in the simple form or the full one.
 *
 * @returns the config with every default filled in, or all that is wrong, in the order of the text
 */
export function parseConfig(source: string): Result<Config, readonly ConfigIssue[]> {
  // As long as what it replaces, so that places stay true.
  const text = source.replace(/^\uFEFF/, ' ');
  const read = readJson(text);
  if (!read.ok) return fail([read.error]);
  const { root, value } = read.value;
  const isFull = isFullForm(value);
  const schema = isFull ? fullConfigSchema : simpleConfigSchema;
  const problems = [
    ...read.value.problems,
    ...schemaProblems(schema, value, isFull),
    ...crossCheck(value, isFull),
  ];
  if (problems.length > 0) {
    return fail(toIssues(problems, text, root));
  }
  return ok(isFull ? fromFull(fullConfigSchema.parse(value)) : fromSimple(simpleConfigSchema.parse(value)));
}
