import { z } from 'zod';
import { TRAFFIC_LIMITS, TRAFFIC_METHODS } from '../../../shared/view/traffic.ts';

const name = z.string().min(1).max(200);

/** A plan in form; whether it is within the limits, and how to mend it, is said in words where it is carried out. */
export const trafficPlan = z.strictObject({
  listener: name,
  host: z.string().max(300).optional(),
  pool: name,
  method: z.enum(TRAFFIC_METHODS),
  headers: z.array(z.strictObject({ name: z.string().max(200), value: z.string().max(8_000) })).max(100),
  body: z.string().max(TRAFFIC_LIMITS.bodyBytes * 2),
  paths: z.array(z.strictObject({ path: z.string().max(8_000), weight: z.number() })).max(100),
  load: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('rate'), perSecond: z.number(), durationMs: z.number() }),
    z.strictObject({ kind: z.literal('count'), requests: z.number(), concurrency: z.number() }),
    z.strictObject({ kind: z.literal('concurrency'), concurrency: z.number(), durationMs: z.number() }),
  ]),
});
