const LONGEST = 100;

/** Names as a config may have them, each given once. */
export class PoolNames {
  readonly #taken = new Set<string>();

  /** The name itself where it will do, else the nearest that does. */
  take(wanted: string): string {
    const base = safeName(wanted);
    let name = base;
    for (let next = 2; this.#taken.has(name); next++) name = `${base.slice(0, LONGEST - 6)}-${next}`;
    this.#taken.add(name);
    return name;
  }
}

/** What a config does not allow in a name becomes a dash. */
export function safeName(wanted: string): string {
  const name = wanted
    .replace(/[^\p{L}\p{N} ._:@/+-]/gu, '-')
    .replace(/^[^\p{L}\p{N}]+/u, '')
    .slice(0, LONGEST)
    // Half of a pair is no letter.
    .replace(/[\uD800-\uDBFF]$/, '')
    .trimEnd();
  return name === '' || name === '__proto__' ? 'pool' : name;
}
