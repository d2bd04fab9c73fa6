import type { EngineEvent } from '../../../shared/view/engine-event.ts';
import type { BackendStanding, Batch, OpenTunnels } from '../../../shared/view/snapshot.ts';
import type { Ring } from '../stats/ring.ts';
import type { ExchangeLog } from './exchange-log.ts';
import type { Member, PoolRuntime } from './pool-runtime.ts';
import { isSameStanding, standingOf } from './standing.ts';

/** Four batches a second: quick enough to feel live, slow enough to read. */
const BATCH_MS = 250;

interface Sent {
  statsVersion: number;
  inFlight: number;
  standing: BackendStanding;
  probesEnded: number;
}

export interface PublisherSource {
  readonly pools: () => Iterable<PoolRuntime>;
  readonly events: Ring<EngineEvent>;
  readonly log: ExchangeLog;
  readonly tunnels: () => OpenTunnels;
  readonly now: () => number;
}

/** Tells a watcher four times a second what has changed. Costs nothing while nobody watches. */
export class Publisher {
  readonly #source: PublisherSource;
  readonly #onBatch: (batch: Batch) => void;
  #sent = new Map<Member, Sent>();
  #timer: NodeJS.Timeout | null = null;
  #eventsSent = 0;
  #lastSecond = 0;
  seq = 0;
  isLogShown = false;

  constructor(source: PublisherSource, onBatch: (batch: Batch) => void) {
    this.#source = source;
    this.#onBatch = onBatch;
  }

  /** The first second its watcher has not been told of yet. */
  get nextSecond(): number {
    return this.#lastSecond + 1;
  }

  get isWatched(): boolean {
    return this.#timer !== null;
  }

  /** Starts over: the watcher has just been given a snapshot of this very moment. */
  start(): void {
    this.stop();
    this.#sent = new Map();
    for (const { members } of this.#source.pools())
      for (const member of members) this.#sent.set(member, stateOf(member));
    this.#eventsSent = this.#source.events.added;
    this.#lastSecond = Math.floor(this.#source.now() / 1_000) - 1;
    this.seq++;
    this.#timer = setInterval(() => this.#onBatch(this.#next()), BATCH_MS);
  }

  stop(): void {
    if (this.#timer) clearInterval(this.#timer);
    this.#timer = null;
  }

  #next(): Batch {
    const now = this.#source.now();
    const counters: Batch['counters'][number][] = [];
    const standings: Batch['standings'][number][] = [];
    const pools: Batch['pools'][number][] = [];
    const seconds: Batch['seconds'][number][] = [];
    for (const { pool, members, series, unavailable, triedAnyway, latency } of this.#source.pools()) {
      series.roll(now);
      seconds.push(...series.since(this.#lastSecond));
      const { waiting, isTryingAnyway } = pool;
      pools.push({
        name: pool.name,
        isTryingAnyway,
        triedAnyway,
        unavailable,
        waiting,
        latency: latency.summary(),
      });
      for (const member of members) {
        const key = { pool: pool.name, backend: member.backend.config.name };
        const current = stateOf(member);
        const sent = this.#sent.get(member);
        this.#sent.set(member, current);
        if (sent?.statsVersion !== current.statsVersion || sent.inFlight !== current.inFlight) {
          counters.push({ ...key, counters: member.stats.counters(current.inFlight) });
        }
        const fresh = current.probesEnded - (sent?.probesEnded ?? 0);
        const isSame = sent !== undefined && isSameStanding(sent.standing, current.standing);
        if (fresh > 0 || !isSame) {
          const newProbes = fresh > 0 ? member.checker.probes.slice(-fresh) : [];
          standings.push({ ...key, standing: isSame ? null : current.standing, newProbes });
        }
      }
    }
    this.#lastSecond = Math.floor(now / 1_000) - 1;
    const events = this.#source.events.since(this.#eventsSent);
    this.#eventsSent = this.#source.events.added;
    const tunnels = this.#source.tunnels();
    const log = this.isLogShown ? this.#source.log.next() : null;
    return { seq: ++this.seq, at: now, counters, standings, pools, seconds, events, tunnels, log };
  }
}

function stateOf(member: Member): Sent {
  return {
    statsVersion: member.stats.version,
    inFlight: member.backend.inFlight,
    standing: standingOf(member),
    probesEnded: member.probesEnded,
  };
}
