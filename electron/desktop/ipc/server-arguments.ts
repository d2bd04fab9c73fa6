import { z } from 'zod';

/** Of one edit or one search. */
export const MAX_SERVERS = 1_000;

/** Whatever a field of a check may be in the config; which of them it has is the config's business. */
const setting = z.union([
  z.string().max(10_000),
  z.number(),
  z.boolean(),
  z.array(z.union([z.string().max(100), z.number()])).max(100),
  z.record(z.string().max(200), z.string().max(10_000)),
]);

export const check = z.record(z.string().max(50), setting);

/** A backend as typed; whether it is right is the config's business. */
export const server = z.strictObject({
  url: z.string().max(2_000),
  name: z.string().max(200).optional(),
  weight: z.union([z.number(), z.string().max(50)]).optional(),
  maxConnections: z.union([z.number(), z.string().max(50)]).optional(),
  backup: z.literal(true).optional(),
  insecure: z.literal(true).optional(),
  healthCheck: check.optional(),
});
