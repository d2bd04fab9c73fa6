import type { Say } from './draft.ts';

/** One entry of a service's `ports`: what of the host leads to which port of the container. */
export interface Published {
  /** Ports of the host; more than one when replicas share a range. */
  readonly ports: readonly number[];
  readonly target: number;
}

/** More replicas than anybody runs on one machine. */
const LONGEST_RANGE = 100;
const RANGE = /^(\d{1,5})(?:-(\d{1,5}))?$/;

/** Ports at which something else than HTTP is at home. */
const NOT_HTTP: Readonly<Record<number, string>> = {
  21: 'FTP',
  22: 'SSH',
  25: 'SMTP',
  53: 'DNS',
  389: 'LDAP',
  1025: 'SMTP',
  1433: 'SQL Server',
  1521: 'Oracle',
  1883: 'MQTT',
  2181: 'ZooKeeper',
  3306: 'MySQL',
  4222: 'NATS',
  5432: 'PostgreSQL',
  5672: 'AMQP',
  6379: 'Redis',
  9092: 'Kafka',
  11211: 'memcached',
  27017: 'MongoDB',
};

/** Reads one entry in its short or long form; null for what cannot be a backend, which is said. */
export function readPort(entry: unknown, service: string, line: number, say: Say): Published | null {
  const given = typeof entry === 'object' && entry !== null ? longForm(entry) : shortForm(String(entry));
  const shown = typeof entry === 'object' ? JSON.stringify(entry) : String(entry);
  const leave = (why: string): null => {
    say(line, `${service}: the port ${shown} was left out: ${why}.`);
    return null;
  };
  if (!given) return leave('write it like "5001:80"');
  if (given.protocol !== 'tcp') return leave(`${given.protocol} carries no HTTP here`);
  if (given.published === '')
    return leave('it is another one at each start; publish a fixed one, such as "5001:80"');
  const ports = readRange(given.published);
  const targets = readRange(given.target);
  const [target] = targets ?? [];
  if (!ports || !targets || target === undefined) return leave('write it like "5001:80" or "5001-5003:80"');
  const known = NOT_HTTP[target];
  if (known !== undefined) return leave(`${target} is the port of ${known}, which is not HTTP`);
  if (targets.length === 1) return { ports, target };
  say(
    line,
    `${service}: of the ports ${shown} only the first was taken over: they are different ones of one container.`,
  );
  return { ports: ports.slice(0, 1), target };
}

interface Given {
  /** Empty for one that Docker chooses. */
  readonly published: string;
  readonly target: string;
  readonly protocol: string;
}

/** `[HOST:]PUBLISHED:TARGET[/PROTOCOL]`, or a target alone. */
function shortForm(text: string): Given | null {
  const [, address, protocol = 'tcp'] = /^(.*?)(?:\/([a-z]+))?$/.exec(text) ?? [];
  const parts = (address ?? '').replace(/^\[[^\]]*\]:/, '').split(':');
  const [target = '', published = ''] = parts.reverse();
  return parts.length > 3 ? null : { published, target, protocol };
}

function longForm(entry: object): Given | null {
  const text = (key: string) => {
    const value: unknown = Reflect.get(entry, key);
    return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  };
  return { published: text('published'), target: text('target'), protocol: text('protocol') || 'tcp' };
}

function readRange(text: string): readonly number[] | null {
  const [, first, last = first] = RANGE.exec(text) ?? [];
  const [from, to] = [Number(first), Number(last)];
  if (!(from >= 1 && to <= 65_535 && from <= to && to - from < LONGEST_RANGE)) return null;
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}
