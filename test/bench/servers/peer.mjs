import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

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
  process.on('SIGTERM', () => {
    child.kill('SIGTERM');
    rmSync(folder, { recursive: true, force: true });
    process.exit();
  });
  setTimeout(() => process.stdout.write(`${port} ${child.pid}\n`), 300);
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
