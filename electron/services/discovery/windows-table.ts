import { z } from 'zod';
import { joinPorts, type SocketTable } from './listening-port.ts';
import type { RunProgram } from './run-program.ts';

/** As objects: what `netstat` and `tasklist` print is in the system's language. */
const SCRIPT = [
  '[Console]::OutputEncoding = [Text.Encoding]::UTF8',
  '$s = @(Get-NetTCPConnection -State Listen | Select-Object LocalAddress, LocalPort, OwningProcess)',
  '$i = @($s | ForEach-Object OwningProcess | Sort-Object -Unique)',
  '$p = @(Get-CimInstance Win32_Process | Where-Object { $i -contains $_.ProcessId } | ' +
    'Select-Object ProcessId, Name, ExecutablePath, CommandLine)',
  'ConvertTo-Json -Compress -Depth 3 @{ sockets = $s; processes = $p }',
].join('; ');

const tableSchema = z.object({
  sockets: z.array(z.object({ LocalAddress: z.string(), LocalPort: z.int(), OwningProcess: z.int() })),
  processes: z.array(
    z.object({
      ProcessId: z.int(),
      Name: z.string(),
      ExecutablePath: z.string().nullish(),
      CommandLine: z.string().nullish(),
    }),
  ),
});

/**
 * From PowerShell, which comes with Windows.
 *
 * @throws when it cannot be run, or answers something else
 */
export async function readWindowsTable(run: RunProgram): Promise<SocketTable> {
  return readWindowsJson(await run('powershell.exe', ['-NoProfile', '-NonInteractive', '-Command', SCRIPT]));
}

/** @throws when the text is not what the script answers */
export function readWindowsJson(text: string): SocketTable {
  const { sockets, processes } = tableSchema.parse(JSON.parse(text.replace(/^\uFEFF/, '')));
  return {
    ports: joinPorts(
      sockets.map(({ LocalAddress, LocalPort, OwningProcess }) => ({
        address: LocalAddress,
        port: LocalPort,
        pid: OwningProcess,
      })),
    ),
    processes: processes.map(({ ProcessId, Name, ExecutablePath, CommandLine }) => ({
      pid: ProcessId,
      program: ExecutablePath ?? Name,
      argv: wordsOf(CommandLine ?? ''),
      folder: null,
    })),
  };
}

/** A command line as Windows keeps it: one text, quotes around words with spaces. */
function wordsOf(line: string): readonly string[] {
  return [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
}
