import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/**
 * Runs a proxy that is configured by a file, on a free port. Prints the port and the process to measure, and ends the
 * proxy when this process is told to end.
 *
 * @param {string} command
 * @param {(facts: { folder: string, port: number, backend: string }) => string} configFor
 * @param {(path: string) => string[]} argsFor
 */
export async function runPeer(command, configFor, argsFor) {
  const folder = mkdtempSync(join(tmpdir(), `switchyard-${command}-`));
  const port = await freePort();
  const path = join(folder, 'config');
  writeFileSync(path, configFor({ folder, port, backend: new URL(process.argv[2]).host }));
  const child = spawn(command, argsFor(path), { stdio: ['ignore', 'ignore', 'inherit'] });
  const clear = () => rmSync(folder, { recursive: true, force: true });
  child.on('error', clear);
  child.on('exit', (code) => {
    clear();
    process.exitCode = code ?? 0;
  });
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  while (child.exitCode === null && !(await answers(port))) await delay(20);
  process.stdout.write(`${port} ${child.pid}\n`);
}

/** @param {number} port */
function answers(port) {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port }, () => resolve(socket.destroy() !== null));
    socket.on('error', () => resolve(false));
  });
}

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}
