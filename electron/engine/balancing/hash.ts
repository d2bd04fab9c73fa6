const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/**
 * A hash of 32 bits: FNV-1a (Fowler, Noll, Vo; draft-eastlake-fnv) over the text, and the finaliser of MurmurHash3
 * (Appleby, fmix32) over that. FNV alone hardly spreads the last characters into the high bits, and host names differ
 * in their last characters; the finaliser makes every bit of the input change half of the output. Not for secrets.
 *
 * @param seed an earlier hash, to hash several texts one after the other
 */
export function hash32(text: string, seed = FNV_OFFSET): number {
  let hash = seed;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    hash = Math.imul(hash ^ (code & 0xff), FNV_PRIME);
    if (code > 0xff) hash = Math.imul(hash ^ (code >>> 8), FNV_PRIME);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
