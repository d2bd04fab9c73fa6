import { fail, ok } from '../../../shared/calls/result.ts';
import type { Config, PoolConfig } from '../../../shared/config/config.ts';
import type { EngineEvent, EngineEventBody } from '../../../shared/view/engine-event.ts';
import {
  EVENTS_KEPT,
  type OpenTunnels,
  SECONDS_IN_STATE,
  type Snapshot,
  TUNNELS_SHOWN,
} from '../../../shared/view/snapshot.ts';
import type { BackendFaults } from '../faults/backend-faults.ts';
import type { KeptConnections } from '../health/kept-connections.ts';
import { createProbe } from '../health/probe.ts';
import { Trials } from '../health/trials.ts';
import { Wire } from '../http/exchange/wire.ts';
import type { Backend } from '../pool/backend.ts';
import { Ring } from '../stats/ring.ts';
import { Tally } from '../stats/tally.ts';
import { systemClock } from '../system/clock.ts';
import { BackendCommands } from './backend-commands.ts';
import { describeChange } from './config-change.ts';
import { Drains } from './drains.ts';
import type { EngineCalls, EngineListener } from './engine-api.ts';
import type { FailedRequestSink } from './failed-request.ts';
import { ListenerSet } from './listener-set.ts';
import { createMemberLife } from './member-life.ts';
import { type Member, PoolRuntime } from './pool-runtime.ts';
import { Publisher } from './publisher.ts';
import { Recorder } from './recorder.ts';
import { recordingOf } from './recording.ts';
import { forgotten, sendAgain } from './send-again.ts';

/** What `stop` waits for. */
export interface InFlight {
  readonly webSockets: number;
  /** Upgraded connections of other protocols. */
  readonly otherTunnels: number;
  readonly responses: number;
}

/** Owns listeners, pools, checkers and figures. Plain Node: runs in a worker thread or in the CLI's process. */
export class Engine implements EngineCalls {
  readonly #say: EngineListener;
  readonly #pools = new Map<string, PoolRuntime>();
  readonly #members = new Map<Backend, { readonly pool: PoolRuntime; readonly member: Member }>();
  readonly #events = new Ring<EngineEvent>(EVENTS_KEPT);
  readonly #recorder = new Recorder(
    (backend) => this.#members.get(backend),
    (name) => this.#pools.get(name),
  );
  readonly #wire = new Wire(this.#recorder, (backend) => this.#members.get(backend)?.member.faults);
  readonly #listeners = new ListenerSet(
    this.#wire,
    this.#recorder.refusals,
    (name) => this.#pools.get(name)?.pool,
  );
  readonly #drains = new Drains(systemClock);
  readonly #createProbe = (faults: BackendFaults, kept?: KeptConnections) =>
    createProbe({ onConnected: (socket) => this.#wire.addOwn(socket), faults, ...(kept && { kept }) });
  readonly #trials = new Trials();
  readonly #life = createMemberLife({
    wire: this.#wire,
    createProbe: this.#createProbe,
    record: (event) => this.#record(event),
    availabilityChanged: (backend) => this.#pools.get(backend.pool)?.availabilityChanged(),
    probeEnded: (backend) => this.#pools.get(backend.pool)?.probeEnded(),
    progressOf: (backend, stats) => stats.version + this.#wire.bytesReadFrom(backend),
    left: (member) => this.#left(member),
  });
  readonly #publisher = new Publisher(
    {
      pools: () => this.#pools.values(),
      events: this.#events,
      log: this.#recorder.log,
      tunnels: () => this.#tunnels(),
      now: systemClock.now,
    },
    (batch) => this.#say({ push: 'batch', payload: batch }),
  );
  readonly #backends = new BackendCommands({
    pools: this.#pools,
    wire: this.#wire,
    drains: this.#drains,
    trials: this.#trials,
    createProbe: this.#createProbe,
    record: (event) => this.#record(event),
  });
  /** What was before this engine, it cannot say. */
  readonly #bornAt = secondOf(systemClock.now());
  #config: Config = { listeners: [], pools: [], scenarios: [] };

  /** @param failures hears of failed requests; null for nobody */
  constructor(listener: EngineListener, failures: FailedRequestSink | null = null) {
    this.#say = listener;
    this.#recorder.failures = failures;
  }

  readonly apply: EngineCalls['apply'] = async ({ config, options }) => {
    const prepared = await this.#listeners.prepare(config.listeners, options.keepGoing);
    if (!prepared.ok) return prepared;
    const summary = describeChange(this.#config, config).words;
    const isFirst = this.#config.pools.length === 0;
    this.#config = config;
    this.#applyPools(config.pools);
    this.#listeners.commit(prepared.value);
    if (!isFirst && summary !== '') this.#record({ kind: 'config-applied', summary });
    for (const { name, state } of this.#listeners.snapshot()) {
      if (state.kind === 'failed')
        this.#record({ kind: 'listener-failed', listener: name, reason: state.reason });
    }
    this.#startOver();
    return ok(null);
  };

  readonly setRunning: EngineCalls['setRunning'] = async ({ isRunning }) => {
    const result = await this.#listeners.setRunning(isRunning);
    this.#startOver();
    return result.ok ? ok(null) : fail({ code: 'refused', message: result.error.message });
  };

  readonly setAdmin = this.#backends.setAdmin;
  readonly forceHealth = this.#backends.forceHealth;
  readonly setFaults = this.#backends.setFaults;
  readonly noteBroken = this.#backends.noteBroken;
  readonly noteScenario: EngineCalls['noteScenario'] = async (note) => {
    this.#record({ kind: 'scenario', ...note });
    return null;
  };
  readonly tally: EngineCalls['tally'] = async ({ isOn }) => {
    const counted = this.#recorder.tally?.summary() ?? null;
    this.#recorder.tally = isOn ? new Tally() : null;
    return isOn ? null : counted;
  };
  readonly clearFaults = this.#backends.clearFaults;
  readonly dropConnections = this.#backends.dropConnections;
  readonly probeNow = this.#backends.probeNow;
  readonly tryProbe = this.#backends.tryProbe;

  readonly resetCounters: EngineCalls['resetCounters'] = async ({ pool, backend }) => {
    const runtime = this.#pools.get(pool);
    if (!runtime) return fail({ code: 'refused', message: `There is no pool "${pool}".` });
    if (backend !== undefined) return this.#backends.resetCounters({ pool, backend });
    runtime.reset();
    this.#startOver(0);
    return ok(null);
  };

  readonly snapshot: EngineCalls['snapshot'] = async () =>
    this.#snapshot(secondOf(systemClock.now()) - SECONDS_IN_STATE);

  readonly durations: EngineCalls['durations'] = async () =>
    [...this.#pools.values()].flatMap((pool) => pool.durations());

  readonly exchanges: EngineCalls['exchanges'] = async ({ limit }) => this.#recorder.log.newest(limit);

  readonly exchange: EngineCalls['exchange'] = async ({ id }) => {
    const record = this.#recorder.log.find(id);
    if (record) return ok(record);
    return fail({ code: 'refused', message: forgotten(id) });
  };

  readonly exchangesInFull: EngineCalls['exchangesInFull'] = async ({ ids }) =>
    this.#recorder.log.findAll(new Set(ids));

  readonly setCapture: EngineCalls['setCapture'] = async ({ pool, isOn }) => {
    if (!this.#pools.has(pool)) return fail({ code: 'refused', message: `There is no pool "${pool}".` });
    this.#recorder.setCaptured(pool, isOn);
    this.#startOver();
    return ok(null);
  };

  readonly recording: EngineCalls['recording'] = async ({ pool: name }) => {
    const pool = this.#pools.get(name)?.pool;
    if (!pool) return fail({ code: 'refused', message: `There is no pool "${name}".` });
    return ok(recordingOf(name, pool.backends, this.#recorder.log.ended()));
  };

  readonly sendAgain: EngineCalls['sendAgain'] = (asked) =>
    sendAgain({ log: this.#recorder.log, listeners: () => this.#listeners.snapshot() }, asked);

  readonly showLog: EngineCalls['showLog'] = async ({ isShown }) => {
    this.#publisher.isLogShown = isShown;
    return isShown ? this.#recorder.log.begin() : [];
  };

  readonly watch: EngineCalls['watch'] = async () => {
    this.#recorder.setWatched(true);
    this.#publisher.start();
    return this.#snapshot(this.#bornAt);
  };

  readonly unwatch: EngineCalls['unwatch'] = async () => {
    this.#recorder.setWatched(false);
    this.#publisher.stop();
    return null;
  };

  readonly stop: EngineCalls['stop'] = async ({ graceMs }) => {
    this.#trials.stop();
    this.#publisher.stop();
    for (const { members } of this.#pools.values()) for (const { checker } of members) checker.stop();
    await this.#listeners.stop(graceMs);
    for (const runtime of this.#pools.values()) runtime.stop();
    this.#drains.stop();
    return null;
  };

  /** What is in flight now. */
  inFlight(): InFlight {
    const tunnels = [...this.#wire.tunnels];
    const webSockets = tunnels.filter(({ isWebSocket }) => isWebSocket).length;
    const responses = Math.max(this.#listeners.busyCount - tunnels.length, 0);
    return { webSockets, otherTunnels: tunnels.length - webSockets, responses };
  }

  #applyPools(configs: readonly PoolConfig[]): void {
    const names = new Set(configs.map((config) => config.name));
    for (const [name, runtime] of this.#pools) {
      if (names.has(name)) continue;
      runtime.stop();
      this.#recorder.setCaptured(name, false);
      this.#pools.delete(name);
    }
    // In the order of the config, which is the order on screen.
    const previous = new Map(this.#pools);
    this.#pools.clear();
    for (const config of configs) {
      const runtime = previous.get(config.name) ?? new PoolRuntime(config, this.#life);
      runtime.update(config);
      this.#pools.set(config.name, runtime);
      for (const member of runtime.members) this.#members.set(member.backend, { pool: runtime, member });
    }
  }

  #left(member: Member): void {
    const { backend } = member;
    this.#drains.start(
      backend,
      this.#wire.connectionsTo(backend),
      this.#members.get(backend)?.pool.pool.config.timeouts.drain ?? 0,
    );
    this.#wire.forget(backend);
    this.#members.delete(backend);
  }

  #record(body: EngineEventBody): void {
    const event: EngineEvent = { ...body, id: this.#events.added + 1, at: systemClock.now() };
    this.#events.push(event);
    this.#say({ push: 'event', payload: event });
  }

  /**
   * The structure has changed: a watcher gets a snapshot to build on.
   * @param secondsFrom 0 when what it knows of the past does not hold any more
   */
  #startOver(secondsFrom = this.#publisher.nextSecond): void {
    if (!this.#publisher.isWatched) return;
    this.#publisher.start();
    this.#say({ push: 'snapshot', payload: this.#snapshot(secondsFrom) });
  }

  #tunnels(): OpenTunnels {
    const open = [...this.#wire.tunnels];
    return {
      count: open.length,
      newest: open
        .slice(-TUNNELS_SHOWN)
        .reverse()
        .map((tunnel) => tunnel.snapshot()),
    };
  }

  #snapshot(secondsFrom: number): Snapshot {
    const at = systemClock.now();
    const pools = [...this.#pools.values()];
    for (const { series } of pools) series.roll(at);
    return {
      seq: this.#publisher.seq,
      at,
      isRunning: this.#listeners.isRunning,
      listeners: this.#listeners.snapshot(),
      pools: pools.map((one) => ({
        ...one.snapshot(),
        isCaptured: this.#recorder.captures.has(one.pool.name),
      })),
      seconds: pools
        .flatMap(({ series }) => series.since(secondsFrom - 1))
        .sort((a, b) => a.second - b.second),
      secondsFrom,
      events: this.#events.all(),
      tunnels: this.#tunnels(),
    };
  }
}

function secondOf(ms: number): number {
  return Math.floor(ms / 1_000);
}
