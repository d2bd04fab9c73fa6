import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const SCRIPT = fileURLToPath(new URL('../../bench/load/http.mjs', import.meta.url));

interface LoadSettings {
  readonly port: number;
  readonly connections: number;
  readonly perSecond: number;
  readonly seconds: number;
}

/**
 * The benchmark's load, in a process of its own: at thousands a second `Load` would take what it measures the cores it needs.
 * @returns answers a second, once it has ended
 */
export async function loadFromProcess(settings: LoadSettings): Promise<number> {
  const { stdout } = await promisify(execFile)(process.execPath, [SCRIPT, JSON.stringify(settings)]);
  const { answers, elapsedSeconds } = JSON.parse(stdout);
  return Math.round(answers / elapsedSeconds);
}
