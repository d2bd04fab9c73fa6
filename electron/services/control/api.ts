import { json } from './answer.ts';
import {
  type ControlledEngine,
  clearFaults,
  forceHealth,
  probe,
  resetCounters,
  setAdmin,
  setFaults,
} from './backend-calls.ts';
import { putConfig, readConfig, reloadConfig } from './config-calls.ts';
import type { ConfigDesk } from './config-desk.ts';
import type { Call, Endpoint } from './endpoints.ts';
import { balancerMetrics } from './metrics.ts';
import {
  actOnInstance,
  type ControlledProcesses,
  listProcesses,
  readOutput,
  scaleCommand,
} from './process-calls.ts';
import { processMetrics } from './process-metrics.ts';
import { PROMETHEUS_TYPE, prometheusText } from './prometheus-text.ts';
import { type ControlledScenarios, listScenarios, playScenario, stopScenario } from './scenario-calls.ts';

/** The stream of events is not among them: its answer does not end. */
export const EVENTS = { method: 'GET', path: '/v1/events' } as const;

const BACKEND = '/v1/pools/{pool}/backends/{backend}';
const INSTANCE = '/v1/pools/{pool}/instances/{instance}';

export interface ApiParts {
  readonly engine: ControlledEngine;
  readonly desk: ConfigDesk;
  readonly scenarios: ControlledScenarios;
  readonly processes: ControlledProcesses;
  readonly version: string;
}

/** Everything that can be asked, as `docs/control-api.yaml` describes it. */
export function createApi({ engine, desk, scenarios, processes, version }: ApiParts): readonly Endpoint[] {
  const metrics = async () => {
    const [snapshot, durations] = await Promise.all([engine.snapshot(null), engine.durations(null)]);
    const families = [...balancerMetrics(snapshot, durations), ...processMetrics(version)];
    return { status: 200, headers: { 'content-type': PROMETHEUS_TYPE }, body: prometheusText(families) };
  };
  return [
    get('/v1/state', async () => json(await engine.snapshot(null))),
    get('/v1/config', async () => readConfig(desk)),
    {
      method: 'PUT',
      path: '/v1/config',
      takesBody: true,
      handle: ({ body, ifMatch }) => putConfig(desk, body, ifMatch),
    },
    post('/v1/config/reload', () => reloadConfig(desk)),
    postBody(`${BACKEND}/admin`, ({ params, body }) => setAdmin(engine, keyOf(params), body)),
    postBody(`${BACKEND}/health`, ({ params, body }) => forceHealth(engine, keyOf(params), body)),
    postBody(`${BACKEND}/faults`, ({ params, body }) => setFaults(engine, keyOf(params), body)),
    post('/v1/faults/clear', () => clearFaults(engine)),
    get('/v1/scenarios', async () => listScenarios(scenarios)),
    postBody('/v1/scenarios/{scenario}/play', ({ params, body }) =>
      playScenario(scenarios, params['scenario'] ?? '', body),
    ),
    post('/v1/scenarios/stop', () => stopScenario(scenarios)),
    get('/v1/processes', async () => listProcesses(processes)),
    postBody(`${INSTANCE}/act`, async ({ params, body }) =>
      actOnInstance(processes, instanceOf(params), body),
    ),
    get(`${INSTANCE}/output`, async ({ params }) => readOutput(processes, instanceOf(params))),
    postBody('/v1/pools/{pool}/commands/{command}/scale', async ({ params, body }) =>
      scaleCommand(processes, params['pool'] ?? '', params['command'] ?? '', body),
    ),
    post(`${BACKEND}/probe`, ({ params }) => probe(engine, keyOf(params))),
    post('/v1/pools/{pool}/counters/reset', ({ params }) => resetCounters(engine, keyOf(params).pool)),
    get('/metrics', metrics),
  ];
}

function keyOf({ pool = '', backend = '' }: Call['params']): { pool: string; backend: string } {
  return { pool, backend };
}

function instanceOf({ pool = '', instance = '' }: Call['params']): { pool: string; backend: string } {
  return { pool, backend: instance };
}

function get(path: string, handle: Endpoint['handle']): Endpoint {
  return { method: 'GET', path, takesBody: false, handle };
}

function post(path: string, handle: Endpoint['handle']): Endpoint {
  return { method: 'POST', path, takesBody: false, handle };
}

function postBody(path: string, handle: Endpoint['handle']): Endpoint {
  return { method: 'POST', path, takesBody: true, handle };
}
