import { readFileSync } from 'node:fs';
import { run, SetupError, say } from '../../scripts/processes.mjs';

/** Linux counts CPU time in hundredths of a second for everyone. */
const TICKS_PER_SECOND = 100;

/**
 * @typedef {{ proxy: readonly string[], rest: readonly string[] }} Pinning the words that go before a command, so that
 *   the proxy runs on one core, and load and backend on another
 */

export function checkProc() {
  if (process.platform !== 'linux')
    throw new SetupError('The benchmark reads CPU time from /proc, which only Linux has.');
}

/** @returns {Promise<Pinning>} */
export async function findPinning() {
  const allowed = /Cpus_allowed_list:\s*(\S+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? '';
  const [first, second] = cpuNumbers(allowed);
  const hasTaskset = (await run('which', ['taskset'], { quiet: true })).code === 0;
  if (hasTaskset && first !== undefined && second !== undefined)
    return { proxy: ['taskset', '-c', String(first)], rest: ['taskset', '-c', String(second)] };
  say('Nothing is pinned to a core: that takes taskset and two cores.');
  return { proxy: [], rest: [] };
}

/**
 * @param {string} list as Linux writes it: `0-3,8`
 * @returns {number[]}
 */
export function cpuNumbers(list) {
  return list
    .split(',')
    .filter((part) => /^\d+(-\d+)?$/.test(part))
    .flatMap((part) => {
      const [from = 0, to = from] = part.split('-').map(Number);
      return Array.from({ length: to - from + 1 }, (_, at) => from + at);
    });
}

/** @param {number} pid */
export function cpuSeconds(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}

/** @param {number} pid */
export function residentMb(pid) {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1_024;
}
