import type { PoolConfig } from '../../../shared/config/config.ts';
import { createPolicy } from '../balancing/create-policy.ts';
import { isUsable, type PickRequest, type Policy } from '../balancing/policy.ts';
import type { Sources } from '../balancing/sources.ts';
import { type Backend, LAST_RESORTS } from './backend.ts';
import type { Picker, PickTape } from './pick-tape.ts';
import { WaitQueue } from './wait-queue.ts';

/** A named group of backends with one policy. */
export class Pool {
  readonly name: string;
  /** Requests that wait until one of the backends can take another. */
  readonly queue = new WaitQueue();
  /** Requests that wait until one of the backends is back. */
  readonly held = new WaitQueue();
  /** Requests that wait for a probe that looks whether a backend is back already. */
  readonly looking = new WaitQueue();
  /** Requests sent to a backend although none was available; see `PoolConfig.whenAllDown`. */
  triedAnyway = 0;
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
    if (this.looking.length > 0 && this.#backends.some(isThere)) this.looking.wake();
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
    const backend = this.#pick(tried, request) ?? this.#pickLastResort(tried, request);
    if (backend) backend.inFlight++;
    return backend;
  }

  /** Whether no backend is available because of checks and ejections alone, and requests are tried all the same. */
  get isTryingAnyway(): boolean {
    return this.#mayTryAnyway && this.#backends.some((backend) => backend.lastResort !== null);
  }

  /** Whether another attempt may go to a backend that was picked already: it is available, or tried anyway. */
  mayServe(backend: Backend): boolean {
    return backend.isAvailable() || (this.#mayTryAnyway && backend.lastResort !== null);
  }

  #pick(tried: readonly Backend[], request: PickRequest): Backend | null {
    return (
      this.#policy.pick(this.#primaries, tried, request) ??
      this.#backupPolicy.pick(this.#backups, tried, request)
    );
  }

  #pickLastResort(tried: readonly Backend[], request: PickRequest): Backend | null {
    if (!this.#markLastResorts(tried)) return null;
    const backend = this.#pick(tried, request);
    this.#unmarkLastResorts();
    if (backend) this.triedAnyway++;
    return backend;
  }

  get #mayTryAnyway(): boolean {
    return this.#config.whenAllDown === 'try' && !this.#backends.some(isThere);
  }

  /** Marks those that a request may go to though none is available, of the best kind that is left. @returns whether there are any */
  #markLastResorts(tried: readonly Backend[]): boolean {
    if (!this.#mayTryAnyway) return false;
    for (const kind of LAST_RESORTS) {
      const ones = this.#backends.filter((one) => one.lastResort === kind && !tried.includes(one));
      for (const one of ones) one.isLastResort = true;
      if (ones.length > 0) return true;
    }
    return false;
  }

  #unmarkLastResorts(): void {
    for (const backend of this.#backends) backend.isLastResort = false;
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
    const isAnyway = this.#markLastResorts(tried);
    const needsBackup = this.#backups.length > 0 && !this.#primaries.some((one) => isUsable(one, tried));
    const start = tape.write(this.#backends, tried, needsBackup);
    if (isAnyway) this.#unmarkLastResorts();
    return start;
  }

  /** Why the pick just made fell on this backend; see `Policy.why`. */
  why(backend: Backend, request: PickRequest): string {
    const words = this.#policyOf(backend).why(backend, request);
    if (backend.health === 'down' && backend.forced !== 'up')
      return `every backend is down by its checks, and it may still respond: ${words}`;
    if (backend.ejection !== null && backend.forced !== 'up')
      return `no backend is available, and the ejected ones are tried: ${words}`;
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
    const isAnyway = this.#markLastResorts(tried);
    const hasOne = this.#backends.some((backend) => backend.whyNot() === 'full' && !tried.includes(backend));
    if (isAnyway) this.#unmarkLastResorts();
    return hasOne;
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

/** Whether it is available, but for its limit. */
function isThere(backend: Backend): boolean {
  const why = backend.whyNot();
  return why === null || why === 'full';
}
