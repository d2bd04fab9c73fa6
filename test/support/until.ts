/**
 * Polls until the check gives something; a state that does not come within the limit is a failure, in words.
 * @param what words, or what gives them when it is too late: what there is by then
 */
export async function until<T>(
  what: string | (() => string),
  check: () => T | Promise<T>,
  limitMs = 5_000,
): Promise<NonNullable<T>> {
  const deadline = performance.now() + limitMs;
  for (;;) {
    const result = await check();
    if (result) return result;
    if (performance.now() > deadline)
      throw new Error(`not within ${limitMs} ms: ${typeof what === 'string' ? what : what()}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
