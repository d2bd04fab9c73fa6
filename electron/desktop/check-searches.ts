import { isThisMachine, parseOrigin } from '../../shared/config/origin.ts';
import { type CheckProgress, type FoundCheck, findingWords } from '../../shared/view/found-check.ts';
import type { Snapshot } from '../../shared/view/snapshot.ts';
import type { FindCheckOptions } from '../engine/health/find-check.ts';

/** Backends asked at a time. */
const AT_A_TIME = 8;

export interface CheckSearchesParts {
  readonly findCheck: (url: string, options: FindCheckOptions) => Promise<FoundCheck>;
  readonly snapshot: () => Promise<Pick<Snapshot, 'pools'>>;
  readonly onProgress: (progress: CheckProgress) => void;
}

/** Looks for checks that fit backends, for the window. */
export class CheckSearches {
  readonly #parts: CheckSearchesParts;
  readonly #running = new Set<AbortController>();

  constructor(parts: CheckSearchesParts) {
    this.#parts = parts;
  }

  /**
   * @param pool whose check holds unless a backend says otherwise; null for the default check
   * @returns in the order of the URLs
   */
  async find(urls: readonly string[], pool: string | null): Promise<readonly FoundCheck[]> {
    const { findCheck, onProgress } = this.#parts;
    const { pools } = await this.#parts.snapshot();
    const base = pools.find(({ name }) => name === pool)?.healthCheck;
    const hosts = new Set(pools.flatMap(({ backends }) => backends.map(({ url }) => hostOf(url))));
    const controller = new AbortController();
    const { signal } = controller;
    this.#running.add(controller);
    const options = { signal, onProgress, ...(base && { base }) };
    const found: FoundCheck[] = [];
    let next = 0;
    const worker = async (): Promise<void> => {
      for (let at = next++; at < urls.length; at = next++) {
        const url = urls[at] ?? '';
        const host = hostOf(url);
        const mayAsk = host !== null && (isThisMachine(host) || hosts.has(host));
        found[at] = mayAsk ? await findCheck(url, options) : notAsked(url);
      }
    };
    await Promise.all(Array.from({ length: AT_A_TIME }, worker));
    this.#running.delete(controller);
    return found;
  }

  stop(): void {
    for (const controller of this.#running) controller.abort();
  }
}

function hostOf(url: string): string | null {
  const origin = parseOrigin(url);
  return origin.ok ? origin.value.host : null;
}

function notAsked(url: string): FoundCheck {
  const finding = { kind: 'not-asked' } as const;
  const origin = parseOrigin(url);
  const place = origin.ok ? origin.value.authority : url;
  return { url, healthCheck: {}, finding, words: findingWords(finding, place) };
}
