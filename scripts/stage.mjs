import { SetupError } from './processes.mjs';

/**
 * One stage of the tests, with its heading and its time.
 *
 * @param {string} name
 * @param {() => Promise<number | void>} work its result, when it has one, is an exit code
 */
export async function stage(name, work) {
  console.log(`\n── ${name} ──`);
  const started = performance.now();
  const seconds = () => ((performance.now() - started) / 1_000).toFixed(1);
  let code;
  try {
    code = (await work()) ?? 0;
  } catch (error) {
    console.log(`── ${name} failed after ${seconds()} s`);
    throw error;
  }
  if (code !== 0) throw new SetupError(`── ${name} failed after ${seconds()} s`);
  console.log(`── ${name}: ${seconds()} s`);
}
