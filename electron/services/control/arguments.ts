import { z } from 'zod';
import { fail, ok, type Result } from '../../../shared/calls/result.ts';
import { MAX_INSTANCES } from '../../../shared/view/processes.ts';
import { closest } from '../config/did-you-mean.ts';
import { type Answer, problem } from './answer.ts';

export const adminArgument = z.strictObject({
  state: z.enum(['enabled', 'draining', 'disabled'], 'has to be "enabled", "draining" or "disabled"'),
});

export const healthArgument = z.strictObject({
  forced: z.enum(['up', 'down'], 'has to be "up", "down" or null').nullable(),
});

const seed = z
  .int('has to be a whole number')
  .min(0, 'has to be 0 or more')
  .max(4_294_967_295, 'has to be below 4294967296');

export const faultsArgument = z.strictObject({
  faults: z
    .array(z.unknown(), 'has to be a list such as ["latency 200ms"]')
    .max(16, 'has more than 16 faults'),
  seed: seed.optional(),
});

export const actArgument = z.strictObject({
  action: z.enum(
    ['kill', 'pause', 'resume', 'stop', 'start'],
    'has to be "kill", "pause", "resume", "stop" or "start"',
  ),
});

export const scaleArgument = z.strictObject({
  instances: z
    .int('has to be a whole number')
    .min(0, 'has to be 0 or more')
    .max(MAX_INSTANCES, `has to be ${MAX_INSTANCES} at most`),
});

export const playArgument = z.strictObject({ seed: seed.optional() });

export const configArgument = z.strictObject({ text: z.string('has to be the text of a config') });

/** Reads a body; what is wrong with it names the field. */
export function readArgument<T>(schema: z.ZodObject & z.ZodType<T>, text: string): Result<T, Answer> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return fail(problem(400, 'bad-body', 'The body is not JSON.'));
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return ok(parsed.data);
  const known = Object.keys(schema.shape);
  const unknown = parsed.error.issues.find((issue) => issue.code === 'unrecognized_keys');
  if (unknown) return fail(unknownField(unknown.keys[0] ?? '', known));
  const [issue] = parsed.error.issues;
  const [field] = issue?.path ?? [];
  const fields = known.map((name) => `"${name}"`).join(', ');
  if (field === undefined)
    return fail(problem(400, 'bad-body', `The body has to be an object with ${fields}.`));
  return fail(problem(400, 'bad-body', `"${String(field)}" ${issue?.message ?? 'is wrong'}.`));
}

function unknownField(field: string, known: readonly string[]): Answer {
  const near = closest(field, known);
  const list = known.map((name) => `"${name}"`).join(', ');
  const mend = near === null ? `; there is ${list}.` : `; did you mean "${near}"?`;
  return problem(400, 'unknown-field', `"${field}" is not a field here${mend}`, { members: { field } });
}
