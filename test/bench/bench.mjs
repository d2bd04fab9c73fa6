import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { run } from '../../scripts/processes.mjs';

const HERE = fileURLToPath(new URL('.', import.meta.url));
/** A server that is told to end gets this long. */
const GRACE_MS = 3_000;

/**
 * @typedef {{ port: number, pid: number, stop: () => Promise<void> }} Server `pid` is the process to measure
 * @typedef {{ command: readonly string[], env?: NodeJS.ProcessEnv }} Command
 * @typedef {{ answers: number, elapsedSeconds: number, p50Ms: number, p99Ms: number }} LoadFigures
 */

/** Starts proxies, backends and loads, each on its core, and ends whatever still runs when the benchmark ends. */
export class Bench {
  /** @type {Set<() => Promise<void>>} */
  #running = new Set();

  /**
   * @param {import('./cpus.mjs').Pinning} pinning
   * @param {AbortSignal} signal
   */
  constructor(pinning, signal) {
    this.pinning = pinning;
    this.signal = signal;
  }

  /** @param {Command} command */
  startProxy(command) {
    return this.#start(this.pinning.proxy, command);
  }

  /** @param {readonly string[]} args a script of servers/ and what it takes */
  startBackend([script = '', ...args]) {
    const command = [process.execPath, `${HERE}servers/${script}`, ...args];
    return this.#start(this.pinning.rest, { command });
  }

  /**
   * @param {'http' | 'websocket'} kind
   * @param {Record<string, unknown>} settings
   * @returns {Promise<LoadFigures>}
   */
  async load(kind, settings) {
    const script = `${HERE}load/${kind}.mjs`;
    const words = [...this.pinning.rest, process.execPath, script, JSON.stringify(settings)];
    const [file = '', ...args] = words;
    const { code, output } = await run(file, args, { quiet: true, signal: this.signal });
    if (code !== 0) throw new Error(`The load failed:\n${output}`);
    return JSON.parse(output);
  }

  async stopAll() {
    await Promise.all([...this.#running].map((stop) => stop()));
  }

  /**
   * Runs a program that prints, on its first line, its port, and the process to measure when that is another.
   *
   * @param {readonly string[]} before
   * @param {Command} what
   * @returns {Promise<Server>}
   */
  async #start(before, { command, env = process.env }) {
    this.signal.throwIfAborted();
    const [file = '', ...args] = [...before, ...command];
    // A process group of its own: Ctrl-C is for us to pass on, and what a wrapper leaves behind can be ended too.
    const child = spawn(file, args, { stdio: ['ignore', 'pipe', 'pipe'], detached: true, env });
    let errors = '';
    child.stderr.on('data', (bytes) => {
      errors = (errors + String(bytes)).slice(-2_000);
    });
    let pid = child.pid ?? 0;
    const ended = new Promise((resolve) => {
      child.on('exit', resolve);
      child.on('error', resolve);
    });
    const stop = async () => {
      end(pid, 'SIGTERM');
      const timer = setTimeout(() => end(-(child.pid ?? 0), 'SIGKILL'), GRACE_MS);
      await ended;
      clearTimeout(timer);
      this.#running.delete(stop);
    };
    this.#running.add(stop);
    const line = await new Promise((resolve, reject) => {
      child.stdout.once('data', (bytes) => resolve(String(bytes)));
      void ended.then(() => reject(new Error(`${command.join(' ')} did not start:\n${errors}`)));
    });
    const numbers = /:(\d+) →|^(\d+)(?: (\d+))?/.exec(line);
    pid = Number(numbers?.[3] ?? pid);
    return { port: Number(numbers?.[1] ?? numbers?.[2]), pid, stop };
  }
}

/**
 * @param {number} pid
 * @param {'SIGTERM' | 'SIGKILL'} signal
 */
function end(pid, signal) {
  if (pid === 0) return;
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended already.
  }
}
