import type { CommandFailure } from '../../../shared/calls/contract.ts';
import { fail, ok, type Result } from '../../../shared/calls/result.ts';
import { formatFault } from '../../../shared/text/fault-text.ts';
import type { EngineEventBody } from '../../../shared/view/engine-event.ts';
import type { BackendKey } from '../../../shared/view/snapshot.ts';
import { seededRandom } from '../balancing/seeded-random.ts';
import type { BackendFaults } from '../faults/backend-faults.ts';
import type { Probe } from '../health/probe.ts';
import type { Trials } from '../health/trials.ts';
import type { Wire } from '../http/exchange/wire.ts';
import type { Backend } from '../pool/backend.ts';
import type { Drains } from './drains.ts';
import type { EngineCalls } from './engine-api.ts';
import type { Member, PoolRuntime } from './pool-runtime.ts';

export interface BackendCommandParts {
  readonly pools: ReadonlyMap<string, PoolRuntime>;
  readonly wire: Wire;
  readonly drains: Drains;
  readonly trials: Trials;
  readonly createProbe: (faults: BackendFaults) => Probe;
  readonly record: (event: EngineEventBody) => void;
}

/** What the user may do with one backend: see `EngineCalls`. */
export class BackendCommands {
  readonly #parts: BackendCommandParts;

  constructor(parts: BackendCommandParts) {
    this.#parts = parts;
  }

  readonly setAdmin: EngineCalls['setAdmin'] = async (request) => {
    const found = this.#find(request);
    if (!found.ok) return found;
    const { backend } = found.value;
    if (backend.admin === request.state) return ok(null);
    backend.admin = request.state;
    if (request.state === 'enabled') backend.comeBack();
    this.#parts.pools.get(backend.pool)?.availabilityChanged();
    const connections = this.#parts.wire.connectionsTo(backend);
    this.#parts.drains.end(backend);
    if (request.state === 'disabled') connections.cutAll();
    if (request.state === 'draining') this.#parts.drains.start(backend, connections, this.#drainMs(backend));
    this.#parts.record({ kind: 'admin', pool: request.pool, backend: request.backend, state: request.state });
    return ok(null);
  };

  readonly forceHealth: EngineCalls['forceHealth'] = async ({ forced, ...key }) => {
    const found = this.#find(key);
    if (!found.ok) return found;
    const { backend } = found.value;
    if (backend.forced === forced) return ok(null);
    const before = backend.whyNot();
    backend.forced = forced;
    if (before !== null && before !== 'full') backend.comeBack();
    if (forced === 'down') this.#parts.wire.connectionsTo(backend).closeIdle();
    this.#parts.pools.get(backend.pool)?.availabilityChanged();
    this.#parts.record({ kind: 'health-forced', ...key, forced });
    return ok(null);
  };

  readonly setFaults: EngineCalls['setFaults'] = async ({ faults, seed, ...key }) => {
    const found = this.#find(key);
    if (!found.ok) return found;
    found.value.faults.set(faults, seed === null ? Math.random : seededRandom(seed));
    this.#parts.record({ kind: 'faults-set', ...key, faults: faults.map(formatFault) });
    return ok(null);
  };

  readonly clearFaults: EngineCalls['clearFaults'] = async () => {
    for (const { backend, faults } of [...this.#parts.pools.values()].flatMap(({ members }) => members)) {
      if (faults.isEmpty) continue;
      faults.set([], Math.random);
      this.#parts.record({ kind: 'faults-set', pool: backend.pool, backend: backend.name, faults: [] });
    }
    return ok(null);
  };

  readonly probeNow: EngineCalls['probeNow'] = async (key) => {
    const found = this.#find(key);
    if (!found.ok) return found;
    if (found.value.checker.isOff)
      return fail({
        code: 'refused',
        message: `${key.backend} is not checked: the type of its check is "off".`,
      });
    found.value.checker.probeNow();
    return ok(null);
  };

  readonly dropConnections: EngineCalls['dropConnections'] = async (key) => {
    const found = this.#find(key);
    if (!found.ok) return found;
    this.#parts.wire.connectionsTo(found.value.backend).cutAll('its connections were dropped by you');
    return ok(null);
  };

  /** The next batch tells of it. */
  resetCounters(key: BackendKey): Result<null, CommandFailure> {
    const found = this.#find(key);
    if (!found.ok) return found;
    found.value.stats.reset();
    return ok(null);
  }

  readonly noteBroken: EngineCalls['noteBroken'] = async ({ cause, ...key }) => {
    const found = this.#find(key);
    if (!found.ok) return found;
    found.value.incidents.broke(cause);
    return ok(null);
  };

  readonly tryProbe: EngineCalls['tryProbe'] = async ({ healthCheck, ...key }) => {
    const found = this.#find(key);
    if (!found.ok) return found;
    if (healthCheck.type === 'off')
      return fail({ code: 'refused', message: 'There is no probe to try: the type of the check is "off".' });
    const { backend, faults } = found.value;
    const trial = await this.#parts.trials.run(this.#parts.createProbe(faults), {
      ...backend.config,
      healthCheck,
    });
    if (trial) return ok(trial);
    return fail({
      code: 'engine-unavailable',
      message: 'The engine stopped before the probe had an answer.',
    });
  };

  #drainMs(backend: Backend): number {
    return this.#parts.pools.get(backend.pool)?.pool.config.timeouts.drain ?? 0;
  }

  #find({ pool, backend }: BackendKey): Result<Member, CommandFailure> {
    const member = this.#parts.pools.get(pool)?.member(backend);
    if (member) return ok(member);
    return fail({ code: 'unknown-backend', message: `There is no backend "${backend}" in pool "${pool}".` });
  }
}
