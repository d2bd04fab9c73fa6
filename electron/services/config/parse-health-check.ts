import { fail, ok, type Result } from '../../../shared/calls/result.ts';
import { type HealthCheckConfig, healthCheckSchema } from '../../../shared/config/health-check-schema.ts';
import { checkHealthCheck } from './health-check-rules.ts';
import { toIssues } from './issues.ts';
import { readJson } from './json-text.ts';
import { schemaProblems } from './schema-problems.ts';

/** Reads a health check as it would stand in the config; when it cannot stand there, a sentence for each reason. */
export function parseHealthCheck(written: object): Result<HealthCheckConfig, readonly string[]> {
  const text = JSON.stringify(written);
  const read = readJson(text);
  if (!read.ok) return fail([read.error.message]);
  const { root, value } = read.value;
  const problems = [...schemaProblems(healthCheckSchema, value, true), ...checkHealthCheck(value, {}, [])];
  if (problems.length > 0) return fail(toIssues(problems, text, root).map(({ message }) => message));
  return ok(healthCheckSchema.parse(value));
}
