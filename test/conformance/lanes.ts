import { until } from '../support/until.ts';
import type { Lane } from './run-case.ts';

/** Lends each lane to one case at a time. */
export class Lanes {
  readonly #free: Lane[];

  constructor(lanes: readonly Lane[]) {
    this.#free = [...lanes];
  }

  async use<T>(work: (lane: Lane) => Promise<T>): Promise<T> {
    const lane = await until('a lane is free', () => this.#free.pop(), 30_000);
    try {
      return await work(lane);
    } finally {
      this.#free.push(lane);
    }
  }
}
