import { type BackendDurations, DURATION_BOUNDS_MS } from '../../../shared/config/durations.ts';
import type { BackendSnapshot, Snapshot } from '../../../shared/view/snapshot.ts';
import type { Family, Labels, Sample } from './prometheus-text.ts';

const CLASSES = ['1xx', '2xx', '3xx', '4xx', '5xx'];
const ADMIN_STATES = ['enabled', 'draining', 'disabled'];

/** The balancer's figures by Prometheus's conventions: base units, `_total` for what only rises. */
export function balancerMetrics(snapshot: Snapshot, durations: readonly BackendDurations[]): Family[] {
  return [...listenerMetrics(snapshot), ...poolMetrics(snapshot), ...backendMetrics(snapshot, durations)];
}

function listenerMetrics({ listeners, tunnels }: Snapshot): Family[] {
  const up = listeners.map(({ name, address, state }) =>
    sample({ listener: name, address }, state.kind === 'listening' ? 1 : 0),
  );
  return [
    gauge('switchyard_listener_up', 'Whether the listener accepts connections.', up),
    counter(
      'switchyard_listener_refused_requests_total',
      'Requests that Switchyard itself answered with an error, by cause.',
      listeners.flatMap(({ name, refusals }) =>
        refusals.map(({ code, status, count }) =>
          sample({ listener: name, status: String(status), reason: code }, count),
        ),
      ),
    ),
    counter(
      'switchyard_listener_tls_handshake_failures_total',
      'Clients that did not complete the TLS handshake.',
      listeners
        .filter(({ tls }) => tls !== null)
        .map(({ name, handshakeFailures }) => sample({ listener: name }, handshakeFailures)),
    ),
    gauge('switchyard_open_tunnels', 'Upgraded connections that are open.', [sample({}, tunnels.count)]),
  ];
}

function poolMetrics({ pools }: Snapshot): Family[] {
  const unavailable = pools.map((pool) => sample({ pool: pool.name }, pool.unavailable));
  const waiting = pools.map((pool) => sample({ pool: pool.name }, pool.waiting));
  return [
    counter(
      'switchyard_pool_unavailable_total',
      'Requests answered 503 because no backend was available.',
      unavailable,
    ),
    counter(
      'switchyard_pool_tried_anyway_total',
      'Requests sent to a backend that was down by its checks, because no other was available.',
      pools.map((pool) => sample({ pool: pool.name }, pool.triedAnyway)),
    ),
    gauge(
      'switchyard_pool_trying_anyway',
      'Whether every backend is down by its checks, and requests are sent to those that may respond.',
      pools.map((pool) => sample({ pool: pool.name }, pool.isTryingAnyway ? 1 : 0)),
    ),
    gauge('switchyard_pool_waiting', 'Requests that wait for a backend to be free.', waiting),
  ];
}

function backendMetrics({ pools }: Snapshot, durations: readonly BackendDurations[]): Family[] {
  const each = (samples: (backend: BackendSnapshot, labels: Labels) => readonly Sample[]) =>
    pools.flatMap((pool) =>
      pool.backends.flatMap((backend) => samples(backend, { pool: pool.name, backend: backend.name })),
    );
  const one = (value: (backend: BackendSnapshot) => number) =>
    each((backend, labels) => [sample(labels, value(backend))]);
  return [
    counter(
      'switchyard_backend_attempts_total',
      'Requests sent to the backend, those sent again among them.',
      one(({ counters }) => counters.requests),
    ),
    counter(
      'switchyard_backend_requests_total',
      'Requests the backend has answered, by class of status.',
      each(({ counters }, labels) =>
        CLASSES.map((name, index) => sample({ ...labels, class: name }, counters.byClass[index] ?? 0)),
      ),
    ),
    counter(
      'switchyard_backend_errors_total',
      'Requests that ended without a whole answer, by the doing of the backend.',
      one(({ counters }) => counters.errors),
    ),
    {
      name: 'switchyard_backend_request_duration_seconds',
      type: 'histogram',
      help: 'From sending the request to the last byte of the answer.',
      samples: durations.flatMap(histogramSamples),
    },
    gauge(
      'switchyard_backend_in_flight',
      'Requests the backend is at.',
      one(({ counters }) => counters.inFlight),
    ),
    counter(
      'switchyard_backend_request_bytes_total',
      'Bytes of bodies sent to the backend.',
      one(({ counters }) => counters.bytesIn),
    ),
    counter(
      'switchyard_backend_response_bytes_total',
      'Bytes of bodies received from the backend.',
      one(({ counters }) => counters.bytesOut),
    ),
    gauge(
      'switchyard_backend_up',
      'Whether the backend counts as up; also 1 until the first probe has ended.',
      one(({ forced, health }) => ((forced ?? health.health) === 'down' ? 0 : 1)),
    ),
    gauge(
      'switchyard_backend_busy',
      'Whether the backend does not respond to its probes, but serves requests.',
      one(({ health }) => (health.busy ? 1 : 0)),
    ),
    gauge(
      'switchyard_backend_ejected',
      'Whether the backend is out for a time because of what it answered.',
      one(({ ejection }) => (ejection === null ? 0 : 1)),
    ),
    gauge(
      'switchyard_backend_admin_state',
      'What the user has made of the backend: 1 for the state it is in.',
      each(({ admin }, labels) =>
        ADMIN_STATES.map((state) => sample({ ...labels, state }, state === admin ? 1 : 0)),
      ),
    ),
  ];
}

function histogramSamples({ pool, backend, sumMs, counts }: BackendDurations): Sample[] {
  const labels = { pool, backend };
  let total = 0;
  const buckets = counts.map((count, index): Sample => {
    total += count;
    const bound = DURATION_BOUNDS_MS[index];
    const le = bound === undefined ? '+Inf' : String(bound / 1_000);
    return { suffix: '_bucket', labels: { ...labels, le }, value: total };
  });
  return [
    ...buckets,
    { suffix: '_sum', labels, value: sumMs / 1_000 },
    { suffix: '_count', labels, value: total },
  ];
}

function sample(labels: Labels, value: number): Sample {
  return { labels, value };
}

function counter(name: string, help: string, samples: readonly Sample[]): Family {
  return { name, type: 'counter', help, samples };
}

function gauge(name: string, help: string, samples: readonly Sample[]): Family {
  return { name, type: 'gauge', help, samples };
}
