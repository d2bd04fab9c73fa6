import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { run } from '../../scripts/processes.mjs';

const LOAD = fileURLToPath(new URL('load.mjs', import.meta.url));
/** Linux counts CPU time in hundredths of a second for everyone. */
const TICKS_PER_SECOND = 100;
const WARM_UP_SECONDS = 0.7;

/**
 * @typedef {{ port: number, pid: number, stop: () => void }} Server
 * @typedef {{ cpuMicros: number, perSecond: number, p50Ms: number, p99Ms: number, rssMb: number }} Figures
 */

/**
 * Runs a Node script that prints, on its first line, its port, and the process to measure when that is another.
 *
 * @param {readonly string[]} args
 * @returns {Promise<Server>}
 */
export async function startServer(args) {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'ignore'] });
  const [line] = await once(child.stdout, 'data');
  const numbers = /(\d+) →|^(\d+)(?: (\d+))?/.exec(String(line));
  const pid = Number(numbers?.[3] ?? child.pid);
  return { port: Number(numbers?.[1] ?? numbers?.[2]), pid, stop: () => child.kill('SIGTERM') };
}

/**
 * Loads a proxy and ends it.
 *
 * @param {Server} proxy
 * @param {number} connections
 * @param {number} seconds
 * @returns {Promise<Figures>} CPU of the whole process, user and system, for each answer
 */
export async function measure(proxy, connections, seconds) {
  await load(proxy.port, connections, WARM_UP_SECONDS);
  const before = cpuSeconds(proxy.pid);
  const { answers, elapsedSeconds, p50Ms, p99Ms } = await load(proxy.port, connections, seconds);
  const cpuMicros = ((cpuSeconds(proxy.pid) - before) / answers) * 1e6;
  const rssMb = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${proxy.pid}/status`, 'utf8'))?.[1]) / 1_024;
  proxy.stop();
  return { cpuMicros, perSecond: answers / elapsedSeconds, p50Ms, p99Ms, rssMb };
}

/**
 * @param {number} port
 * @param {number} connections
 * @param {number} seconds
 * @returns {Promise<{ answers: number, elapsedSeconds: number, p50Ms: number, p99Ms: number }>}
 */
async function load(port, connections, seconds) {
  const args = [LOAD, `http://127.0.0.1:${port}/`, String(connections), String(seconds)];
  const { code, output } = await run(process.execPath, args, { quiet: true });
  if (code !== 0) throw new Error(output);
  return JSON.parse(output);
}

/** @param {number} pid */
function cpuSeconds(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}
