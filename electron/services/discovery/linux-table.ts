import { readdir, readFile, readlink } from 'node:fs/promises';
import { joinPorts, type ProcessFacts, type SocketTable } from './listening-port.ts';
import { readProcNet } from './proc-net.ts';

/**
 * From `/proc`: what listens, and the processes behind as far as this user may see them.
 *
 * @throws when there is no `/proc`
 */
export async function readLinuxTable(): Promise<SocketTable> {
  const [four, six] = await Promise.all([
    readFile('/proc/net/tcp', 'utf8'),
    // A system without IPv6 has none.
    readFile('/proc/net/tcp6', 'utf8').catch(() => ''),
  ]);
  const sockets = [...readProcNet(four), ...readProcNet(six)];
  const owners = await findOwners(new Set(sockets.map(({ inode }) => inode)));
  const ports = joinPorts(
    sockets.map(({ address, port, inode }) => ({ address, port, pid: owners.get(inode) ?? null })),
  );
  const pids = [...new Set(ports.flatMap(({ pid }) => (pid === null ? [] : [pid])))];
  const processes = await Promise.all(pids.map(readProcess));
  return { ports, processes: processes.filter((one) => one !== null) };
}

/** Who holds which socket, by its inode. Of several processes that share one, the first. */
async function findOwners(inodes: ReadonlySet<string>): Promise<ReadonlyMap<string, number>> {
  const owners = new Map<string, number>();
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  for (const pid of pids.sort((a, b) => a - b)) {
    if (owners.size === inodes.size) break;
    // Another user's, or one that has just ended.
    const links = await readdir(`/proc/${pid}/fd`).catch(() => []);
    for (const link of links) {
      const target = await readlink(`/proc/${pid}/fd/${link}`).catch(() => '');
      const inode = /^socket:\[(\d+)\]$/.exec(target)?.[1];
      if (inode !== undefined && inodes.has(inode) && !owners.has(inode)) owners.set(inode, pid);
    }
  }
  return owners;
}

async function readProcess(pid: number): Promise<ProcessFacts | null> {
  const [program, folder, line] = await Promise.all([
    readlink(`/proc/${pid}/exe`).catch(() => null),
    readlink(`/proc/${pid}/cwd`).catch(() => null),
    readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => ''),
  ]);
  const argv = line.split('\0').filter((word) => word !== '');
  const known = program ?? argv[0];
  // An update that replaces a program leaves this word behind its old one.
  return known === undefined ? null : { pid, program: known.replace(/ \(deleted\)$/, ''), argv, folder };
}
