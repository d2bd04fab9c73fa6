import type { Stats } from 'node:fs';
import { constants } from 'node:fs';
import { lstat, open, writeFile } from 'node:fs/promises';
import { fail, ok, type Result } from '../../../shared/calls/result.ts';

/** Rights of the group and of all others. */
const RIGHTS_OF_OTHERS = 0o077;
const MAY_WRITE = 0o022;
/** Of a file that holds an address and a token. */
const MAX_BYTES = 64 * 1024;

/**
 * Why a folder cannot be trusted to hold this user's secrets; null when it can, or when there is none. On Windows the
 * folder is in the user's profile, and rights are not looked at.
 * @param base the folder it is in, which must not let others replace it; null where that is the user's home
 */
export async function folderTrouble(folder: string, base: string | null): Promise<string | null> {
  const baseStats = base === null ? null : await lstat(base).catch(() => null);
  if (baseStats?.isDirectory()) {
    const trouble = troubleOf(baseStats, MAY_WRITE);
    if (trouble !== null) return `${base} ${trouble}`;
  }
  const stats = await lstat(folder).catch(() => null);
  if (stats === null) return null;
  const trouble = stats.isDirectory() ? troubleOf(stats, RIGHTS_OF_OTHERS) : 'is not a folder';
  return trouble === null ? null : `${folder} ${trouble}`;
}

/**
 * Reads a file that only this user can have written and can read.
 * @returns or why not: words that follow the path
 */
export async function readPrivateFile(path: string): Promise<Result<string, string>> {
  // A link is not followed, and a named pipe does not make the reader wait (open(2)). Windows has neither flag.
  const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
  const file = await open(path, flags).catch((error: NodeJS.ErrnoException) => error.code ?? 'unknown');
  if (typeof file === 'string') return fail(file === 'ELOOP' ? 'is a link' : `cannot be opened: ${file}`);
  try {
    const stats = await file.stat();
    if (!stats.isFile()) return fail('is not a regular file');
    const trouble = troubleOf(stats, RIGHTS_OF_OTHERS);
    if (trouble !== null) return fail(trouble);
    if (stats.size > MAX_BYTES) return fail(`is longer than ${MAX_BYTES / 1024} KiB`);
    return ok(await file.readFile('utf8'));
  } finally {
    await file.close();
  }
}

/**
 * Writes a file that only this user can read, whatever rights one that was there had: it may hold what clients sent.
 * @throws as `fs.open` does
 */
export async function writePrivateFile(path: string, text: string | AsyncIterable<string>): Promise<void> {
  const file = await open(path, 'w', 0o600);
  try {
    // Before anything is in it. On a file system without rights this fails, and there are none to take away.
    await file.chmod(0o600).catch(() => undefined);
    await writeFile(file, text);
  } finally {
    await file.close();
  }
}

function troubleOf(stats: Stats, rights: number): string | null {
  const own = process.getuid?.();
  if (own === undefined) return null;
  if (stats.uid !== own) return `belongs to another user (uid ${stats.uid})`;
  if ((stats.mode & rights) === 0) return null;
  const mode = (stats.mode & 0o777).toString(8);
  return `is open to other users (mode ${mode}; chmod ${rights === MAY_WRITE ? 'go-w' : 'go='} mends it)`;
}
