import type { OutputLine } from '../../../shared/view/output-line.ts';
import type { BackendKey } from '../../../shared/view/snapshot.ts';
import type { Clock } from '../../engine/system/clock.ts';
import { Guardian } from './guardian.ts';
import { Instance, type Readiness } from './instance.ts';
import type { Exit } from './instance-state.ts';
import { Ports } from './ports.ts';
import type { ProcessOrder } from './process-group.ts';

/** A server of the config that is a command. */
export interface ProcessSpec extends ProcessOrder {
  readonly pool: string;
  /** Its instances are called `name-1`, `name-2`, … */
  readonly name: string;
  readonly instances: number;
}

export interface SupervisorParts {
  readonly clock: Clock;
  /** What an instance of it has to pass before requests may come. */
  readiness(spec: ProcessSpec): Readiness;
  /** Resolves when nothing is in flight at it any more, or what is has had its time. */
  drain(pool: string, backend: string): Promise<void>;
  /** The state of an instance, or who is there, has changed. */
  onChange(): void;
  /** An instance has ended by itself, or by somebody else's doing. */
  onCrash(backend: BackendKey, exit: Exit): void;
  onLine(backend: BackendKey, line: OutputLine): void;
}

interface Group {
  spec: ProcessSpec;
  /** As in the config, or as it was scaled since. */
  wanted: number;
  /** Not in the config any more; its instances are ending. */
  isGone: boolean;
  /** By number, from 1. */
  readonly slots: Map<number, Slot>;
}

interface Slot {
  readonly instance: Instance;
  readonly spec: ProcessSpec;
  isLeaving: boolean;
}

export interface SupervisedInstance {
  readonly spec: ProcessSpec;
  readonly instance: Instance;
}

/** Keeps as many instances of each command as are wanted. */
export class Supervisor {
  readonly #parts: SupervisorParts;
  readonly #guardian: Guardian;
  readonly #ports = new Ports();
  readonly #groups = new Map<string, Group>();
  #isStopped = false;

  constructor(parts: SupervisorParts) {
    this.#parts = parts;
    this.#guardian = new Guardian(parts.clock);
  }

  /** Those of the config, in its order, with how many instances of each there are to be. */
  get commands(): readonly { readonly pool: string; readonly name: string; readonly wanted: number }[] {
    return [...this.#groups.values()]
      .filter(({ isGone }) => !isGone)
      .map(({ spec: { pool, name }, wanted }) => ({ pool, name, wanted }));
  }

  /** In the order of the config, by number. */
  get instances(): readonly SupervisedInstance[] {
    return [...this.#groups.values()].flatMap(({ slots }) =>
      [...slots].sort(([a], [b]) => a - b).map(([, { spec, instance }]) => ({ spec, instance })),
    );
  }

  find(pool: string, backend: string): Instance | undefined {
    return this.instances.find(({ spec, instance }) => spec.pool === pool && instance.name === backend)
      ?.instance;
  }

  /**
   * What is to run from now on. Instances of an unchanged command stay as they are. Those of a changed one are replaced
   * one after the other, each when the one before it answers: a command that does not work takes one place, not all.
   */
  apply(specs: readonly ProcessSpec[]): void {
    const previous = new Map(this.#groups);
    this.#groups.clear();
    for (const spec of specs) {
      const group = previous.get(keyOf(spec));
      previous.delete(keyOf(spec));
      if (group && group.spec.instances !== spec.instances) group.wanted = spec.instances;
      if (group) [group.spec, group.isGone] = [spec, false];
      this.#groups.set(
        keyOf(spec),
        group ?? { spec, wanted: spec.instances, isGone: false, slots: new Map() },
      );
    }
    for (const [key, group] of previous) {
      group.wanted = 0;
      group.isGone = true;
      if (group.slots.size > 0) this.#groups.set(key, group);
    }
    for (const group of this.#groups.values()) this.#reconcile(group);
    this.#parts.onChange();
  }

  /** Up or down at once, until the config says another number. @returns whether there is such a command */
  scale(pool: string, name: string, instances: number): boolean {
    const group = this.#groups.get(keyOf({ pool, name }));
    if (!group) return false;
    group.wanted = instances;
    this.#reconcile(group);
    this.#parts.onChange();
    return true;
  }

  /** No more requests, what is in flight finishes, SIGTERM. It stays stopped until it is started. */
  async stopOne(pool: string, backend: string): Promise<boolean> {
    const instance = this.find(pool, backend);
    if (!instance) return false;
    if (instance.isMember) await this.#parts.drain(pool, backend);
    await instance.stop();
    return true;
  }

  /** Resolves when every process has ended: five seconds after SIGTERM at the latest. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    await Promise.all(this.instances.map(({ instance }) => instance.stop()));
    this.#guardian.stop();
  }

  #reconcile(group: Group): void {
    if (this.#isStopped) return;
    // Those that are missing first: a replaced one leaves room for one, and the next waits for it.
    for (let number = 1; number <= group.wanted; number++) {
      if (group.slots.has(number)) continue;
      const { spec } = group;
      const identity = { name: `${spec.name}-${number}`, number };
      const instance = new Instance(identity, spec, this.#parts.readiness(spec), {
        clock: this.#parts.clock,
        guardian: this.#guardian,
        ports: this.#ports,
        onCrash: (exit) => this.#parts.onCrash({ pool: spec.pool, backend: identity.name }, exit),
        onLine: (line) => this.#parts.onLine({ pool: spec.pool, backend: identity.name }, line),
        onChange: () => {
          this.#reconcile(group);
          this.#parts.onChange();
        },
      });
      group.slots.set(number, { instance, spec, isLeaving: false });
      instance.start();
    }
    for (const [number, slot] of group.slots) {
      if (slot.isLeaving) continue;
      const isOutdated = !isSameOrder(slot.spec, group.spec);
      if (number > group.wanted || (isOutdated && mayBeReplaced(slot, group))) {
        void this.#retire(group, number, slot);
      }
    }
  }

  async #retire(group: Group, number: number, slot: Slot): Promise<void> {
    slot.isLeaving = true;
    if (slot.instance.isMember) await this.#parts.drain(slot.spec.pool, slot.instance.name);
    await slot.instance.stop();
    group.slots.delete(number);
    if (group.isGone && group.slots.size === 0) {
      const key = keyOf(group.spec);
      if (this.#groups.get(key) === group) this.#groups.delete(key);
    }
    this.#reconcile(group);
    this.#parts.onChange();
  }
}

/** One that answers waits until no other is being replaced; one that does not has nothing to lose. */
function mayBeReplaced({ instance }: Slot, { slots, spec }: Group): boolean {
  if (instance.state.kind !== 'running') return true;
  return [...slots.values()].every(
    (one) =>
      !one.isLeaving &&
      (!isSameOrder(one.spec, spec) ||
        one.instance.state.kind === 'running' ||
        one.instance.state.kind === 'stopped'),
  );
}

function keyOf({ pool, name }: { readonly pool: string; readonly name: string }): string {
  return JSON.stringify([pool, name]);
}

function isSameOrder(one: ProcessOrder, other: ProcessOrder): boolean {
  return (
    one.command === other.command &&
    one.cwd === other.cwd &&
    JSON.stringify(one.env) === JSON.stringify(other.env)
  );
}
