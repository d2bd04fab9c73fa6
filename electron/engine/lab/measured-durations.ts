import type { RecordedRequest } from './recording.ts';

/**
 * How long each backend took, as measured. A request keeps its rank wherever it is sent: one of the slowest tenth of its
 * own backend is taken to be one of the slowest tenth of another. Sent where it really went, it takes just as long as it
 * did.
 */
export class MeasuredDurations {
  readonly #byBackend = new Map<string, number[]>();
  readonly #all: number[];

  constructor(requests: readonly RecordedRequest[]) {
    for (const { backend, durationMs } of requests) {
      const list = this.#byBackend.get(backend);
      if (list) list.push(durationMs);
      else this.#byBackend.set(backend, [durationMs]);
    }
    for (const list of this.#byBackend.values()) list.sort((a, b) => a - b);
    this.#all = requests.map(({ durationMs }) => durationMs).sort((a, b) => a - b);
  }

  isMeasured(backend: string): boolean {
    return this.#byBackend.has(backend);
  }

  /** How long a request would have taken at a backend, milliseconds. */
  at(backend: string, { backend: own, durationMs }: RecordedRequest): number {
    if (backend === own) return durationMs;
    const from = this.#byBackend.get(own) ?? this.#all;
    const to = this.#byBackend.get(backend) ?? this.#all;
    return to[Math.floor(rankIn(from, durationMs) * to.length)] ?? durationMs;
  }
}

/** The share of the list that is below the value; 0 up to, but not including, 1. */
function rankIn(sorted: readonly number[], value: number): number {
  let from = 0;
  let to = sorted.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((sorted[middle] ?? 0) < value) from = middle + 1;
    else to = middle;
  }
  return Math.min(from, sorted.length - 1) / Math.max(1, sorted.length);
}
