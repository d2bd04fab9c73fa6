import { listenerSchema } from '../../../shared/config/config-schema.ts';
import { isSameSocket, type ListenAddress } from '../../../shared/config/listen-address.ts';
import { parseStep } from '../../../shared/config/scenario-schema.ts';
import { type ServerSettings, serverSchema } from '../../../shared/config/server-schema.ts';
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
    ...checkListeners(field(value, 'listeners'), new Set(names)),
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
  const seen = new SeenServers();
  return itemsOf(value).flatMap((item, index): Problem[] => {
    const parsed = serverSchema.safeParse(item);
    if (!parsed.success) return [];
    const server = parsed.data;
    const twin = seen.twinOf(server);
    const namesake = seen.namesakeOf(server);
    seen.add({ index, server });
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

interface SeenServer {
  readonly index: number;
  readonly server: ServerSettings;
}

/** The servers of a pool so far. The first that fits is found without a look at the others. */
class SeenServers {
  readonly #byUrl = new Map<string, SeenServer>();
  readonly #byName = new Map<string, SeenServer>();
  readonly #commands = new Map<string, SeenServer>();
  /** Backends with the name of an instance, by the name its command would have. */
  readonly #likeInstances = new Map<string, SeenServer>();

  add(one: SeenServer): void {
    const name = serverName(one.server);
    keepFirst(this.#byName, name, one);
    if (isCommand(one.server)) {
      keepFirst(this.#commands, name, one);
      return;
    }
    keepFirst(this.#byUrl, one.server.url.url, one);
    const command = commandOfInstance(name);
    if (command !== null) keepFirst(this.#likeInstances, command, one);
  }

  twinOf(server: ServerSettings): SeenServer | undefined {
    return isCommand(server) ? undefined : this.#byUrl.get(server.url.url);
  }

  /** By the same name, or one by that of an instance of the other. */
  namesakeOf(server: ServerSettings): SeenServer | undefined {
    const name = serverName(server);
    const same = this.#byName.get(name);
    const command = isCommand(server) ? null : commandOfInstance(name);
    const other = isCommand(server)
      ? this.#likeInstances.get(name)
      : command === null
        ? undefined
        : this.#commands.get(command);
    if (!same || !other) return same ?? other;
    return same.index < other.index ? same : other;
  }
}

function commandOfInstance(name: string): string | null {
  const dash = name.lastIndexOf('-');
  return dash !== -1 && /^\d+$/.test(name.slice(dash + 1)) ? name.slice(0, dash) : null;
}

function keepFirst<K, V>(map: Map<K, V>, key: K, value: V): void {
  if (!map.has(key)) map.set(key, value);
}

/** The addresses of the listeners so far, each with the first that has it. */
class SeenSockets {
  readonly #ports = new Map<number, { readonly address: ListenAddress; readonly index: number }[]>();
  readonly #hosts = new Set<string>();

  add(address: ListenAddress, index: number): void {
    const key = `${address.port} ${address.host}`;
    // A second listener of one address conflicts with nothing that the first does not.
    if (this.#hosts.has(key)) return;
    this.#hosts.add(key);
    const seen = this.#ports.get(address.port);
    if (seen) seen.push({ address, index });
    else this.#ports.set(address.port, [{ address, index }]);
  }

  /** The index of the first listener that keeps this one from its address; null if none does. */
  takenBy(address: ListenAddress): number | null {
    const seen = this.#ports.get(address.port) ?? [];
    const other = seen.find((one) =>
      address.port === 0 ? one.address.host === address.host : isSameSocket(address, one.address),
    );
    return other?.index ?? null;
  }
}

/** A listener has an address and a name of its own, and its pool is there. */
function checkListeners(value: unknown, pools: ReadonlySet<string>): Problem[] {
  const sockets = new SeenSockets();
  const names = new Map<unknown, number>();
  return itemsOf(value).flatMap((item, index): Problem[] => {
    const problems: Problem[] = [];
    const keys: Keys = ['listeners', index];
    const address = listenerSchema.shape.address.safeParse(field(item, 'address'));
    const name = field(item, 'name');
    const other = address.success ? sockets.takenBy(address.data) : null;
    if (other !== null) {
      const words = `is listened on by listeners[${other}] already; choose another port`;
      problems.push({ keys: [...keys, 'address'], words });
    }
    const namesake = name === undefined ? undefined : names.get(name);
    if (namesake !== undefined) {
      problems.push({ keys: [...keys, 'name'], words: `is the name of listeners[${namesake}] too` });
    }
    if (address.success) sockets.add(address.data, index);
    keepFirst(names, name, index);
    problems.push(...checkPool(field(item, 'defaultPool'), [...keys, 'defaultPool'], pools));
    problems.push(...checkRoutes(field(item, 'routes'), [...keys, 'routes'], pools));
    return problems;
  });
}

/** A route's pool is there, and no other route is for the same requests. */
function checkRoutes(value: unknown, keys: Keys, pools: ReadonlySet<string>): Problem[] {
  const seen = new Map<string, number>();
  return itemsOf(value).flatMap((item, index): Problem[] => {
    const host = String(field(item, 'host') ?? '').toLowerCase();
    const match = `${host}${String(field(item, 'path') ?? '/')}`;
    const twin = seen.get(match);
    keepFirst(seen, match, index);
    const problems = checkPool(field(item, 'pool'), [...keys, index, 'pool'], pools);
    if (twin !== undefined)
      problems.push({ keys: [...keys, index], words: `is for the same requests as routes[${twin}]` });
    return problems;
  });
}

function checkPool(name: unknown, keys: Keys, pools: ReadonlySet<string>): Problem[] {
  if (typeof name !== 'string' || pools.size === 0 || pools.has(name)) return [];
  const list = [...pools].map((one) => `"${one}"`).join(', ');
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
