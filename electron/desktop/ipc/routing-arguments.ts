import { z } from 'zod';
import type { RoutingEdit } from '../../../shared/config/routing-edit.ts';
import { check, MAX_SERVERS, server } from './server-arguments.ts';

const name = z.string().min(1).max(200);
const typed = z.string().max(2_000);
const status = z.union([z.number(), z.string().max(50)]);
const key = z.strictObject({ host: typed.optional(), path: typed });
const headers = z.strictObject({
  set: z.record(z.string().max(200), z.string().max(10_000)),
  remove: z.array(z.string().max(200)).max(100),
});
const route = z.strictObject({
  host: typed.optional(),
  path: typed,
  pool: name.optional(),
  respond: z.strictObject({ status, body: z.string().max(1_000_000), contentType: typed }).optional(),
  redirect: z.strictObject({ to: typed, status }).optional(),
  stripPrefix: z.boolean(),
  replacePrefix: typed.optional(),
  requestHeaders: headers,
  responseHeaders: headers,
});

/** Only their shape: whether a route or an address is a good one is the config's business. */
export const routingEdits = [
  z.strictObject({ kind: z.literal('set-default-pool'), listener: name, pool: name }),
  z.strictObject({ kind: z.literal('set-tls'), listener: name, isOn: z.boolean() }),
  z.strictObject({ kind: z.literal('add-route'), listener: name, route }),
  z.strictObject({ kind: z.literal('update-route'), listener: name, key, route }),
  z.strictObject({ kind: z.literal('remove-route'), listener: name, key }),
  z.strictObject({
    kind: z.literal('add-listener'),
    address: typed,
    name: z.string().max(200).optional(),
    tls: z.union([z.literal('self-signed'), z.strictObject({ cert: typed, key: typed })]).optional(),
    defaultPool: name,
  }),
  z.strictObject({ kind: z.literal('remove-listener'), listener: name }),
  z.strictObject({
    kind: z.literal('add-pool'),
    pool: z.string().max(200),
    servers: z.array(z.union([typed, server])).max(MAX_SERVERS),
    healthCheck: check.optional(),
  }),
  z.strictObject({ kind: z.literal('remove-pool'), pool: name }),
] as const satisfies readonly z.ZodType<RoutingEdit>[];
