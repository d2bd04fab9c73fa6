/** The person, or the system, asked for an end before the work was done. */
export class Interrupted extends Error {
  /** @param {'SIGINT' | 'SIGTERM' | 'SIGHUP'} signal */
  constructor(signal) {
    super(`Stopped by ${signal}.`);
    this.signal = signal;
  }
}

const SIGNALS = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);

/**
 * Turns a signal into an aborted AbortSignal, so that the work ends through its own `finally` blocks and leaves
 * nothing half done. A signal would otherwise end the process where it stands.
 *
 * @template T
 * @param {(signal: AbortSignal) => Promise<T>} work
 * @returns {Promise<T>} rejects with Interrupted
 */
export async function interruptible(work) {
  const controller = new AbortController();
  const undo = SIGNALS.map((name) => {
    const abort = () => controller.abort(new Interrupted(name));
    process.on(name, abort);
    return () => process.off(name, abort);
  });
  try {
    const result = await work(controller.signal);
    controller.signal.throwIfAborted();
    return result;
  } catch (error) {
    // Whatever broke because of it: the interruption is the reason.
    throw controller.signal.aborted ? controller.signal.reason : error;
  } finally {
    for (const off of undo) off();
  }
}
