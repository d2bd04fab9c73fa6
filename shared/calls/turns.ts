/** Work that is done one piece at a time, in the order it came. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();

  /** @returns what the work does; whoever comes next has its turn also when this fails */
  take<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#last.then(work);
    this.#last = result.catch(() => undefined);
    return result;
  }

  /** Resolves when all that has come so far is done. */
  async over(): Promise<void> {
    await this.#last;
  }
}
