import type { FaultSettings } from '../../../shared/config/fault-schema.ts';
import { formatFault } from '../../../shared/text/fault-text.ts';
import type { ActiveFault } from '../../../shared/view/active-fault.ts';
import type { Clock } from '../system/clock.ts';
import { createEffect } from './effect.ts';
import type { FaultySocket } from './faulty-socket.ts';
import { isDownPhase, untilNextPhase } from './flap.ts';
import type { Effect, Random } from './line.ts';
import { type Hit, Trigger } from './trigger.ts';

/** The wall clock, and who hears of what a fault does. */
export interface FaultSurroundings extends Clock {
  /** The backend has just crashed: what is in flight there is lost. */
  onCrash(): void;
  /** Something is wrong with the backend from now on; as it is written. */
  onBroken(fault: string): void;
  /** Nothing is wrong with it for the time being. */
  onMended(): void;
}

/** One fault of one backend, from when it was set to when it is over. */
export class RunningFault {
  readonly settings: FaultSettings;
  readonly since: number;
  readonly #random: Random;
  readonly #around: FaultSurroundings;
  readonly #traffic: Trigger;
  readonly #checks: Trigger;
  /** Connections it is at work on. */
  readonly #sockets = new Set<FaultySocket>();
  #cancelEnd: (() => void) | null = null;
  #cancelPhase: (() => void) | null = null;

  /** @param onOver called when the time it was given has passed */
  constructor(settings: FaultSettings, random: Random, around: FaultSurroundings, onOver: () => void) {
    this.settings = settings;
    this.since = around.now();
    this.#random = random;
    this.#around = around;
    this.#traffic = new Trigger(settings, random);
    this.#checks = new Trigger(settings, random);
    if (settings.for !== undefined) this.#cancelEnd = around.after(settings.for, onOver);
    if (settings.type === 'crash') this.#crash();
    if (settings.type === 'flap') this.#waitForPhase();
  }

  /** Whether it will never hit anything again, though it is not over. */
  get isSpent(): boolean {
    const { affects } = this.settings;
    const isSpentFor = (trigger: Trigger, other: string) => affects === other || trigger.isSpent;
    return isSpentFor(this.#traffic, 'checks') && isSpentFor(this.#checks, 'traffic');
  }

  get status(): ActiveFault {
    const { settings, since } = this;
    return {
      text: formatFault(settings),
      settings,
      since,
      endsAt: settings.for === undefined ? null : since + settings.for,
      requestsHit: this.#traffic.hits,
      probesHit: this.#checks.hits,
      isSpent: this.isSpent,
    };
  }

  /** @returns what it does to this one, which it counts if it is about it; null for nothing */
  draw(kind: 'traffic' | 'checks', hit: Hit | null): Effect | null {
    const { settings } = this;
    if (settings.affects !== 'both' && settings.affects !== kind) return null;
    if (settings.type === 'flap' && !isDownPhase(settings, this.#elapsedMs)) return null;
    const trigger = kind === 'traffic' ? this.#traffic : this.#checks;
    return trigger.pull(hit) ? createEffect(settings, this.#random) : null;
  }

  /** A connection it is at work on, until that closes. */
  watch(socket: FaultySocket): void {
    this.#sockets.add(socket);
    socket.once('close', () => this.#sockets.delete(socket));
  }

  /** It hits nothing more, and what it holds back goes on. */
  end(): void {
    this.#cancelEnd?.();
    this.#cancelPhase?.();
    for (const socket of [...this.#sockets]) socket.release();
  }

  get #elapsedMs(): number {
    return this.#around.now() - this.since;
  }

  /** Only what crashes for everybody cuts what is in flight: otherwise it is one request that finds nobody there. */
  #crash(): void {
    const { affects, probability, every, match } = this.settings;
    if (affects !== 'checks' && (probability ?? 1) === 1 && (every ?? 1) === 1 && match === undefined)
      this.#around.onCrash();
  }

  #waitForPhase(): void {
    const { settings } = this;
    if (settings.type !== 'flap') return;
    this.#cancelPhase = this.#around.after(untilNextPhase(settings, this.#elapsedMs), () => {
      if (isDownPhase(settings, this.#elapsedMs)) {
        this.#around.onBroken(formatFault(settings));
        this.#crash();
      } else this.#around.onMended();
      this.#waitForPhase();
    });
  }
}
