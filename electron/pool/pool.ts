import type { PoolConfig } from '../../shared/config.ts';
import type { PolicyName } from '../../shared/policies.ts';
import { createPolicy } from '../balancing/create-policy.ts';
import type { Policy } from '../balancing/policy.ts';
import type { Backend } from './backend.ts';

/** A named group of backends with one policy. */
export class Pool {
  readonly name: string;
  #config: PoolConfig;
  #backends: readonly Backend[] = [];
  #policy: Policy;
  #policyName: PolicyName;

  constructor(config: PoolConfig) {
    this.name = config.name;
    this.#config = config;
    this.#policyName = config.policy;
    this.#policy = createPolicy(config.policy);
  }

  get config(): PoolConfig {
    return this.#config;
  }

  get backends(): readonly Backend[] {
    return this.#backends;
  }

  /** Takes a new config at once; the policy keeps its place unless it is another one. */
  update(config: PoolConfig, backends: readonly Backend[]): void {
    if (config.policy !== this.#policyName) {
      this.#policyName = config.policy;
      this.#policy = createPolicy(config.policy);
    }
    this.#config = config;
    this.#backends = backends;
  }

  /** Picks a backend and counts the attempt as in flight there; every pick needs one `release`. */
  acquire(tried: readonly Backend[]): Backend | null {
    const backend = this.#policy.pick(this.#backends, tried);
    if (backend) backend.inFlight++;
    return backend;
  }

  /** For another attempt at the same backend, over a new connection. */
  acquireAgain(backend: Backend): Backend {
    backend.inFlight++;
    return backend;
  }

  release(backend: Backend): void {
    backend.inFlight--;
  }
}
