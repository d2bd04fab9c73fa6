import type { Discovery, DiscoveryProgress } from '../../shared/view/discovery.ts';
import type { FindOptions } from '../services/discovery/find-servers.ts';

type Look = Pick<FindOptions, 'signal' | 'onProgress'>;

export interface DiscoveryDeskParts {
  readonly find: (look: Look) => Promise<Discovery>;
  readonly onProgress: (progress: DiscoveryProgress) => void;
}

/** One look around at a time: a new one ends the one before. */
export class DiscoveryDesk {
  readonly #parts: DiscoveryDeskParts;
  #current: AbortController | null = null;

  constructor(parts: DiscoveryDeskParts) {
    this.#parts = parts;
  }

  /** What was found; of a look that was stopped, what it had found until then. */
  async find(): Promise<Discovery> {
    this.stop();
    const current = new AbortController();
    this.#current = current;
    const onProgress = (progress: DiscoveryProgress) => {
      if (this.#current === current) this.#parts.onProgress(progress);
    };
    return this.#parts.find({ signal: current.signal, onProgress });
  }

  stop(): void {
    this.#current?.abort();
    this.#current = null;
  }
}
