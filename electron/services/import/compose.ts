import { LineCounter, parseDocument } from 'yaml';
import { fail, ok, type Result } from '../../../shared/calls/result.ts';
import { withoutNumber } from '../../../shared/text/numbered-name.ts';
import { readHealth } from './compose-health.ts';
import { type Published, readPort } from './compose-ports.ts';
import type { DraftPool, Reader, Say, Unreadable } from './draft.ts';
import { PoolNames } from './pool-names.ts';
import { usableServers } from './servers.ts';
import { field, isObject, scalarText } from './yaml-value.ts';

/** A service with ports that could be backends. */
interface Service {
  readonly name: string;
  readonly line: number;
  readonly published: Published;
  /** What it runs; the same for services that are copies of each other. */
  readonly what: string;
  readonly settings: Readonly<Record<string, unknown>>;
}

interface Entry {
  readonly name: string;
  readonly line: number;
  readonly fields: object;
}

/** Services with published ports become pools; replicas, and copies by number (`users-1`, `users-2`), share one. */
export const readCompose: Reader = (text, say) => {
  const entries = readEntries(text);
  if (!entries.ok) return entries;
  const services = entries.value.flatMap((entry) => readService(entry, say));
  const groups = new Map<string, Service[]>();
  for (const service of services) {
    const key = JSON.stringify([withoutNumber(service.name, '-_'), service.what, service.published.target]);
    groups.set(key, [...(groups.get(key) ?? []), service]);
  }
  const names = new PoolNames();
  const pools = [...groups.values()].flatMap((group) => toPool(group, names, say));
  if (pools.length > 0) return ok({ pools, listeners: [] });
  const words = 'No service here can be a backend; publish a port that speaks HTTP, such as "5001:80".';
  return fail({ line: null, words });
};

function readEntries(text: string): Result<readonly Entry[], Unreadable> {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    merge: true,
    prettyErrors: false,
    logLevel: 'error',
  });
  const [error] = document.errors;
  if (error) {
    const { line } = lines.linePos(error.pos[0]);
    return fail({ line, words: `this is not YAML: ${firstLine(error.message)}.` });
  }
  let value: unknown;
  try {
    value = document.toJS();
    JSON.stringify(value);
  } catch (cause) {
    // Aliases that multiply, that nothing stands behind, or that stand within what they name.
    return fail({ line: null, words: `The file cannot be read: ${firstLine(String(cause))}.` });
  }
  const services = field(value, 'services');
  if (!isObject(services) || Array.isArray(services))
    return fail({ line: null, words: 'There are no services; a Compose file has them under "services:".' });
  return ok(
    Object.entries(services).map(([name, fields]) => {
      const node = document.getIn(['services', name], true);
      const range: unknown = isObject(node) ? Reflect.get(node, 'range') : null;
      const offset = Array.isArray(range) ? Number(range[0]) : 0;
      // The name stands on the line before its fields.
      const line = Math.max(1, lines.linePos(offset).line - 1);
      return { name, line, fields: isObject(fields) ? fields : {} };
    }),
  );
}

function readService({ name, line, fields }: Entry, say: Say): readonly Service[] {
  const ports = field(fields, 'ports');
  const replicas = Number(
    scalarText(field(field(fields, 'deploy'), 'replicas') ?? field(fields, 'scale') ?? 1),
  );
  const found = (Array.isArray(ports) ? ports : [])
    .map((entry) => readPort(filledIn(entry), name, line, say))
    .filter((one) => one !== null);
  const [published, ...others] = found;
  if (!published) {
    if (!Array.isArray(ports) || ports.length === 0)
      say(line, `${name} was left out: it publishes no port, so it cannot be reached from here.`);
    return [];
  }
  for (const { target } of others)
    say(
      line,
      `${name}: port ${target} was left out: a service has one port here. Add a pool for it if it serves too.`,
    );
  const most = published.ports.length;
  if (replicas > most)
    say(
      line,
      `${name}: ${replicas} replicas share ${most} published port${most === 1 ? '' : 's'}; publish as many, such as "5001-${5000 + Math.min(replicas, 100)}:${published.target}".`,
    );
  // A range may have room for more than there are.
  const count = replicas >= 1 ? Math.min(most, replicas > 1 ? replicas : most) : most;
  const what = JSON.stringify([field(fields, 'image'), field(fields, 'build')]);
  const settings = readHealth(field(fields, 'healthcheck'), { name, line, target: published.target }, say);
  return [
    { name, line, published: { ...published, ports: published.ports.slice(0, count) }, what, settings },
  ];
}

function toPool(group: readonly Service[], names: PoolNames, say: Say): readonly DraftPool[] {
  const [first] = group;
  if (!first) return [];
  const servers = usableServers(
    group.flatMap(({ name, line, published: { ports, target } }) =>
      ports.map((port, index) => ({
        line,
        url: `${target === 443 ? 'https' : 'http'}://localhost:${port}`,
        server: {
          name: ports.length > 1 ? `${name}-${index + 1}` : name,
          insecure: target === 443 || undefined,
        },
      })),
    ),
    say,
  );
  if (servers.length === 0) return [];
  const name = group.length > 1 ? withoutNumber(first.name, '-_') : first.name;
  const origin =
    group.length > 1 ? `services ${group.map((one) => one.name).join(', ')}` : `service ${first.name}`;
  return [
    {
      name: names.take(name),
      origin: `${origin}, line ${first.line}`,
      policy: 'round-robin',
      servers,
      settings: first.settings,
    },
  ];
}

/** `${PORT:-5001}` as Compose fills it in where the variable is not set. */
function filledIn(entry: unknown): unknown {
  if (typeof entry === 'string') return entry.replace(/\$\{[A-Za-z_]\w*:?-([^{}]*)\}/g, '$1');
  if (!isObject(entry) || Array.isArray(entry)) return entry;
  return Object.fromEntries(
    Object.entries(entry).map(([key, value]) => [key, typeof value === 'string' ? filledIn(value) : value]),
  );
}

function firstLine(message: string): string {
  return (message.split('\n')[0] ?? '').replace(/\.$/, '');
}
