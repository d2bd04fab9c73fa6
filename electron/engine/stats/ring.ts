/** The last `capacity` things added, oldest overwritten first. */
export class Ring<T> {
  readonly #capacity: number;
  readonly #items: T[] = [];
  #next = 0;
  /** How many were ever added. */
  added = 0;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  push(item: T): void {
    this.#items[this.#next] = item;
    this.#next = (this.#next + 1) % this.#capacity;
    this.added++;
  }

  /** Oldest first. */
  all(): T[] {
    if (this.#items.length < this.#capacity) return [...this.#items];
    return [...this.#items.slice(this.#next), ...this.#items.slice(0, this.#next)];
  }

  /** Those added after the first `count` ever added, as far as they are still here; oldest first. */
  since(count: number): T[] {
    const fresh = Math.min(this.added - count, this.#items.length);
    return fresh <= 0 ? [] : this.all().slice(-fresh);
  }
}
