/** A listening socket as `lsof` tells of it. */
export interface LsofSocket {
  readonly pid: number;
  readonly command: string;
  readonly address: string;
  readonly port: number;
}

/** Reads `lsof -nP -iTCP -sTCP:LISTEN -Fpcn`: a line for each field, its first letter saying which. */
export function readLsofSockets(text: string): readonly LsofSocket[] {
  const sockets: LsofSocket[] = [];
  let [pid, command] = [0, ''];
  for (const line of text.split('\n')) {
    const value = line.slice(1);
    if (line[0] === 'p') [pid, command] = [Number(value), ''];
    if (line[0] === 'c') command = value;
    if (line[0] !== 'n' || !(pid > 0)) continue;
    const [, address, port] = /^(.*):(\d{1,5})(?: \(LISTEN\))?$/.exec(value) ?? [];
    if (address === undefined) continue;
    sockets.push({ pid, command, address: address.replace(/^\[(.*)\]$/, '$1'), port: Number(port) });
  }
  return sockets;
}

/** Reads `lsof -a -d cwd -p PIDS -Fpn`: where each process runs. */
export function readLsofFolders(text: string): ReadonlyMap<number, string> {
  const folders = new Map<number, string>();
  let pid = 0;
  for (const line of text.split('\n')) {
    if (line[0] === 'p') pid = Number(line.slice(1));
    if (line[0] === 'n' && pid > 0) folders.set(pid, line.slice(1));
  }
  return folders;
}

/** Reads `ps -ww -o pid=,command=`: a pid and a command line on each line. */
export function readPs(text: string): ReadonlyMap<number, readonly string[]> {
  return new Map(
    text.split('\n').flatMap((line): [number, readonly string[]][] => {
      const [, pid, command = ''] = /^\s*(\d+)\s+(\S.*)$/.exec(line) ?? [];
      return pid === undefined ? [] : [[Number(pid), command.split(/\s+/)]];
    }),
  );
}
