import { z } from 'zod';
import type { CallName, Calls } from '../../../shared/calls/contract.ts';
import { POLICIES } from '../../../shared/config/policies.ts';
import { settingsChangeSchema } from '../../../shared/config/settings-schema.ts';
import { EXCHANGES_KEPT } from '../../../shared/view/exchange-record.ts';
import { MAX_INSTANCES } from '../../../shared/view/processes.ts';
import { poolSettingsEdit } from './pool-settings-arguments.ts';
import { routingEdits } from './routing-arguments.ts';
import { check, MAX_SERVERS, server } from './server-arguments.ts';
import { trafficPlan } from './traffic-arguments.ts';

/** Long enough for any config a person writes; short enough not to be a weapon. */
const MAX_TEXT = 5_000_000;

const name = z.string().min(1).max(200);
/** One without a name of its own goes by its URL. */
const backend = z.string().min(1).max(2_000);
const key = z.strictObject({ pool: name, backend });
const text = z.string().max(MAX_TEXT);
const revision = z.int().min(0);

const edit = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('add-server'), pool: name, server }),
  z.strictObject({ kind: z.literal('update-server'), pool: name, backend, server }),
  z.strictObject({ kind: z.literal('set-weight'), pool: name, backend, weight: z.number() }),
  z.strictObject({ kind: z.literal('remove-server'), pool: name, backend }),
  z.strictObject({ kind: z.literal('set-health-check'), pool: name, healthCheck: check }),
  z.strictObject({
    kind: z.literal('set-server-health-check'),
    pool: name,
    backend,
    healthCheck: check,
  }),
  z.strictObject({
    kind: z.literal('set-policy'),
    pool: name,
    policy: z.enum(POLICIES),
    parameter: z.string().max(200).optional(),
  }),
  z.strictObject({
    kind: z.literal('set-sticky-cookie'),
    pool: name,
    cookie: z.string().max(200),
    key: z.string().max(1_000),
  }),
  z.strictObject({ kind: z.literal('set-address'), listener: name, address: z.string().max(200) }),
  poolSettingsEdit,
  z.strictObject({
    kind: z.literal('set-scenario'),
    scenario: name,
    written: z
      .strictObject({
        steps: z.array(z.string().max(10_000)).max(1_000),
        seed: z.union([z.number(), z.string().max(100)]).nullable(),
        limits: z.record(z.string().max(50), z.union([z.number(), z.string().max(100)])).nullable(),
      })
      .nullable(),
  }),
  ...routingEdits,
]);

/** What the renderer sends is parsed before anything is done with it; one parser a call, none left out. */
export const argumentParsers: { readonly [N in CallName]: z.ZodType<Calls[N]['argument']> } = {
  'app:watch': z.null(),
  'engine:set-running': z.strictObject({ isRunning: z.boolean() }),
  'engine:set-admin': key.extend({ state: z.enum(['enabled', 'draining', 'disabled']) }),
  'engine:force-health': key.extend({ forced: z.enum(['up', 'down']).nullable() }),
  'engine:set-faults': key.extend({ faults: z.array(z.string().max(10_000)).max(16) }),
  'engine:clear-faults': z.null(),
  'scenario:play': z.strictObject({ name }),
  'scenario:stop': z.null(),
  'scenario:save-report': z.null(),
  'engine:probe-now': key,
  'engine:try-probe': key.extend({ healthCheck: check }),
  'engine:drop-connections': key,
  'engine:reset-counters': z.strictObject({ pool: name, backend: backend.optional() }),
  'log:show': z.strictObject({ isShown: z.boolean() }),
  'log:exchange': z.strictObject({ id: z.int().min(1) }),
  'lab:compare': z.strictObject({ pool: name, policies: z.tuple([z.enum(POLICIES), z.enum(POLICIES)]) }),
  'log:set-capture': z.strictObject({ pool: name, isOn: z.boolean() }),
  'log:export-har': z.strictObject({
    ids: z.array(z.int().min(1)).max(EXCHANGES_KEPT),
    withSecrets: z.boolean(),
  }),
  'log:send-again': z.strictObject({ id: z.int().min(1), backend: backend.nullable() }),
  'traffic:start': trafficPlan,
  'traffic:stop': z.null(),
  'traffic:forget': z.strictObject({ id: z.int().min(1) }),
  'config:check': z.strictObject({ text }),
  'config:apply': z.strictObject({ text, revision }),
  'config:edit': z.strictObject({ edit, revision }),
  'config:review': z.strictObject({ text }),
  'config:step': z.strictObject({ direction: z.enum(['undo', 'redo']), revision }),
  'config:save-as': z.strictObject({ text, revision }),
  'config:recent': z.null(),
  'config:forget': z.strictObject({ path: z.string().min(1).max(4_096) }),
  'config:choose': z.null(),
  'config:open': z.strictObject({ path: z.string().min(1).max(4_096) }),
  'config:open-dropped': z.strictObject({ path: z.string().min(1).max(4_096) }),
  'config:use-demo': z.null(),
  'config:start-own': z.strictObject({ text }),
  'discovery:find': z.null(),
  'discovery:stop': z.null(),
  'check:find': z.strictObject({
    urls: z.array(z.string().max(2_000)).max(MAX_SERVERS),
    pool: name.nullable(),
  }),
  'check:stop': z.null(),
  'import:save': z.strictObject({ path: z.string().min(1).max(4_096) }),
  'config:allow-commands': z.strictObject({ revision }),
  'process:scale': z.strictObject({
    pool: name,
    command: name,
    instances: z.int().min(0).max(MAX_INSTANCES),
  }),
  'process:output': key.extend({ since: z.int().min(0) }),
  'process:act': key.extend({ action: z.enum(['kill', 'pause', 'resume', 'stop', 'start']) }),
  'app:set-theme': z.strictObject({ theme: z.enum(['system', 'light', 'dark']) }),
  'settings:get': z.null(),
  'settings:change': settingsChangeSchema,
  'settings:choose-config': z.null(),
  'settings:renew-token': z.null(),
  'settings:copy-token': z.strictObject({ form: z.enum(['token', 'curl']) }),
  'app:note-shown': z.strictObject({
    screen: z.enum(['pool', 'requests', 'config', 'routes', 'settings']),
    pool: name.nullable(),
    theme: z.enum(['system', 'light', 'dark']),
    isRailCollapsed: z.boolean(),
  }),
  'shell:open-url': z.strictObject({ url: z.string().max(2_000) }),
  // A command that holds a captured body, four characters a byte, or all that is kept of a process's output.
  'shell:copy': z.strictObject({ text }),
};
