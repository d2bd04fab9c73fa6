import type { CommandFailure } from '../../../shared/calls/contract.ts';
import type { Result } from '../../../shared/calls/result.ts';
import { parseFaults } from '../../../shared/config/fault-schema.ts';
import type { BackendKey } from '../../../shared/view/snapshot.ts';
import type { EngineCalls } from '../../engine/core/engine-api.ts';
import { closest } from '../config/did-you-mean.ts';
import { type Answer, json, problem } from './answer.ts';
import { adminArgument, faultsArgument, healthArgument, readArgument } from './arguments.ts';

/** What the control server asks of an engine. */
export type ControlledEngine = Pick<
  EngineCalls,
  | 'snapshot'
  | 'durations'
  | 'setAdmin'
  | 'forceHealth'
  | 'setFaults'
  | 'clearFaults'
  | 'probeNow'
  | 'resetCounters'
>;

export async function setAdmin(engine: ControlledEngine, key: BackendKey, body: string): Promise<Answer> {
  const argument = readArgument(adminArgument, body);
  if (!argument.ok) return argument.error;
  return backendAfter(engine, key, () => engine.setAdmin({ ...key, ...argument.value }));
}

export async function forceHealth(engine: ControlledEngine, key: BackendKey, body: string): Promise<Answer> {
  const argument = readArgument(healthArgument, body);
  if (!argument.ok) return argument.error;
  return backendAfter(engine, key, () => engine.forceHealth({ ...key, ...argument.value }));
}

export async function setFaults(engine: ControlledEngine, key: BackendKey, body: string): Promise<Answer> {
  const argument = readArgument(faultsArgument, body);
  if (!argument.ok) return argument.error;
  const { faults, seed = null } = argument.value;
  const parsed = parseFaults(faults);
  if (!parsed.ok) return problem(400, 'bad-body', `${parsed.error}.`);
  return backendAfter(engine, key, () => engine.setFaults({ ...key, faults: parsed.value, seed }));
}

export async function clearFaults(engine: ControlledEngine): Promise<Answer> {
  const done = await engine.clearFaults(null);
  return done.ok ? json(await engine.snapshot(null)) : failed(done.error);
}

/** Does not wait for the probe to end: its outcome is in the state, and an event tells of a change. */
export function probe(engine: ControlledEngine, key: BackendKey): Promise<Answer> {
  return backendAfter(engine, key, () => engine.probeNow(key));
}

export async function resetCounters(engine: ControlledEngine, pool: string): Promise<Answer> {
  const names = (await engine.snapshot(null)).pools.map(({ name }) => name);
  if (!names.includes(pool)) return unknown('pool', pool, names);
  const done = await engine.resetCounters({ pool });
  if (!done.ok) return failed(done.error);
  const after = (await engine.snapshot(null)).pools.find(({ name }) => name === pool);
  return after ? json(after) : unknown('pool', pool, []);
}

/** The backend as it is once the call is done. */
async function backendAfter(
  engine: ControlledEngine,
  key: BackendKey,
  call: () => Promise<Result<null, CommandFailure>>,
): Promise<Answer> {
  const missing = await missingIn(engine, key);
  if (missing) return missing;
  const done = await call();
  if (!done.ok) return failed(done.error);
  const { pools } = await engine.snapshot(null);
  const backends = pools.find(({ name }) => name === key.pool)?.backends ?? [];
  const backend = backends.find(({ name }) => name === key.backend);
  return backend ? json(backend) : unknown('backend', key.backend, []);
}

async function missingIn(engine: ControlledEngine, { pool, backend }: BackendKey): Promise<Answer | null> {
  const { pools } = await engine.snapshot(null);
  const found = pools.find(({ name }) => name === pool);
  if (!found) {
    const names = pools.map(({ name }) => name);
    return unknown('pool', pool, names);
  }
  const names = found.backends.map(({ name }) => name);
  return names.includes(backend) ? null : unknown('backend', backend, names);
}

function unknown(kind: 'pool' | 'backend', name: string, names: readonly string[]): Answer {
  const near = closest(name, names);
  const list = names.map((one) => `"${one}"`).join(', ');
  const mend =
    near !== null ? `did you mean "${near}"?` : list === '' ? 'there are none.' : `there is ${list}.`;
  return problem(404, `unknown-${kind}`, `There is no ${kind} "${name}" here; ${mend}`);
}

function failed({ code, message }: CommandFailure): Answer {
  return code === 'unknown-backend' ? problem(404, code, message) : problem(409, 'refused', message);
}
