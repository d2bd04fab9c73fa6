import { z } from 'zod';
import { duration, flag, says, wholeNumber } from './schema-parts.ts';

/** Milliseconds between two probes of one backend. */
export const SHORTEST_INTERVAL_MS = 100;

/** More often than this is no check but a load, for a machine that need not be the user's own. */
export const probeInterval = (description: string) =>
  duration(description).refine(
    (ms) => ms >= SHORTEST_INTERVAL_MS,
    says(`is too short for a health check; write at least "${SHORTEST_INTERVAL_MS}ms"`),
  );

const STATUS_WORDS = 'must be a status such as "200" or a range such as "200-399"';
const HEADER_WORDS = 'must be the name of a header, such as "X-Probe"';
/** RFC 9110 section 5.6.2. */
const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
/** What frames a message or ends with its connection: the probe writes these itself. */
const RESERVED = new Set([
  'connection',
  'content-length',
  'expect',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

const statusNumber = z
  .int(says(STATUS_WORDS))
  .min(100, says(STATUS_WORDS))
  .max(599, says(STATUS_WORDS))
  .transform((status) => ({ from: status, to: status }));

const statusRange = z
  .string(says(STATUS_WORDS))
  .regex(/^[1-5]\d\d(-[1-5]\d\d)?$/, says(STATUS_WORDS))
  .transform((text) => {
    const [from = text, to = from] = text.split('-');
    return { from: Number(from), to: Number(to) };
  })
  .refine((range) => range.from <= range.to, says('must go from the lower status to the higher'));

const expectedStatus = z
  .union(
    [
      statusNumber.transform((range) => [range]),
      statusRange.transform((range) => [range]),
      z
        .array(z.union([statusNumber, statusRange], says(STATUS_WORDS)))
        .min(1, says('is empty; list at least one status such as "200"')),
    ],
    says(`${STATUS_WORDS}, or a list of them`),
  )
  .meta({
    description: 'Status that means healthy: 204, "200", a range such as "200-399", or a list of these.',
  });

const headers = z
  .record(
    z
      .string(says(HEADER_WORDS))
      .regex(TOKEN, says(HEADER_WORDS))
      .refine(
        (name) => !RESERVED.has(name.toLowerCase()),
        says('is written by the probe itself; leave it out'),
      ),
    z
      .string(says('must be text'))
      .regex(/^[\t\x20-\x7e\x80-\xff]*$/, says('must be one line of Latin-1 text')),
    says('must be an object such as { "Authorization": "Bearer probe" }'),
  )
  .meta({ description: 'Headers of a probe, in place of its own of the same name.' });

const fields = {
  type: z.enum(['http', 'tcp', 'grpc', 'off'], says('must be "http", "tcp", "grpc" or "off"')).meta({
    description:
      'What a probe is: a request; a connection, with TLS for https://; a call of grpc.health.v1.Health over ' +
      'HTTP/2; or nothing at all, and then the backend is used whatever happens.',
  }),
  interval: probeInterval('Time between two probes of one backend; at least 100 ms.'),
  downInterval: probeInterval(
    'Time between two probes while the backend is down; the interval when left out.',
  ),
  timeout: duration('How long a probe may take before it counts as failed.'),
  jitter: duration('Each wait is up to this much shorter or longer.'),
  startDelay: duration('How long the first probe waits.'),
  method: z
    .enum(['HEAD', 'GET', 'OPTIONS', 'POST'], says('must be "HEAD", "GET", "OPTIONS" or "POST"'))
    .meta({ description: 'Method of a probe.' }),
  path: z
    .string(says('must be a path such as "/health"'))
    .regex(/^\/[\x21-\x22\x24-\x7e]*$/, says('must be a path that starts with "/", such as "/health"'))
    .meta({ description: "Path of a probe, after the backend's base path." }),
  headers,
  expectedStatus,
  bodyContains: z
    .string(says('must be text'))
    .min(1, says('is empty; leave it out'))
    .max(1_000, says('is longer than 1000 characters'))
    .meta({ description: 'Text that the first 64 KiB of the body must contain.' }),
  followRedirects: flag('Whether the probe goes where a redirect leads, five times at most.'),
  service: z
    .string(says('must be the name of a gRPC service'))
    .max(200, says('is longer than 200 characters'))
    .meta({ description: 'The gRPC service asked about; the server as a whole when left out.' }),
  rise: wholeNumber(1, 100, 'Passed probes in a row that take a backend from down to up.'),
  fall: wholeNumber(1, 100, 'Failed probes in a row that take a backend down.'),
};

export const healthCheckSchema = z
  .strictObject(
    {
      type: fields.type.default('http'),
      interval: fields.interval.prefault('2s'),
      downInterval: fields.downInterval.optional(),
      timeout: fields.timeout.prefault('1s'),
      jitter: fields.jitter.optional(),
      startDelay: fields.startDelay.optional(),
      method: fields.method.default('HEAD'),
      path: fields.path.default('/'),
      headers: fields.headers.prefault({}),
      expectedStatus: fields.expectedStatus.prefault('200-399'),
      bodyContains: fields.bodyContains.optional(),
      followRedirects: fields.followRedirects.default(false),
      service: fields.service.optional(),
      rise: fields.rise.default(1),
      fall: fields.fall.default(1),
    },
    says('must be an object'),
  )
  .meta({ description: 'How the backends are probed.' });

/** What a server says of its own check; the rest is its pool's. */
export const serverHealthCheckSchema = z.strictObject(fields, says('must be an object')).partial();

/** Durations in milliseconds. */
export type HealthCheckConfig = z.output<typeof healthCheckSchema>;
export type ServerHealthCheck = z.output<typeof serverHealthCheckSchema>;

/** The pool's check with the server's own settings on top. */
export function withOwn(pools: HealthCheckConfig, own: ServerHealthCheck): HealthCheckConfig {
  return {
    type: own.type ?? pools.type,
    interval: own.interval ?? pools.interval,
    downInterval: own.downInterval ?? pools.downInterval,
    timeout: own.timeout ?? pools.timeout,
    jitter: own.jitter ?? pools.jitter,
    startDelay: own.startDelay ?? pools.startDelay,
    method: own.method ?? pools.method,
    path: own.path ?? pools.path,
    headers: own.headers ?? pools.headers,
    expectedStatus: own.expectedStatus ?? pools.expectedStatus,
    bodyContains: own.bodyContains ?? pools.bodyContains,
    followRedirects: own.followRedirects ?? pools.followRedirects,
    service: own.service ?? pools.service,
    rise: own.rise ?? pools.rise,
    fall: own.fall ?? pools.fall,
  };
}
