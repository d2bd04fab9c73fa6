import { z } from 'zod';
import type { PoolSettingsEdit } from '../../../shared/config/pool-settings-edit.ts';

const setting = z.union([z.string().max(200), z.number(), z.null()]);
const settings = z.record(z.string().max(50), setting);

/** Only its shape: which settings there are, and what they may be, is the config's business. */
export const poolSettingsEdit = z.strictObject({
  kind: z.literal('set-pool-settings'),
  pool: z.string().min(1).max(200),
  settings: z.strictObject({
    slowStart: setting.optional(),
    holdFor: setting.optional(),
    whenAllDown: setting.optional(),
    retries: settings.optional(),
    queue: settings.optional(),
    timeouts: settings.optional(),
    outliers: settings.nullable().optional(),
  }),
}) satisfies z.ZodType<PoolSettingsEdit>;
