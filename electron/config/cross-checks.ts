import { listenerSchema } from '../../shared/config-schema.ts';
import { isSameSocket, type ListenAddress } from '../../shared/listen-address.ts';
import { parseStep } from '../../shared/scenario-schema.ts';
import { type ServerSettings, serverSchema } from '../../shared/server-schema.ts';
import { findBackend } from './find-backend.ts';
import { checkHealthCheck } from './health-check-rules.ts';
import type { Keys, Problem } from './issues.ts';
import { isCommand, serverName } from './normalise.ts';

/**
 * What one field says against another. Looks at the file as written, at whatever part of it is good by itself, so that
 * a mistake in one place does not hide the next.
 */
export function crossCheck(value: unknown, isFull: boolean): Problem[] {
  if (!isFull) return [...checkServers(field(value, 'servers'), ['servers']), ...checkOwnChecks(value, [])];
  const pools = field(value, 'pools');
  const names = typeof pools === 'object' && pools !== null ? Object.keys(pools) : [];
  return [
    ...checkListeners(field(value, 'listeners'), names),
    ...checkScenarios(field(value, 'scenarios'), pools),
    ...names.flatMap((name) => {
      const keys: Keys = ['pools', name];
      const pool = field(pools, name);
      return [
        ...checkServers(field(pool, 'servers'), [...keys, 'servers']),
        ...checkHealthCheck(field(pool, 'healthCheck'), {}, [...keys, 'healthCheck']),
        ...checkOwnChecks(pool, keys),
      ];
    }),
  ];
}

/** Every step is about a backend there is. */
function checkScenarios(scenarios: unknown, pools: unknown): Problem[] {
  const known = Object.entries(fieldsOf(pools)).map(([name, pool]) => ({
    name,
    backends: itemsOf(field(pool, 'servers')).flatMap(backendNames),
  }));
  return Object.entries(fieldsOf(scenarios)).flatMap(([name, scenario]) => {
    const isList = Array.isArray(scenario);
    const keys: Keys = ['scenarios', name, ...(isList ? [] : ['steps'])];
    return itemsOf(isList ? scenario : field(scenario, 'steps')).flatMap((text, index): Problem[] => {
      const step = typeof text === 'string' ? parseStep(text) : null;
      if (!step?.ok || step.value.action.backend === null) return [];
      const found = findBackend(step.value.action.backend, known);
      return found.ok ? [] : [{ keys: [...keys, index], words: `is about nobody: ${found.error}` }];
    });
  });
}

/** Of a server that is a command, those of its instances. */
function backendNames(item: unknown): { readonly name: string }[] {
  const server = serverSchema.safeParse(item);
  if (!server.success) return [];
  const name = serverName(server.data);
  if (!isCommand(server.data)) return [{ name }];
  return Array.from({ length: server.data.instances }, (_, index) => ({ name: `${name}-${index + 1}` }));
}

function fieldsOf(value: unknown): object {
  return typeof value === 'object' && value !== null ? value : {};
}

/** The checks of servers that have settings of their own. */
function checkOwnChecks(pool: unknown, keys: Keys): Problem[] {
  return itemsOf(field(pool, 'servers')).flatMap((server, index) =>
    checkHealthCheck(field(server, 'healthCheck'), field(pool, 'healthCheck'), [
      ...keys,
      'servers',
      index,
      'healthCheck',
    ]),
  );
}

/** A backend stands in its pool once, and under a name of its own. */
function checkServers(value: unknown, keys: Keys): Problem[] {
  const seen: { readonly index: number; readonly server: ServerSettings }[] = [];
  return itemsOf(value).flatMap((item, index): Problem[] => {
    const parsed = serverSchema.safeParse(item);
    if (!parsed.success) return [];
    const server = parsed.data;
    const twin = seen.find(
      (one) => !isCommand(one.server) && !isCommand(server) && one.server.url.url === server.url.url,
    );
    const namesake = seen.find((one) => haveOneName(one.server, server));
    seen.push({ index, server });
    const at = (key: string) => [...keys, index, ...(typeof item === 'string' ? [] : [key])];
    const origin = isCommand(server) ? 'command' : 'url';
    if (twin)
      return [{ keys: at('url'), words: `is in the list already, as servers[${twin.index}]; remove one` }];
    if (!namesake) return [];
    const name = serverName(server);
    const other = serverName(namesake.server);
    if (server.name !== undefined) {
      const whose = name === other || isCommand(server) ? '' : 'an instance of ';
      const words =
        isCommand(server) && name !== other
          ? `gives an instance the name of servers[${namesake.index}]; give it another`
          : `is the name of ${whose}servers[${namesake.index}] too; give it another`;
      return [{ keys: at('name'), words }];
    }
    return [
      {
        keys: at(origin),
        words: `goes by the name "${name}", as servers[${namesake.index}] does; give it a "name"`,
      },
    ];
  });
}

/** By the same name, or one by that of an instance of the other. */
function haveOneName(one: ServerSettings, other: ServerSettings): boolean {
  const [first, second] = [serverName(one), serverName(other)];
  if (first === second) return true;
  if (isCommand(one) === isCommand(other)) return false;
  const [command, backend] = isCommand(one) ? [first, second] : [second, first];
  return backend.startsWith(`${command}-`) && /^\d+$/.test(backend.slice(command.length + 1));
}

/** A listener has an address and a name of its own, and its pool is there. */
function checkListeners(value: unknown, pools: readonly string[]): Problem[] {
  const seen: { readonly index: number; readonly address: ListenAddress | null; readonly name: unknown }[] =
    [];
  return itemsOf(value).flatMap((item, index): Problem[] => {
    const problems: Problem[] = [];
    const keys: Keys = ['listeners', index];
    const parsed = listenerSchema.shape.address.safeParse(field(item, 'address'));
    const address = parsed.success ? parsed.data : null;
    const name = field(item, 'name');
    for (const other of seen) {
      const isTaken = address !== null && other.address !== null && isSameSocket(address, other.address);
      const isBothFree =
        address?.port === 0 && other.address?.port === 0 && address.host === other.address.host;
      if (isTaken || isBothFree) {
        const words = `is listened on by listeners[${other.index}] already; choose another port`;
        problems.push({ keys: [...keys, 'address'], words });
      }
      if (name !== undefined && name === other.name) {
        problems.push({ keys: [...keys, 'name'], words: `is the name of listeners[${other.index}] too` });
      }
    }
    seen.push({ index, address, name });
    problems.push(...checkPool(field(item, 'defaultPool'), [...keys, 'defaultPool'], pools));
    problems.push(...checkRoutes(field(item, 'routes'), [...keys, 'routes'], pools));
    return problems;
  });
}

/** A route's pool is there, and no other route is for the same requests. */
function checkRoutes(value: unknown, keys: Keys, pools: readonly string[]): Problem[] {
  const seen: string[] = [];
  return itemsOf(value).flatMap((item, index): Problem[] => {
    const host = String(field(item, 'host') ?? '').toLowerCase();
    const match = `${host}${String(field(item, 'path') ?? '/')}`;
    const twin = seen.indexOf(match);
    seen.push(match);
    const problems = checkPool(field(item, 'pool'), [...keys, index, 'pool'], pools);
    if (twin !== -1)
      problems.push({ keys: [...keys, index], words: `is for the same requests as routes[${twin}]` });
    return problems;
  });
}

function checkPool(name: unknown, keys: Keys, pools: readonly string[]): Problem[] {
  if (typeof name !== 'string' || pools.length === 0 || pools.includes(name)) return [];
  const list = pools.map((one) => `"${one}"`).join(', ');
  return [{ keys, words: `is not a pool; the pools are ${list}` }];
}

function field(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? Reflect.get(value, key)
    : undefined;
}

function itemsOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
