import type { OutputLine } from '../../../shared/view/output-line.ts';
import type { Clock } from '../../engine/system/clock.ts';
import type { Guardian } from './guardian.ts';
import {
  describeExit,
  type Exit,
  type InstanceInput,
  type InstanceLife,
  type InstanceState,
  NEW_LIFE,
  step,
} from './instance-state.ts';
import { OutputLines } from './output-lines.ts';
import type { Ports } from './ports.ts';
import { ProcessGroup, type ProcessOrder } from './process-group.ts';

/** Whether the instance answers at its port; asked again until it does. */
export type Readiness = (port: number) => Promise<boolean>;

export interface InstanceParts {
  readonly clock: Clock;
  readonly guardian: Guardian;
  readonly ports: Ports;
  onChange(): void;
  /** It has ended by itself, or by somebody else's doing. */
  onCrash(exit: Exit): void;
  onLine(line: OutputLine): void;
}

const ASK_AGAIN_MS = 100;
/** From SIGTERM to SIGKILL. */
export const TERMINATION_MS = 5_000;

/** One copy of a command: started, watched, started again when it ends, until it is stopped. */
export class Instance {
  /** Its backend's name too. */
  readonly name: string;
  readonly output: OutputLines;
  readonly #number: number;
  readonly #order: ProcessOrder;
  readonly #isReady: Readiness;
  readonly #parts: InstanceParts;
  readonly #whenStopped: (() => void)[] = [];
  #life: InstanceLife = NEW_LIFE;
  /** The start that counts; what belongs to an earlier one is nobody's business. */
  #start: { group: ProcessGroup | null } | null = null;
  #port: number | null = null;
  #hasAnswered = false;
  /** This start of it was killed from here. */
  #isKilled = false;
  readonly #timers = new Set<() => void>();

  constructor(
    identity: { readonly name: string; readonly number: number },
    order: ProcessOrder,
    isReady: Readiness,
    parts: InstanceParts,
  ) {
    this.name = identity.name;
    this.#number = identity.number;
    this.#order = order;
    this.#isReady = isReady;
    this.#parts = parts;
    this.output = new OutputLines(parts.onLine);
  }

  get state(): InstanceState {
    return this.#life.state;
  }

  /** What it is told to listen on; null before its first start. */
  get port(): number | null {
    return this.#port;
  }

  get pid(): number | undefined {
    return this.#start?.group?.pid;
  }

  /**
   * Whether requests belong to it: from its first answer until it is stopped. While it is paused or starts again, the
   * balancer has to find out by itself, as it would in production.
   */
  get isMember(): boolean {
    return this.#hasAnswered && this.state.kind !== 'stopped' && this.state.kind !== 'stopping';
  }

  start(): void {
    this.#take({ kind: 'start' });
  }

  /** SIGTERM, and SIGKILL to what is left five seconds later. Resolves when it has ended. */
  stop(): Promise<void> {
    this.#take({ kind: 'stop' });
    if (this.state.kind === 'stopped') return Promise.resolve();
    return new Promise((resolve) => this.#whenStopped.push(resolve));
  }

  /** SIGKILL, as when it crashes: it is started again after its back-off. */
  kill(): void {
    this.#isKilled = true;
    this.#start?.group?.signal('SIGKILL');
  }

  pause(): void {
    this.#take({ kind: 'pause' });
  }

  resume(): void {
    this.#take({ kind: 'resume' });
  }

  #take(input: InstanceInput): void {
    const before = this.#life;
    const { life, acts } = step(before, input, this.#parts.clock.now());
    if (life === before) return;
    this.#life = life;
    for (const act of acts) {
      if (act === 'spawn') this.#spawn();
      else if (act === 'terminate') this.#terminate();
      else this.#start?.group?.signal(act === 'pause' ? 'SIGSTOP' : 'SIGCONT');
    }
    const { state } = this.#life;
    if (state.kind === 'backing-off' && input.kind === 'ended') {
      if (!this.#isKilled) this.#parts.onCrash(input.exit);
      this.#later(state.until - this.#parts.clock.now(), () => this.#take({ kind: 'back-off-over' }));
    }
    if (state.kind === 'stopped') {
      this.#callOff();
      this.#hasAnswered = false;
    }
    if (before.state.kind === 'stopping' && state.kind !== 'stopping')
      for (const resolve of this.#whenStopped.splice(0)) resolve();
    this.#parts.onChange();
  }

  #spawn(): void {
    this.#callOff();
    const start: { group: ProcessGroup | null } = { group: null };
    this.#start = start;
    this.#isKilled = false;
    this.#parts.ports.take(this.#port).then(
      (port) => {
        if (this.#start === start) this.#run(start, port);
        else this.#parts.ports.release(port);
      },
      (error: unknown) => {
        if (this.#start === start) this.#ended({ kind: 'not-started', reason: String(error) });
      },
    );
  }

  #run(start: { group: ProcessGroup | null }, port: number): void {
    this.#port = port;
    const { command, cwd, env } = this.#order;
    const own = { PORT: String(port), SWITCHYARD_INSTANCE: String(this.#number) };
    start.group = new ProcessGroup({ command, cwd, env: { ...env, ...own } }, this.#parts.guardian, {
      onOutput: (stream, bytes) => this.output.add(stream, bytes),
      onExit: (exit) => {
        if (this.#start === start) this.#ended(exit);
      },
    });
    if (this.state.kind === 'paused') start.group.signal('SIGSTOP');
    void this.#ask(start, port);
    this.#parts.onChange();
  }

  async #ask(start: { group: ProcessGroup | null }, port: number): Promise<void> {
    const hasPassed = await this.#isReady(port).catch(() => false);
    if (this.#start !== start) return;
    if (!hasPassed || this.state.kind === 'paused') {
      this.#later(ASK_AGAIN_MS, () => void this.#ask(start, port));
      return;
    }
    this.#hasAnswered = true;
    this.#take({ kind: 'answered' });
  }

  #terminate(): void {
    this.#callOff();
    const group = this.#start?.group;
    if (!group) {
      // Between the wish and the process there was only the search for a port.
      queueMicrotask(() => this.#ended({ kind: 'not-started', reason: 'it was stopped before' }));
      return;
    }
    group.signal('SIGTERM');
    this.#later(TERMINATION_MS, () => group.signal('SIGKILL'));
  }

  #ended(exit: Exit): void {
    this.#start = null;
    this.#callOff();
    this.output.end();
    this.output.note(`[${describeExit(exit)}]`);
    if (this.#port !== null) {
      this.#parts.ports.release(this.#port);
      // One at which it never answered may be the reason; one at which it did is the URL of its backend.
      if (!this.#hasAnswered) this.#port = null;
    }
    this.#take({ kind: 'ended', exit });
  }

  #later(delayMs: number, run: () => void): void {
    const cancel = this.#parts.clock.after(delayMs, () => {
      this.#timers.delete(cancel);
      run();
    });
    this.#timers.add(cancel);
  }

  #callOff(): void {
    for (const cancel of this.#timers) cancel();
    this.#timers.clear();
  }
}
