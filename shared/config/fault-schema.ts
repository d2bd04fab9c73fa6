import { z } from 'zod';
import { fail, ok, type Result } from '../calls/result.ts';
import { describeTextFault, readFaultText } from '../text/fault-text.ts';
import { duration, says, wholeNumber } from './schema-parts.ts';

const DIRECTION_WORDS = 'must be "to-client" or "to-backend"';
const direction = z.enum(['to-client', 'to-backend'], says(DIRECTION_WORDS)).default('to-client').meta({
  description: 'Which way the bytes go that it is about: answers to the client, or requests to the backend.',
});

const PROBABILITY_WORDS = 'must be a number above 0 and up to 1; write 0.1 for one request in ten';
const probability = z
  .number(says(PROBABILITY_WORDS))
  .gt(0, says(PROBABILITY_WORDS))
  .max(1, says(PROBABILITY_WORDS))
  .optional()
  .meta({ description: 'How likely it hits a request: 0.1 is one in ten. Every one when left out.' });

const MATCH_WORDS = 'must be an object such as { "method": "GET", "path": "/users" }';
const match = z
  .strictObject(
    {
      method: z
        .string(says('must be a method such as "GET"'))
        .regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/, says('must be a method such as "GET"'))
        .optional(),
      path: z
        .string(says('must be the beginning of a path, such as "/users"'))
        .regex(/^\//, says('must begin with a slash, such as "/users"'))
        .optional(),
      headers: z
        .record(
          z.string(),
          z.string(says('must be text')),
          says('must be an object such as { "X-User": "anna" }'),
        )
        .optional(),
    },
    says(MATCH_WORDS),
  )
  .optional()
  .meta({
    description:
      'Which requests it may hit: by method, by how the path begins, and by headers. All when left out.',
  });

/** What every fault has beside its own parameters. */
const common = {
  probability,
  first: wholeNumber(1, 1_000_000_000, 'Only the first so many requests, then never again.').optional(),
  every: wholeNumber(
    1,
    1_000_000_000,
    'Only every so many-th request: 3 hits the third, the sixth, …',
  ).optional(),
  times: wholeNumber(1, 1_000_000_000, 'It is over after it has hit so many requests.').optional(),
  for: duration('It is over after this time.').optional(),
  match,
  affects: z
    .enum(['traffic', 'checks', 'both'], says('must be "traffic", "checks" or "both"'))
    .default('both')
    .meta({ description: 'Whom it hits: requests, health checks, or both, each counted for itself.' }),
};

const bytes = (description: string) => wholeNumber(0, Number.MAX_SAFE_INTEGER, description);

const statusWords = 'must be a status from 200 to 599';

const kinds = [
  z.strictObject({ type: z.literal('crash'), ...common }),
  z.strictObject({
    type: z.literal('latency'),
    latency: duration('How long the bytes are held back.'),
    jitter: duration('How far from that it may be.').optional(),
    distribution: z
      .enum(['uniform', 'normal', 'pareto'], says('must be "uniform", "normal" or "pareto"'))
      .default('uniform')
      .meta({
        description:
          'uniform: evenly from latency - jitter to latency + jitter; normal: around latency, jitter is the standard ' +
          'deviation; pareto: never less than latency, with a long tail that jitter is the scale of.',
      }),
    direction,
    ...common,
  }),
  z.strictObject({
    type: z.literal('slow-headers'),
    duration: duration('How long the head of the answer takes to trickle in.'),
    ...common,
  }),
  z.strictObject({
    type: z.literal('bandwidth'),
    rate: wholeNumber(1, 10_000_000, 'KB/s of one connection; a KB is 1,000 bytes.'),
    direction,
    ...common,
  }),
  z.strictObject({
    type: z.literal('hang'),
    timeout: duration('After this, the connection closes. Never when left out.').optional(),
    ...common,
  }),
  z.strictObject({
    type: z.literal('error'),
    status: z
      .int(says(statusWords))
      .min(200, says(statusWords))
      .max(599, says(statusWords))
      .default(503)
      .meta({ description: 'What it answers in place of the backend.' }),
    body: z.string(says('must be text')).optional().meta({ description: 'The body of that answer.' }),
    retryAfter: duration('The Retry-After of that answer, in whole seconds.').optional(),
    ...common,
  }),
  z.strictObject({
    type: z.literal('reset'),
    bytes: bytes('After so many bytes of the body of the answer.').optional(),
    timeout: duration(
      'After this time. At once, before the backend hears of it, when there is neither.',
    ).optional(),
    ...common,
  }),
  z.strictObject({
    type: z.literal('truncate'),
    bytes: bytes('The connection closes after so many bytes of the body of the answer.'),
    ...common,
  }),
  z.strictObject({
    type: z.literal('slicer'),
    averageSize: wholeNumber(1, 1_000_000, 'Bytes of a fragment, on average.'),
    sizeVariation: wholeNumber(0, 1_000_000, 'How far from that a fragment may be, in bytes.').default(0),
    delay: duration('The pause between two fragments.').optional(),
    direction,
    ...common,
  }),
  z.strictObject({
    type: z.literal('slow-close'),
    delay: duration('How long the end of the connection is held back.'),
    ...common,
  }),
  z.strictObject({
    type: z.literal('flap'),
    up: duration('How long it works, from the start.'),
    down: duration('How long it is crashed after that, before it works again.'),
    ...common,
  }),
] as const;

/** `crash`, `latency`, …: what a fault begins with. */
export const FAULT_TYPES: readonly string[] = kinds.map(({ shape }) => shape.type.value);

const FAULT_WORDS = 'must be a fault such as { "type": "latency", "latency": "200ms" } or "latency 200ms"';
const TYPE_WORDS = `must be one of ${FAULT_TYPES.map((type) => `"${type}"`).join(', ')}`;

const faultObject = z
  .discriminatedUnion('type', kinds, {
    error: ({ code }) => (code === 'invalid_union' ? TYPE_WORDS : FAULT_WORDS),
  })
  .superRefine((fault, context) => {
    const { probability: likely, first, every, times } = fault;
    if (likely !== undefined && (first ?? every ?? times) !== undefined)
      context.addIssue({
        code: 'custom',
        path: ['probability'],
        message: 'goes by chance, "first", "every" and "times" by number; keep one of the two',
      });
  });

const faultText = z
  .string(says(FAULT_WORDS))
  .transform((text, context) => {
    const read = readFaultText(text);
    if (!read.ok) {
      context.addIssue(read.error);
      return z.NEVER;
    }
    const parsed = faultObject.safeParse(read.value);
    if (parsed.success) return parsed.data;
    context.addIssue(describeTextFault(parsed.error.issues[0], read.value));
    return z.NEVER;
  })
  .meta({ description: 'A fault in one line: "latency 200ms±40ms", "error 503 every=3", "crash for=10s".' });

export const faultSchema = z.union([faultText, faultObject], {
  error: ({ input }) => (typeof input === 'object' ? TYPE_WORDS : FAULT_WORDS),
});

export const faultsSchema = z
  .array(faultSchema, says('must be a list of faults such as ["latency 200ms"]'))
  .max(16, says('has more than 16 faults'))
  .meta({
    description: 'What is wrong with it from the start, for rehearsal. The balancer has to find out.',
  });

/** With every default filled in, durations in milliseconds. */
export type FaultSettings = z.output<typeof faultObject>;
export type FaultType = FaultSettings['type'];
export type FaultOf<T extends FaultType> = Extract<FaultSettings, { readonly type: T }>;

/**
 * Reads a fault in either form.
 *
 * @returns the fault, or what is wrong with it: a sentence that begins with the input
 */
export function parseFault(input: unknown): Result<FaultSettings, string> {
  const parsed = typeof input === 'string' ? faultText.safeParse(input) : faultObject.safeParse(input);
  if (parsed.success) return ok(parsed.data);
  const [issue] = parsed.error.issues;
  const place = issue === undefined || issue.path.length === 0 ? '' : `.${issue.path.join('.')}`;
  return fail(`${JSON.stringify(input)}${place} ${issue?.message ?? FAULT_WORDS}`);
}

/** Reads several; the first that is none says what is wrong. */
export function parseFaults(inputs: readonly unknown[]): Result<readonly FaultSettings[], string> {
  const faults: FaultSettings[] = [];
  for (const input of inputs) {
    const fault = parseFault(input);
    if (!fault.ok) return fault;
    faults.push(fault.value);
  }
  return ok(faults);
}
