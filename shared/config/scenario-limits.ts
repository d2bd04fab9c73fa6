import { z } from 'zod';
import { duration, says, wholeNumber } from './schema-parts.ts';

const RATE_WORDS = 'must be a share from 0 to 1; write 0.01 for one request in a hundred';

/** What a run of a scenario may come to. Each by itself can be left out. */
export const scenarioLimitsSchema = z
  .strictObject(
    {
      errorRate: z
        .number(says(RATE_WORDS))
        .min(0, says(RATE_WORDS))
        .max(1, says(RATE_WORDS))
        .optional()
        .meta({
          description: 'The share of requests whose client may get an error: 0.01 is one in a hundred.',
        }),
      clientErrors: wholeNumber(
        0,
        1_000_000_000,
        'So many requests may end with an error for their client: a 5xx, or an answer cut short.',
      ).optional(),
      p95: duration('Nineteen of twenty requests have their whole answer within this time.').optional(),
      timeToDetect: duration('For so long a backend may be broken before it is taken out.').optional(),
      timeToRecover: duration('For so long a backend may be broken until it is back.').optional(),
    },
    says('must be an object such as { "clientErrors": 0, "timeToDetect": "3s" }'),
  )
  .meta({ description: 'What a run may come to: it passes when it keeps within all of them.' });

/** Durations in milliseconds. */
export type ScenarioLimits = Readonly<z.output<typeof scenarioLimitsSchema>>;
export type LimitName = keyof ScenarioLimits;
