import type { PoolConfig } from '../../shared/config.ts';
import { createPolicy } from '../balancing/create-policy.ts';
import { isUsable, type PickRequest, type Policy } from '../balancing/policy.ts';
import type { Sources } from '../balancing/sources.ts';
import type { Backend } from './backend.ts';
import type { Picker, PickTape } from './pick-tape.ts';
import { WaitQueue } from './wait-queue.ts';

/** A named group of backends with one policy. */
export class Pool {
  readonly name: string;
  /** Requests that wait until one of the backends can take another. */
  readonly queue = new WaitQueue();
  /** Requests that wait until one of the backends is back. */
  readonly held = new WaitQueue();
  readonly #sources: Sources;
  #config: PoolConfig;
  #backends: readonly Backend[] = [];
  #primaries: readonly Backend[] = [];
  #backups: readonly Backend[] = [];
  #picker: Picker;
  #policy: Policy;
  /** The backups' own, so that the primaries' turns go on where they were. */
  #backupPolicy: Policy;

  constructor(config: PoolConfig, sources: Sources) {
    this.name = config.name;
    this.#config = config;
    this.#sources = sources;
    this.#picker = { policy: config.policy.name, backends: [] };
    this.#policy = createPolicy(config.policy, sources);
    this.#backupPolicy = createPolicy(config.policy, sources);
  }

  get config(): PoolConfig {
    return this.#config;
  }

  get backends(): readonly Backend[] {
    return this.#backends;
  }

  /** As it is now, for what is noted of its picks: one object for all until the config changes. */
  get picker(): Picker {
    return this.#picker;
  }

  /** Whether anybody wants `observe` called: the clock is not read for nobody. */
  get observesLatency(): boolean {
    return this.#policy.observe !== undefined;
  }

  /** Takes a new config at once; the policy keeps what it remembers unless it is another one. */
  update(config: PoolConfig, backends: readonly Backend[]): void {
    if (JSON.stringify(config.policy) !== JSON.stringify(this.#config.policy)) {
      this.#policy = createPolicy(config.policy, this.#sources);
      this.#backupPolicy = createPolicy(config.policy, this.#sources);
    }
    this.#config = config;
    this.#backends = backends;
    this.#picker = { policy: config.policy.name, backends };
    this.#primaries = backends.filter((backend) => !backend.config.backup);
    this.#backups = backends.filter((backend) => backend.config.backup);
    this.wake();
  }

  /** A backend may serve again, or serves more than before: whoever waits tries. */
  wake(): void {
    this.queue.wake();
    this.held.wake();
  }

  /** How many requests wait, for whatever reason. */
  get waiting(): number {
    return this.queue.length + this.held.length;
  }

  /**
   * Picks a backend and counts the attempt as in flight there; every pick needs one `release`. A backup is picked only
   * when none of the others can serve, whatever the policy.
   */
  acquire(tried: readonly Backend[], request: PickRequest): Backend | null {
    const backend =
      this.#policy.pick(this.#primaries, tried, request) ??
      this.#backupPolicy.pick(this.#backups, tried, request);
    if (backend) backend.inFlight++;
    return backend;
  }

  /** As `acquire`, for one that is asked for by name. @returns null when it is not available, or was tried */
  acquireNamed(name: string, tried: readonly Backend[]): Backend | null {
    const backend = this.#backends.find((one) => one.config.name === name);
    if (!backend || !isUsable(backend, tried)) return null;
    backend.inFlight++;
    return backend;
  }

  /** Notes how all backends stand just before a pick. @returns where on the tape */
  note(tape: PickTape, tried: readonly Backend[]): number {
    const needsBackup = this.#backups.length > 0 && !this.#primaries.some((one) => isUsable(one, tried));
    return tape.write(this.#backends, tried, needsBackup);
  }

  /** Why the pick just made fell on this backend; see `Policy.why`. */
  why(backend: Backend, request: PickRequest): string {
    const words = this.#policyOf(backend).why(backend, request);
    return backend.config.backup ? `none but backups could serve, and ${words}` : words;
  }

  /** For another attempt at the same backend, over a new connection. */
  acquireAgain(backend: Backend): Backend {
    backend.inFlight++;
    return backend;
  }

  release(backend: Backend): void {
    backend.inFlight--;
    this.queue.wake();
  }

  /** Whether a backend would do, were it not at its `maxConnections`. */
  hasBusy(tried: readonly Backend[]): boolean {
    return this.#backends.some((backend) => backend.whyNot() === 'full' && !tried.includes(backend));
  }

  /** Whether a backend is there that the user has not taken out: who is away may come back. */
  get mayComeBack(): boolean {
    return this.#backends.some(({ admin, forced }) => admin === 'enabled' && forced !== 'down');
  }

  /** How an attempt went; see `Policy.observe`. */
  observe(backend: Backend, latencyMs: number): void {
    this.#policyOf(backend).observe?.(backend, latencyMs);
  }

  /** The `Set-Cookie` that goes with an answer of this backend's; null for none. */
  cookieFor(backend: Backend, request: PickRequest): string | null {
    return this.#policy.cookieFor?.(backend, request) ?? null;
  }

  #policyOf(backend: Backend): Policy {
    return backend.config.backup ? this.#backupPolicy : this.#policy;
  }
}
