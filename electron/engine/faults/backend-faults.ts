import type { FaultSettings } from '../../../shared/config/fault-schema.ts';
import { formatFault } from '../../../shared/text/fault-text.ts';
import type { ActiveFault } from '../../../shared/view/active-fault.ts';
import type { FaultySocket } from './faulty-socket.ts';
import type { Effect, Random } from './line.ts';
import { type FaultPlan, planOf } from './plan.ts';
import { type FaultSurroundings, RunningFault } from './running-fault.ts';
import type { Hit } from './trigger.ts';

/** What the next connection has to put up with. */
export interface DrawnFaults {
  readonly plan: FaultPlan;
  /** The connection it came to: it is told when one of the faults is over. */
  onConnected(socket: FaultySocket): void;
}

/** The faults of one backend. The balancer knows nothing of them: it meets them on its connections, and so do probes. */
export class BackendFaults {
  readonly #around: FaultSurroundings;
  readonly #onOver: (fault: FaultSettings) => void;
  #faults: readonly RunningFault[] = [];

  /** @param onOver a fault is over by itself, and has gone */
  constructor(around: FaultSurroundings, onOver: (fault: FaultSettings) => void) {
    this.#around = around;
    this.#onOver = onOver;
  }

  /** As they stand now, in their order. */
  get active(): readonly ActiveFault[] {
    return this.#faults.map((fault) => fault.status);
  }

  get isEmpty(): boolean {
    return this.#faults.length === 0;
  }

  /** Whether none of them will hit anything again; so too when there are none. */
  get isSpent(): boolean {
    return this.#faults.every(({ isSpent }) => isSpent);
  }

  /** In place of those there were: what they hold back goes on. The counts of all begin anew. */
  set(settings: readonly FaultSettings[], random: Random): void {
    for (const fault of this.#faults) fault.end();
    // What works for a while at first says itself when it is broken.
    const broken = settings.filter(({ type }) => type !== 'flap').map(formatFault);
    if (broken.length > 0) this.#around.onBroken(broken.join(', '));
    else this.#around.onMended();
    // One by one: a crash cuts what is in flight, and what follows from that meets the faults before it.
    this.#faults = [];
    for (const one of settings) {
      const fault = new RunningFault(one, random, this.#around, () => this.#over(fault));
      this.#faults = [...this.#faults, fault];
    }
  }

  /**
   * What they do to the next request or probe. Each that is about it counts it.
   *
   * @param hit null for a probe that is a bare connection
   * @returns null for nothing
   */
  draw(kind: 'traffic' | 'checks', hit: Hit | null): DrawnFaults | null {
    if (this.#faults.length === 0) return null;
    const effects: Effect[] = [];
    const drawn: RunningFault[] = [];
    for (const fault of this.#faults) {
      const effect = fault.draw(kind, hit);
      if (effect === null) continue;
      effects.push(effect);
      drawn.push(fault);
    }
    const plan = planOf(effects);
    return (
      plan && {
        plan,
        onConnected: (socket) => {
          for (const fault of drawn) fault.watch(socket);
        },
      }
    );
  }

  #over(fault: RunningFault): void {
    this.#faults = this.#faults.filter((one) => one !== fault);
    fault.end();
    if (this.isSpent) this.#around.onMended();
    this.#onOver(fault.settings);
  }
}
