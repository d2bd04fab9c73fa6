import { readFileSync } from 'node:fs';

let known: number | null | undefined;

/** How many files and sockets this process may have open; null where the system does not say, or sets no limit. */
export function openFilesLimit(): number | null {
  if (known === undefined) known = read();
  return known;
}

function read(): number | null {
  try {
    // Only Linux has this file. Node has raised the soft limit to the hard one by now.
    const soft = /^Max open files\s+(\d+)/m.exec(readFileSync('/proc/self/limits', 'latin1'))?.[1];
    return soft === undefined ? null : Number(soft);
  } catch {
    return null;
  }
}
