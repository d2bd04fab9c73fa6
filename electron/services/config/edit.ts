import { getNodeValue, parseTree } from 'jsonc-parser';
import { fail, ok, type Result } from '../../../shared/calls/result.ts';
import { valueAt } from '../../../shared/calls/value-at.ts';
import type { Config, ConfigIssue, PolicySettings, PoolConfig } from '../../../shared/config/config.ts';
import type { ConfigEdit, ServerInput, WrittenHealthCheck } from '../../../shared/config/config-edit.ts';
import { isFullForm, SIMPLE_POOL, toFullForm } from '../../../shared/config/full-form.ts';
import { parseOrigin } from '../../../shared/config/origin.ts';
import { type PolicyName, requiredField } from '../../../shared/config/policies.ts';
import type { RoutingEdit } from '../../../shared/config/routing-edit.ts';
import type { ScenarioEdit } from '../../../shared/config/scenario-edit.ts';
import {
  addItem,
  type Path,
  removeItem,
  removeProperty,
  replaceItem,
  setProperty,
} from '../../../shared/config/text-edits.ts';
import { editPoolSettings } from './edit-pool-settings.ts';
import { editRouting } from './edit-routing.ts';
import { editScenario } from './edit-scenario.ts';
import { parseConfig } from './parse.ts';
import { changeFields } from './route-text.ts';

const BOM = '\uFEFF';

/**
 * Makes one small change to a config's text and leaves every other character alone, comments too.
 * The text must be valid; the result may not be, and is checked by whoever applies it.
 */
export function applyEdit(source: string, edit: ConfigEdit): Result<string, readonly ConfigIssue[]> {
  const config = parseConfig(source);
  if (!config.ok) return config;
  const mark = source.startsWith(BOM) ? BOM : '';
  const text = source.slice(mark.length);
  const root = parseTree(text, [], { allowTrailingComma: true });
  const document: Document = { text, value: root && getNodeValue(root), config: config.value };
  const edited = makeEdit(document, edit);
  return edited.ok ? ok(mark + edited.value) : fail([{ path: '', keys: [], message: edited.error }]);
}

interface Document {
  readonly text: string;
  /** As written, before defaults. */
  readonly value: unknown;
  readonly config: Config;
}

type ListenerEdit = Extract<ConfigEdit, { readonly kind: 'set-address' }>;
type PoolEdit = Exclude<ConfigEdit, ListenerEdit | RoutingEdit | ScenarioEdit>;

function makeEdit(document: Document, edit: ConfigEdit): Result<string, string> {
  switch (edit.kind) {
    case 'set-address':
      return editListener(document, edit);
    case 'set-scenario':
      return ok(editScenario(document.text, document.value, edit));
    case 'add-route':
    case 'update-route':
    case 'remove-route':
    case 'add-listener':
    case 'remove-listener':
    case 'set-default-pool':
    case 'set-tls':
    case 'add-pool':
    case 'remove-pool':
      return editRouting(document.text, document.config, edit);
    default:
      return editPool(document, edit);
  }
}

function editListener({ text, value, config }: Document, edit: ListenerEdit): Result<string, string> {
  const at = config.listeners.findIndex((listener) => listener.name === edit.listener);
  if (at === -1) return fail(`There is no listener "${edit.listener}" any more.`);
  const [path, key]: [Path, string] = isFullForm(value) ? [['listeners', at], 'address'] : [[], 'port'];
  return ok(setProperty(text, path, key, edit.address));
}

function editPool({ text, value, config }: Document, edit: PoolEdit): Result<string, string> {
  const pool = config.pools.find((one) => one.name === edit.pool);
  if (!pool) return fail(`There is no pool "${edit.pool}" any more.`);
  const isFull = isFullForm(value);
  const base: Path = isFull ? ['pools', edit.pool] : [];
  const servers: Path = [...base, 'servers'];
  switch (edit.kind) {
    case 'set-policy':
      return ok(setPolicy(text, base, edit, pool.policy));
    case 'set-sticky-cookie':
      return ok(setStickyCookie(text, base, edit, valueAt(value, [...base, 'policy'])));
    case 'set-health-check':
      return ok(setHealthCheck(text, value, edit));
    case 'set-pool-settings':
      return ok(editPoolSettings(text, edit));
    case 'add-server':
      return ok(addItem(text, servers, asWritten(edit.server)));
    case 'update-server':
    case 'set-weight':
    case 'set-server-health-check':
    case 'remove-server': {
      const at = serverIndex(pool, edit.backend);
      const command = pool.commands.find(({ name }) => edit.backend.startsWith(`${name}-`));
      if (at === -1 && command)
        return fail(`${edit.backend} is an instance of a command: change ${command.name} in the config.`);
      if (at === -1) return fail(`There is no backend "${edit.backend}" in pool "${edit.pool}" any more.`);
      if (edit.kind === 'remove-server') return ok(removeItem(text, servers, at));
      const previous = valueAt(value, [...servers, at]);
      if (edit.kind === 'set-server-health-check')
        return ok(setServerHealthCheck(text, servers, at, previous, edit.healthCheck));
      if (edit.kind === 'set-weight') {
        const { weight } = edit;
        if (typeof previous === 'string')
          return ok(replaceItem(text, servers, at, { url: previous, weight }));
        return ok(setProperty(text, [...servers, at], 'weight', weight));
      }
      if (typeof previous === 'string') {
        const server = isSameUrl(previous, edit.server.url) ? { ...edit.server, url: previous } : edit.server;
        return ok(replaceItem(text, servers, at, asWritten(server)));
      }
      return ok(updateFields(text, { path: [...servers, at], previous }, edit.server));
    }
  }
}

/** Where among the servers as written a backend stands; -1 for one that is not there. Commands stand there too. */
function serverIndex({ backends, commands }: PoolConfig, name: string): number {
  const at = backends.findIndex((backend) => backend.name === name);
  return at === -1 ? -1 : at + commands.filter(({ position }) => position <= at).length;
}

function setServerHealthCheck(
  text: string,
  servers: Path,
  at: number,
  previous: unknown,
  healthCheck: WrittenHealthCheck,
): string {
  const isEmpty = Object.keys(healthCheck).length === 0;
  if (typeof previous === 'string')
    return isEmpty ? text : replaceItem(text, servers, at, { url: previous, healthCheck });
  const before = valueAt(previous, ['healthCheck']);
  const after = isEmpty ? undefined : healthCheck;
  return changeFields(
    text,
    { path: [...servers, at], value: previous },
    { healthCheck: before },
    { healthCheck: after },
  );
}

/** The simple form has room for the interval alone, so with anything else it is written in full first. */
function setHealthCheck(
  source: string,
  value: unknown,
  { pool, healthCheck }: Extract<ConfigEdit, { readonly kind: 'set-health-check' }>,
): string {
  const isFull = isFullForm(value);
  const isIntervalOnly = Object.keys(healthCheck).every((key) => key === 'interval');
  if (!isFull && isIntervalOnly) {
    const place = { path: [], value };
    const before = { healthCheckInterval: valueAt(value, ['healthCheckInterval']) };
    return changeFields(source, place, before, { healthCheckInterval: healthCheck['interval'] });
  }
  const text = isFull ? source : toFullForm(source);
  const base: Path = ['pools', isFull ? pool : SIMPLE_POOL];
  const root = parseTree(text, [], { allowTrailingComma: true });
  const poolValue = valueAt(root && getNodeValue(root), base);
  const before = valueAt(poolValue, ['healthCheck']);
  const after = before === undefined && Object.keys(healthCheck).length === 0 ? undefined : healthCheck;
  return changeFields(
    text,
    { path: base, value: poolValue },
    { healthCheck: before },
    { healthCheck: after },
  );
}

function setPolicy(
  text: string,
  base: Path,
  { policy, parameter }: Extract<ConfigEdit, { readonly kind: 'set-policy' }>,
  current: PolicySettings,
): string {
  const field = requiredField(policy);
  if (field !== null && parameter !== undefined)
    return setProperty(text, base, 'policy', { name: policy, [field]: parameter });
  // It may have been written with a cookie or a key, which are not to be lost.
  return current.name === policy ? text : setProperty(text, base, 'policy', policy);
}

function setStickyCookie(
  text: string,
  base: Path,
  { cookie, key }: Extract<ConfigEdit, { readonly kind: 'set-sticky-cookie' }>,
  written: unknown,
): string {
  const name: PolicyName = 'sticky-cookie';
  const wanted = { ...(cookie !== '' && { cookie }), ...(key !== '' && { key }) };
  const path = [...base, 'policy'];
  if (valueAt(written, ['name']) === name) {
    const before = { cookie: valueAt(written, ['cookie']), key: valueAt(written, ['key']) };
    return changeFields(text, { path, value: written }, before, wanted);
  }
  const isNameEnough = Object.keys(wanted).length === 0;
  return setProperty(text, base, 'policy', isNameEnough ? name : { name, ...wanted });
}

/** A plain URL for as long as a URL is all there is. */
function asWritten(server: ServerInput): unknown {
  const { url, ...settings } = server;
  return Object.values(settings).every((value) => value === undefined) ? url : server;
}

/** Field by field, so that what the form does not show (a health check, a comment) stays. */
function updateFields(
  text: string,
  { path, previous }: { readonly path: Path; readonly previous: unknown },
  input: ServerInput,
): string {
  let edited = text;
  for (const key of ['url', 'name', 'weight', 'maxConnections', 'backup'] as const) {
    const before = valueAt(previous, [key]);
    const after = input[key];
    const saysNothing = key === 'backup' && before === false && after === undefined;
    if (before === after || saysNothing || (key === 'url' && isSameUrl(before, after))) continue;
    edited = after === undefined ? removeProperty(edited, path, key) : setProperty(edited, path, key, after);
  }
  for (const key of ['insecure', 'healthCheck'] as const)
    if (input[key] !== undefined) edited = setProperty(edited, path, key, input[key]);
  return edited;
}

/** Whether two spellings mean one backend, in which case the user's own stays. */
function isSameUrl(one: unknown, other: unknown): boolean {
  if (typeof one !== 'string' || typeof other !== 'string') return false;
  const [a, b] = [parseOrigin(one), parseOrigin(other)];
  return a.ok && b.ok && a.value.url === b.value.url;
}
