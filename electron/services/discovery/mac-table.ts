import { joinPorts, type SocketTable } from './listening-port.ts';
import { readLsofFolders, readLsofSockets, readPs } from './lsof.ts';
import type { RunProgram } from './run-program.ts';

/**
 * From `lsof`, which comes with macOS.
 *
 * @throws when it cannot be run
 */
export async function readMacTable(run: RunProgram): Promise<SocketTable> {
  const sockets = readLsofSockets(await run('lsof', ['-nP', '-iTCP', '-sTCP:LISTEN', '-Fpcn']));
  const ports = joinPorts(sockets);
  const pids = [...new Set(ports.flatMap(({ pid }) => (pid === null ? [] : [pid])))];
  if (pids.length === 0) return { ports, processes: [] };
  const list = pids.join(',');
  const [folders, lines] = await Promise.all([
    run('lsof', ['-a', '-d', 'cwd', '-p', list, '-Fpn']).then(readLsofFolders),
    run('ps', ['-ww', '-o', 'pid=,command=', '-p', list]).then(readPs),
  ]);
  const processes = pids.map((pid) => {
    const argv = lines.get(pid) ?? [];
    const program = argv[0] ?? sockets.find((one) => one.pid === pid)?.command ?? '';
    return { pid, program, argv, folder: folders.get(pid) ?? null };
  });
  return { ports, processes };
}
