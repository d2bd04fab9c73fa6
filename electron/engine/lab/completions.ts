/** What ends at some time, the next to end first: a binary heap. */
export class Completions<T extends { readonly endMs: number }> {
  readonly #items: T[] = [];

  add(item: T): void {
    const items = this.#items;
    let at = items.length;
    items.push(item);
    while (at > 0) {
      const above = (at - 1) >> 1;
      const parent = items[above];
      if (!parent || parent.endMs <= item.endMs) break;
      items[at] = parent;
      at = above;
    }
    items[at] = item;
  }

  /** The next to end, taken out, if that is no later than this. */
  takeUntil(limitMs: number): T | null {
    const items = this.#items;
    const [first] = items;
    if (!first || first.endMs > limitMs) return null;
    const last = items.pop();
    if (last && items.length > 0) this.#sink(last);
    return first;
  }

  #sink(item: T): void {
    const items = this.#items;
    let at = 0;
    for (;;) {
      const left = items[2 * at + 1];
      const right = items[2 * at + 2];
      const isRight = left !== undefined && right !== undefined && right.endMs < left.endMs;
      const least = isRight ? right : left;
      if (!least || least.endMs >= item.endMs) break;
      items[at] = least;
      at = 2 * at + (isRight ? 2 : 1);
    }
    items[at] = item;
  }
}
