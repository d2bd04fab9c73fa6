import { z } from 'zod';

const backend = z.object({
  name: z.string(),
  admin: z.enum(['enabled', 'draining', 'disabled']),
  health: z.object({
    health: z.enum(['unknown', 'up', 'down']),
    reason: z.string(),
    busy: z.object({ reason: z.string() }).optional(),
  }),
  forced: z.enum(['up', 'down']).nullable(),
  ejection: z.object({ reason: z.string() }).nullable(),
  faults: z.array(z.object({ text: z.string() })),
  probes: z.array(z.object({ at: z.number(), passed: z.boolean(), words: z.string() })),
  counters: z.object({
    requests: z.number(),
    errors: z.number(),
    inFlight: z.number(),
    latency: z.object({ p95Ms: z.number() }).nullable(),
  }),
});

/** What the command line reads of the state; a newer instance may say more. */
export const stateShape = z.object({
  listeners: z.array(
    z.object({
      url: z.string(),
      defaultPool: z.string(),
      state: z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('listening') }),
        z.object({ kind: z.literal('stopped') }),
        z.object({ kind: z.literal('failed'), reason: z.string() }),
      ]),
    }),
  ),
  pools: z.array(
    z.object({
      name: z.string(),
      policy: z.string(),
      unavailable: z.number(),
      isTryingAnyway: z.boolean().default(false),
      triedAnyway: z.number().default(0),
      backends: z.array(backend),
    }),
  ),
});

export type State = z.infer<typeof stateShape>;
export type BackendState = z.infer<typeof backend>;

export const processesShape = z.object({
  commands: z.array(z.object({ pool: z.string(), name: z.string(), wanted: z.number() })),
  instances: z.array(
    z.object({
      pool: z.string(),
      name: z.string(),
      state: z.string(),
      reason: z.string().nullable(),
      port: z.number().nullable(),
      pid: z.number().nullable(),
    }),
  ),
});

export type ProcessesState = z.infer<typeof processesShape>;

export const outputShape = z.object({ lines: z.array(z.object({ stream: z.string(), text: z.string() })) });

export const configShape = z.object({ revision: z.string() });

export const problemShape = z.object({ detail: z.string(), code: z.string() });
