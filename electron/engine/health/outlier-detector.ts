import type { OutlierConfig } from '../../../shared/config/config.ts';
import type { Ejection } from '../../../shared/view/snapshot.ts';
import type { Backend } from '../pool/backend.ts';
import type { Clock } from '../system/clock.ts';

export interface EjectionObserver {
  onEjected(backend: Backend, ejection: Ejection, forMs: number): void;
  /** @param afterMs how long it was out */
  onReturned(backend: Backend, afterMs: number): void;
}

/** The window is this many slices: one that is full goes as a whole. */
const SLICES = 10;

interface Record {
  streak: number;
  /** By slice: number of the slice, answers, failures among them. */
  readonly slices: { slice: number; all: number; failed: number }[];
  /** How often it was ejected without a long time well in between. */
  ejections: number;
  returnedAt: number;
  cancel: (() => void) | null;
}

/**
 * Passive health: ejects a backend of one pool for a time when its responses fail too often, each time for longer. It
 * follows Envoy's outlier detection with two differences: a good response ends a streak, and a maximum share of less than
 * one backend ejects none.
 */
export class OutlierDetector {
  readonly #clock: Clock;
  readonly #observer: EjectionObserver;
  readonly #records = new Map<Backend, Record>();
  #settings: OutlierConfig | null = null;
  #backends: readonly Backend[] = [];

  constructor(clock: Clock, observer: EjectionObserver) {
    this.#clock = clock;
    this.#observer = observer;
  }

  /** Takes other settings at once. Who is out stays out for the time it was given, unless nothing is watched any more. */
  update(settings: OutlierConfig | null, backends: readonly Backend[]): void {
    this.#settings = settings;
    this.#backends = backends;
    for (const backend of [...this.#records.keys()])
      if (settings === null || !backends.includes(backend)) this.#forget(backend);
  }

  /** @param hasFailed whether the attempt brought no whole answer, or one of status 500 or above */
  record(backend: Backend, hasFailed: boolean): void {
    const settings = this.#settings;
    // What was under way when it was ejected says nothing new; what is forced up stays in.
    const isSettled = backend.ejection !== null || backend.forced === 'up';
    if (settings === null || isSettled || !this.#backends.includes(backend)) return;
    const record = this.#recordOf(backend);
    record.streak = hasFailed ? record.streak + 1 : 0;
    this.#count(record, settings.window, hasFailed);
    if (!hasFailed) return;
    const reason = this.#reasonToEject(record, settings);
    if (reason !== null) this.#eject(backend, record, reason);
  }

  /** Lets everyone back in and watches nobody. */
  stop(): void {
    this.update(null, []);
  }

  #reasonToEject(record: Record, settings: OutlierConfig): string | null {
    if (record.streak >= settings.consecutive)
      return record.streak === 1 ? 'a failure' : `${record.streak} failures in a row`;
    if (settings.failureRate === undefined) return null;
    let all = 0;
    let failed = 0;
    for (const slice of record.slices) {
      all += slice.all;
      failed += slice.failed;
    }
    if (all < settings.minRequests || failed * 100 < settings.failureRate * all) return null;
    return `${failed} of the last ${all} requests failed`;
  }

  #eject(backend: Backend, record: Record, reason: string): void {
    const settings = this.#settings;
    if (settings === null || !this.#mayEjectOneMore(settings)) return;
    const now = this.#clock.now();
    if (now - record.returnedAt > settings.maxEjection) record.ejections = 0;
    record.ejections++;
    const forMs = Math.min(settings.ejection * record.ejections, settings.maxEjection);
    backend.ejection = { reason, until: now + forMs };
    record.streak = 0;
    record.slices.length = 0;
    record.cancel = this.#clock.after(forMs, () => this.#takeBack(backend, record, forMs));
    this.#observer.onEjected(backend, backend.ejection, forMs);
  }

  #mayEjectOneMore({ maxEjected }: OutlierConfig): boolean {
    const out = this.#backends.filter((backend) => backend.ejection !== null).length;
    return (out + 1) * 100 <= maxEjected * this.#backends.length;
  }

  #takeBack(backend: Backend, record: Record, afterMs: number): void {
    record.cancel = null;
    record.returnedAt = this.#clock.now();
    backend.ejection = null;
    this.#observer.onReturned(backend, afterMs);
  }

  #count(record: Record, windowMs: number, hasFailed: boolean): void {
    const slice = Math.floor((this.#clock.now() * SLICES) / windowMs);
    while ((record.slices[0]?.slice ?? slice) <= slice - SLICES) record.slices.shift();
    let last = record.slices.at(-1);
    if (last?.slice !== slice) {
      last = { slice, all: 0, failed: 0 };
      record.slices.push(last);
    }
    last.all++;
    if (hasFailed) last.failed++;
  }

  #recordOf(backend: Backend): Record {
    let record = this.#records.get(backend);
    if (!record) {
      record = { streak: 0, slices: [], ejections: 0, returnedAt: Number.NEGATIVE_INFINITY, cancel: null };
      this.#records.set(backend, record);
    }
    return record;
  }

  #forget(backend: Backend): void {
    this.#records.get(backend)?.cancel?.();
    this.#records.delete(backend);
    backend.ejection = null;
  }
}
