import { z } from 'zod';
import { fullConfigSchema, simpleConfigSchema } from './config-schema.ts';

/** The config as JSON Schema (draft 2020-12), for editors: what may be written, before defaults are filled in. */
export function configJsonSchema(): object {
  const either = z.union([simpleConfigSchema, fullConfigSchema]).meta({
    title: 'Switchyard config',
    description: 'One listener and one pool in the simple form, or "listeners" and "pools" in the full one.',
  });
  return z.toJSONSchema(either, { io: 'input', target: 'draft-2020-12' });
}
