import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

export interface FoundProcess {
  readonly port: number;
  readonly pid: number;
  stop(): Promise<void>;
}

/** A server in a process of its own, as somebody would have started it in a terminal. */
export async function startFoundProcess(
  folder: string,
  { title = '', status = 200, host = '127.0.0.1' } = {},
): Promise<FoundProcess> {
  const script = join(import.meta.dirname, 'found-process.mjs');
  const child = spawn(process.execPath, [script, title, String(status), host], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(child.stdout, 'data');
  return {
    port: Number(String(line)),
    pid: child.pid ?? 0,
    stop: async () => {
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    },
  };
}
