import { readLinuxTable } from './linux-table.ts';
import type { SocketTable } from './listening-port.ts';
import { readMacTable } from './mac-table.ts';
import { runProgram } from './run-program.ts';
import { readWindowsTable } from './windows-table.ts';

/**
 * What listens on this machine, from the system's own table; nothing is connected to.
 *
 * @throws when the system does not tell
 */
export async function readSocketTable(platform: string): Promise<SocketTable> {
  if (platform === 'linux') return readLinuxTable();
  if (platform === 'darwin') return readMacTable(runProgram);
  if (platform === 'win32') return readWindowsTable(runProgram);
  throw new Error(`${platform} keeps its table where Switchyard does not look`);
}
