import { applyEdits, getNodeValue, type JSONPath, modify, type Node, parseTree } from 'jsonc-parser';
import type { ConfigIssue } from '../../shared/config.ts';
import type { ConfigEdit, ServerInput } from '../../shared/contract.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { parseConfig } from './parse.ts';

type Edited = Result<string, readonly ConfigIssue[]>;

/**
 * Makes one small change to a config's text and leaves every other character alone, comments too.
 * The text must be valid; the result may not be, and is checked by whoever applies it.
 */
export function applyEdit(text: string, edit: ConfigEdit): Edited {
  const config = parseConfig(text);
  if (!config.ok) return config;
  const root = parseTree(text, [], { allowTrailingComma: true });
  const isFull = root?.children?.some((property) => property.children?.[0]?.value === 'pools') ?? false;
  if (edit.kind === 'set-address') {
    const at = config.value.listeners.findIndex((listener) => listener.name === edit.listener);
    if (at === -1) return gone(`There is no listener "${edit.listener}" any more.`);
    return put(text, isFull ? ['listeners', at, 'address'] : ['port'], edit.address);
  }
  const pool = config.value.pools.find((one) => one.name === edit.pool);
  if (!pool) return gone(`There is no pool "${edit.pool}" any more.`);
  const base: JSONPath = isFull ? ['pools', edit.pool] : [];
  switch (edit.kind) {
    case 'set-policy':
      return put(text, [...base, 'policy'], edit.policy);
    case 'set-health-check-interval':
      return put(
        text,
        isFull ? [...base, 'healthCheck', 'interval'] : ['healthCheckInterval'],
        edit.interval,
      );
    case 'add-server':
      return insert(text, [...base, 'servers', pool.backends.length], toServer(undefined, edit.server));
    case 'update-server':
    case 'remove-server': {
      const at = pool.backends.findIndex((backend) => backend.name === edit.backend);
      if (at === -1) return gone(`There is no backend "${edit.backend}" in pool "${edit.pool}" any more.`);
      const path = [...base, 'servers', at];
      if (edit.kind === 'remove-server') return put(text, path, undefined);
      return update(text, path, root, edit.server);
    }
  }
}

/** Field by field, so that what the form does not show (a health check, a comment) stays. */
function update(text: string, path: JSONPath, root: Node | undefined, input: ServerInput): Edited {
  const previous = valueAt(root, path);
  if (typeof previous !== 'object' || previous === null) return put(text, path, toServer(previous, input));
  let edited = text;
  for (const key of ['url', 'name', 'weight'] as const) {
    if (Reflect.get(previous, key) === input[key]) continue;
    edited = applyEdits(
      edited,
      modify(edited, [...path, key], input[key], { formattingOptions: formatOf(text) }),
    );
  }
  return ok(edited);
}

/** A plain URL for as long as a URL is all there is. */
function toServer(previous: unknown, { url, name, weight }: ServerInput): unknown {
  if (name === undefined && weight === undefined && typeof previous !== 'object') return url;
  return { url, ...(name === undefined ? {} : { name }), ...(weight === undefined ? {} : { weight }) };
}

function put(text: string, path: JSONPath, value: unknown): Edited {
  return ok(applyEdits(text, modify(text, path, value, { formattingOptions: formatOf(text) })));
}

function insert(text: string, path: JSONPath, value: unknown): Edited {
  const options = { formattingOptions: formatOf(text), isArrayInsertion: true };
  return ok(applyEdits(text, modify(text, path, value, options)));
}

function valueAt(root: Node | undefined, path: JSONPath): unknown {
  let value: unknown = root ? getNodeValue(root) : undefined;
  for (const key of path)
    value = typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
  return value;
}

function formatOf(text: string): { insertSpaces: boolean; tabSize: number; eol: string } {
  const indent = /^([ \t]+)\S/m.exec(text)?.[1] ?? '  ';
  const insertSpaces = !indent.startsWith('\t');
  return {
    insertSpaces,
    tabSize: insertSpaces ? indent.length : 4,
    eol: text.includes('\r\n') ? '\r\n' : '\n',
  };
}

function gone(message: string): Edited {
  return fail([{ path: '', keys: [], message }]);
}
