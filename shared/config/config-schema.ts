import { z } from 'zod';
import { healthCheckSchema, probeInterval } from './health-check-schema.ts';
import { parseListenAddress } from './listen-address.ts';
import { policy } from './policy-schema.ts';
import { routeSchema } from './route-schema.ts';
import { scenarioSchema } from './scenario-schema.ts';
import { duration, flag, nameOf, says, wholeNumber } from './schema-parts.ts';
import { serverSchema } from './server-schema.ts';
import { tlsSchema } from './tls-schema.ts';

/**
 * The only definition of the config: types, defaults, messages and `config.schema.json` all come from here.
 */

/** Far more than a developer's machine needs. A file with more would only exhaust it. */
export const CONFIG_LIMITS = {
  listeners: 100,
  /** Of one listener. */
  routes: 1_000,
  pools: 200,
  /** Of one pool. */
  servers: 1_000,
  /** Of all pools together. */
  allServers: 2_000,
  scenarios: 200,
} as const;

const atMost = (count: number, things: string) => says(`has more than ${count} ${things}; remove some`);

const ADDRESS_OR_RANGE = z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()]);

const address = z
  .union([z.string(), z.number()], says('is not an address to listen on; write ":8080"'))
  .transform((input, context) => {
    const parsed = parseListenAddress(input);
    if (parsed.ok) return parsed.value;
    context.addIssue(parsed.error);
    return z.NEVER;
  })
  .meta({
    description:
      'Where to listen: ":8080" and 8080 bind loopback (IPv4 and IPv6), "127.0.0.1:8080", "[::1]:8080"; ' +
      '"0.0.0.0:8080" lets other machines in, "[::]:8080" over IPv6 too. Port 0 takes a free one.',
    examples: [':8080', '127.0.0.1:8080', '[::1]:8080', '0.0.0.0:8080'],
  });

const trustedProxies = z
  .array(
    z
      .string(says('must be an address such as "10.0.0.1"'))
      .refine(
        (text) => text === 'loopback' || ADDRESS_OR_RANGE.safeParse(text).success,
        says('must be "loopback", an address such as "10.0.0.1", or a range such as "10.0.0.0/8"'),
      ),
    says('must be a list such as ["loopback", "10.0.0.0/8"]'),
  )
  .default(['loopback'])
  .meta({
    description:
      'Whose X-Forwarded and Forwarded headers are believed: "loopback", addresses and ranges. From anybody else ' +
      'they are taken off.',
  });

const servers = z
  .array(serverSchema, says('must be a list of URLs such as ["http://localhost:5001"]'))
  .min(1, says('is empty; list at least one URL such as "http://localhost:5001"'))
  .max(CONFIG_LIMITS.servers, atMost(CONFIG_LIMITS.servers, 'servers'))
  .meta({ description: 'The backends, in the order round robin takes them.' });

const hostHeader = z
  .enum(['preserve', 'backend'], says('must be "preserve" or "backend"'))
  .default('preserve')
  .meta({ description: "The Host header a backend gets: the client's own, or the backend's host and port." });

const retries = z
  .strictObject(
    {
      attempts: wholeNumber(1, 20, 'Most attempts of one exchange, the first included.').default(3),
      budget: duration('No new attempt starts later than this after the request arrived.').prefault('10s'),
    },
    says('must be an object'),
  )
  .meta({ description: 'What happens when an attempt at a backend fails.' });

const outliers = z
  .strictObject(
    {
      consecutive: wholeNumber(1, 10_000, 'Failures in a row that eject a backend.').default(5),
      failureRate: wholeNumber(1, 100, 'Percent of failures in the window that eject a backend.').optional(),
      minRequests: wholeNumber(1, 1_000_000, 'Requests in the window before the rate counts.').default(20),
      window: duration('How far back the rate looks.').prefault('30s'),
      ejection: duration('How long the first time; the second time twice as long, and so on.').prefault(
        '10s',
      ),
      maxEjection: duration('The longest it gets.').prefault('5m'),
      maxEjected: wholeNumber(0, 100, 'Most backends out at a time, in percent of the pool.').default(50),
    },
    says('must be an object'),
  )
  .meta({
    description:
      'Backends that fail under traffic are left out for a time, whatever their checks say. Off when left out.',
  });

const queue = z
  .strictObject(
    {
      size: wholeNumber(0, 100_000, 'Most requests that wait; one more is answered 503 at once.').default(
        100,
      ),
      timeout: duration('How long a request waits before it is answered 503.').prefault('10s'),
    },
    says('must be an object'),
  )
  .meta({ description: 'Where requests wait while every backend is at its maxConnections.' });

const poolTimeouts = z
  .strictObject(
    {
      connect: duration('To open a connection to a backend.').prefault('3s'),
      firstByte: duration(
        'From the whole request sent to the first byte of the response. Interim responses (1xx) do not count.',
      ).prefault('1m'),
      idle: duration('Silence in the middle of an exchange.').prefault('5m'),
      total: duration('From the first byte of the request to the last of the answer.').optional(),
      drain: duration(
        'What is in flight at a backend that drains or was removed, before it is cut.',
      ).prefault('30s'),
      tunnel: duration('Silence in a WebSocket or another upgraded connection.').prefault('1h'),
      keepAlive: duration('How long an unused connection to a backend is kept.').prefault('1m'),
    },
    says('must be an object'),
  )
  .meta({ description: 'How long a backend may take.' });

const whenAllDown = z.enum(['try', 'refuse'], says('must be "try" or "refuse"')).meta({
  description:
    'What happens when the checks have taken every backend down: "try" sends requests to those that may still ' +
    'respond, "refuse" answers 503.',
});

const pool = z.strictObject(
  {
    policy,
    servers,
    hostHeader,
    mapBack: flag(
      "Turn the backend's own address and path in Location, Content-Location, Refresh and Set-Cookie into the client's.",
    ).default(true),
    healthCheck: healthCheckSchema.prefault({}),
    retries: retries.prefault({}),
    outliers: outliers.optional(),
    slowStart: duration(
      'How long the weight of a backend that was out ramps up, from a tenth of it.',
    ).optional(),
    holdFor: duration(
      'How long a request waits while every backend is away, as when a watcher restarts the service; 503 at once when left out.',
    ).optional(),
    whenAllDown: whenAllDown.default('try'),
    queue: queue.prefault({}),
    timeouts: poolTimeouts.prefault({}),
  },
  says('must be an object with "servers"'),
);

const limits = z
  .strictObject(
    {
      head: wholeNumber(1_024, 1_048_576, 'Largest head of a request, in bytes (431 above it).').default(
        16_384,
      ),
      headers: wholeNumber(1, 10_000, 'Most header lines of a request (431 above it).').default(100),
      target: wholeNumber(64, 1_048_576, 'Longest request target, in bytes (414 above it).').default(8_192),
      connections: wholeNumber(
        1,
        1_000_000,
        'Most connections of clients at a time (503 and closed above it).',
      ).default(10_000),
      body: wholeNumber(
        0,
        Number.MAX_SAFE_INTEGER,
        'Largest request body, in bytes (413 above it).',
      ).optional(),
    },
    says('must be an object'),
  )
  .meta({ description: 'What a client may send.' });

const listenerTimeouts = z
  .strictObject(
    {
      head: duration('To receive a whole request head, from its first byte.').prefault('10s'),
      idle: duration('How long a connection may wait for its next request.').prefault('75s'),
    },
    says('must be an object'),
  )
  .meta({ description: 'How long a client may take.' });

const exposeBackend = flag('Name the backend in an X-Forwarded-Server header on every answer.').default(true);

/** Another HTTP, or TLS: what follows would pass routes, faults and log unseen. */
const NEVER_UPGRADED = /^(?:h2c?|h3|http|tls)(?:\/.*)?$/;

const halfClose = z
  .enum(['abort', 'allow'], says('must be "abort" or "allow"'))
  .default('abort')
  .meta({
    description:
      'What happens to a request whose client closes its side of the connection before the response is complete. ' +
      '"abort" cancels it when nothing is sent for a second, because most such clients have gone; "allow" serves it ' +
      'to the end, for clients that half-close on purpose.',
  });

const upgrades = z
  .array(
    z
      .string(says('must be the name of a protocol, such as "websocket"'))
      .regex(
        /^[!#$%&'*+.^_`|~0-9A-Za-z-]+(?:\/[!#$%&'*+.^_`|~0-9A-Za-z-]+)?$/,
        says('must be the name of a protocol, such as "websocket"'),
      )
      .transform((name) => name.toLowerCase())
      .refine(
        (name) => !NEVER_UPGRADED.test(name),
        says('is never passed on: what follows would get past routes, faults and log; leave it out'),
      ),
    says('must be a list such as ["websocket"]'),
  )
  .default(['websocket'])
  .meta({
    description:
      'Protocols that a client may switch to (Upgrade). A request for any other goes on as plain HTTP/1.1; "h2c" and "TLS/1.0" never pass.',
  });

const allowedHosts = z
  .array(
    z
      .string(says('must be a host such as "app.example.test"'))
      .regex(
        /^(?:\*|(?:\*\.)?(?:[A-Za-z0-9_-]+\.)*[A-Za-z0-9_-]+)$/,
        says(
          'must be a host without a port, such as "app.example.test", "*.example.test", or "*" for every host',
        ),
      )
      .transform((host) => host.toLowerCase()),
    says('must be a list such as ["app.example.test"]'),
  )
  .default([])
  .meta({
    description:
      'Hosts that are taken where a pool replaces the Host ("hostHeader": "backend"), beside localhost, *.localhost, ' +
      'IP addresses and the hosts of routes: names, "*.example.test", or "*" for every host.',
  });

export const listenerSchema = z.strictObject(
  {
    address,
    name: nameOf('the listener')
      .optional()
      .meta({ description: 'Shown in the window; its address when left out.' }),
    tls: tlsSchema.optional(),
    defaultPool: nameOf('a pool').meta({ description: 'The pool of requests that no route is for.' }),
    routes: z
      .array(routeSchema, says('must be a list of objects such as { "path": "/users", "pool": "users" }'))
      .max(CONFIG_LIMITS.routes, atMost(CONFIG_LIMITS.routes, 'routes'))
      .default([])
      .meta({ description: 'Which requests go elsewhere: by host, by path, or both.' }),
    exposeBackend,
    trustedProxies,
    allowedHosts,
    forwarded: flag('Say who asked in a Forwarded header too (RFC 7239).').default(false),
    rehearsal: flag(
      'Let a request choose its backend (X-Switchyard-Backend, or the cookie switchyard-backend) and what goes wrong with it (X-Switchyard-Fault).',
    ).default(false),
    via: flag('Add this hop to the Via header of requests and answers (RFC 9110).').default(false),
    upgrades,
    halfClose,
    limits: limits.prefault({}),
    timeouts: listenerTimeouts.prefault({}),
  },
  says('must be an object with "address" and "defaultPool"'),
);

const $schema = z
  .string(says('must be text'))
  .optional()
  .meta({ description: 'Where editors find this schema, for completion and checking; not read otherwise.' });

/** One listener, one pool: the form people write first. */
export const simpleConfigSchema = z
  .strictObject({
    $schema,
    port: address.prefault(':8080'),
    healthCheckInterval: probeInterval('Time between two probes of one backend; at least 100 ms.').prefault(
      '2s',
    ),
    policy,
    exposeBackend,
    whenAllDown: whenAllDown.default('refuse'),
    servers,
  })
  .meta({ title: 'Simple config', description: 'One listener in front of one pool.' });

/** Several listeners and pools. */
export const fullConfigSchema = z
  .strictObject({
    $schema,
    listeners: z
      .array(listenerSchema, says('must be a list of objects with "address" and "defaultPool"'))
      .min(1, says('is empty; add an object with "address" and "defaultPool"'))
      .max(CONFIG_LIMITS.listeners, atMost(CONFIG_LIMITS.listeners, 'listeners'))
      .meta({ description: 'Where clients connect, and which pool their requests go to.' }),
    scenarios: z
      .record(nameOf('a scenario'), scenarioSchema, says('must be an object that maps a name to a scenario'))
      .refine(
        (scenarios) => Object.keys(scenarios).length <= CONFIG_LIMITS.scenarios,
        atMost(CONFIG_LIMITS.scenarios, 'scenarios'),
      )
      .default({})
      .meta({ description: 'Named timelines of what goes wrong when, to rehearse with.' }),
    pools: z
      .record(nameOf('a pool'), pool, says('must be an object that maps a name to a pool'))
      .refine((pools) => Object.keys(pools).length > 0, says('is empty; add a pool with "servers"'))
      .refine(
        (pools) => Object.keys(pools).length <= CONFIG_LIMITS.pools,
        atMost(CONFIG_LIMITS.pools, 'pools'),
      )
      .refine(
        (pools) =>
          Object.values(pools).reduce((sum, { servers: { length } }) => sum + length, 0) <=
          CONFIG_LIMITS.allServers,
        atMost(CONFIG_LIMITS.allServers, 'servers in all pools together'),
      )
      .meta({ description: 'Named groups of backends, each with one policy and one health check.' }),
  })
  .meta({ title: 'Full config', description: 'Several listeners and pools.' });

export type OutlierConfig = z.output<typeof outliers>;
export type PolicySettings = z.output<typeof policy>;
export type SimpleConfig = z.output<typeof simpleConfigSchema>;
export type FullConfig = z.output<typeof fullConfigSchema>;
export type ListenerSettings = z.output<typeof listenerSchema>;
export type PoolSettings = z.output<typeof pool>;
