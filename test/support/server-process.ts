import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { until } from './until.ts';

export interface ServerProcess {
  readonly port: number;
  readonly url: string;
  readonly pid: number;
  /** What it has written to both of its streams. */
  readonly output: () => string;
  /** @param signal SIGKILL by default */
  stop(signal?: NodeJS.Signals): Promise<void>;
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}

/** Starts a server program in a process group of its own, and waits until it takes connections. */
export async function startServer(
  commandFor: (port: number) => readonly [string, ...string[]],
  options: { readonly cwd?: string; readonly port?: number; readonly env?: NodeJS.ProcessEnv } = {},
): Promise<ServerProcess> {
  const port = options.port ?? (await freePort());
  const [command, ...args] = commandFor(port);
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const exited = once(child, 'exit');
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (bytes: Buffer) => {
      output += bytes.toString();
    });
  const stop = async (signal: NodeJS.Signals = 'SIGKILL') => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    process.kill(-(child.pid ?? 0), signal);
    await exited;
  };
  try {
    await until(
      () => `${command} takes connections; it said: ${output}`,
      () => child.exitCode === null && takesConnections(port),
      20_000,
    );
  } catch (error) {
    await stop();
    throw error;
  }
  return { port, url: `http://127.0.0.1:${port}`, pid: child.pid ?? 0, output: () => output, stop };
}

function takesConnections(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
}
