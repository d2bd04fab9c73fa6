import { getNodeValue, parseTree } from 'jsonc-parser';
import { fail, ok, type Result } from '../../../shared/calls/result.ts';
import { valueAt } from '../../../shared/calls/value-at.ts';
import type { Config } from '../../../shared/config/config.ts';
import { isFullForm, toFullForm } from '../../../shared/config/full-form.ts';
import type { RouteKey } from '../../../shared/config/route-match.ts';
import type { RoutingEdit } from '../../../shared/config/routing-edit.ts';
import {
  addItem,
  addToList,
  type Path,
  removeItem,
  removeProperty,
  setProperty,
} from '../../../shared/config/text-edits.ts';
import { asWritten, changeFields } from './route-text.ts';

/**
 * Changes listeners, their routes, or the set of pools. The simple form has room for none of that, so it is written in
 * full first.
 *
 * @param source a valid config, without a byte order mark
 * @param config the same, parsed
 */
export function editRouting(source: string, config: Config, edit: RoutingEdit): Result<string, string> {
  const written = readValue(source);
  const isFull = isFullForm(written);
  if (edit.kind === 'add-pool') {
    if (config.pools.some((pool) => pool.name === edit.pool))
      return fail(`There is a pool "${edit.pool}" already; choose another name.`);
    const text = isFull ? source : toFullForm(source);
    const { servers, healthCheck } = edit;
    return ok(setProperty(text, ['pools'], edit.pool, { ...(healthCheck && { healthCheck }), servers }));
  }
  if (edit.kind === 'add-listener') {
    const { address, name, tls, defaultPool } = edit;
    const text = isFull ? source : toFullForm(source);
    return ok(addItem(text, ['listeners'], { address, name, tls, defaultPool }));
  }
  if (edit.kind === 'remove-pool') return removePool(source, config, edit.pool);
  const at = config.listeners.findIndex((one) => one.name === edit.listener);
  const listener = config.listeners[at];
  if (!listener) return fail(`There is no listener "${edit.listener}" any more.`);
  const path: Path = ['listeners', at];
  const routes: Path = [...path, 'routes'];
  switch (edit.kind) {
    case 'remove-listener':
      if (config.listeners.length === 1)
        return fail('This is the only listener. Add another one before you remove it.');
      return ok(removeItem(source, ['listeners'], at));
    case 'set-default-pool':
      if (edit.pool === listener.defaultPool) return ok(source);
      return ok(setProperty(isFull ? source : toFullForm(source), path, 'defaultPool', edit.pool));
    case 'set-tls':
      if (edit.isOn === (listener.tls !== null)) return ok(source);
      if (!edit.isOn) return ok(removeProperty(source, path, 'tls'));
      return ok(setProperty(isFull ? source : toFullForm(source), path, 'tls', 'self-signed'));
    case 'add-route':
      return ok(addToList(isFull ? source : toFullForm(source), path, 'routes', asWritten(edit.route)));
    case 'update-route':
    case 'remove-route': {
      const index = listener.routes.findIndex((one) => isSame(one, edit.key));
      const before = listener.routes[index];
      if (!before) return fail(`There is no route for ${keyText(edit.key)} any more.`);
      if (edit.kind === 'remove-route') return ok(removeItem(source, routes, index));
      const place = { path: [...routes, index], value: valueAt(written, [...routes, index]) };
      return ok(changeFields(source, place, asWritten(before), asWritten(edit.route)));
    }
  }
}

function removePool(source: string, config: Config, pool: string): Result<string, string> {
  if (!config.pools.some((one) => one.name === pool)) return fail(`There is no pool "${pool}" any more.`);
  // So the last pool stays too, and with it the simple form: every listener leads to one.
  const way = config.listeners.find(
    (one) => one.defaultPool === pool || one.routes.some((route) => route.pool === pool),
  );
  if (way) return fail(`The listener ${way.name} leads to it. Change where that leads to first.`);
  return ok(removeProperty(source, ['pools'], pool));
}

function readValue(text: string): unknown {
  const root = parseTree(text, [], { allowTrailingComma: true });
  return root && getNodeValue(root);
}

function isSame(one: RouteKey, other: RouteKey): boolean {
  return one.host === other.host && one.path === other.path;
}

function keyText({ host = '', path }: RouteKey): string {
  return host !== '' && path === '/' ? host : host + path;
}
