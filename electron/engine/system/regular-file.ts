import { constants, type Stats } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { fail, ok, type Result } from '../../../shared/calls/result.ts';

export type FileTrouble =
  | 'missing'
  | 'forbidden'
  | 'folder'
  | 'link-loop'
  /** A pipe, a socket or a device: reading it might wait or never end. */
  | 'not-regular'
  | 'too-large'
  | 'unreadable';

export interface FileFailure {
  readonly trouble: FileTrouble;
  /** The system's error code, or its message where it has no code; empty when the system gave no error. */
  readonly cause: string;
}

const TROUBLES: Readonly<Record<string, FileTrouble>> = {
  ENOENT: 'missing',
  ENOTDIR: 'missing',
  EACCES: 'forbidden',
  EPERM: 'forbidden',
  EISDIR: 'folder',
  ELOOP: 'link-loop',
};

/** Undefined on Windows, which has no pipes among its files. */
const NON_BLOCKING = (constants.O_NONBLOCK ?? 0) | (constants.O_NOCTTY ?? 0);

/**
 * Reads a regular file of limited size. For every file whose path comes from a config or another program's file: a pipe
 * does not hang the reader, and a device does not fill its memory.
 *
 * @param maxBytes of the whole file; at most one byte more is read
 */
export async function readRegularFile(path: string, maxBytes: number): Promise<Result<Buffer, FileFailure>> {
  try {
    // Before it is opened, because opening a device can have effects. The file may be replaced in between, so the open
    // one is checked again, and opening it never waits.
    const before = troubleOf(await stat(path), maxBytes);
    if (before) return fail({ trouble: before, cause: '' });
    const handle = await open(path, constants.O_RDONLY | NON_BLOCKING);
    try {
      const trouble = troubleOf(await handle.stat(), maxBytes);
      if (trouble) return fail({ trouble, cause: '' });
      const bytes = await readAtMost(handle, maxBytes + 1);
      return bytes.length > maxBytes ? fail({ trouble: 'too-large', cause: '' }) : ok(bytes);
    } finally {
      await handle.close();
    }
  } catch (error) {
    return fail(failureOf(error));
  }
}

/** What kept the system from doing something with a file. */
export function failureOf(error: unknown): FileFailure {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
  const message = error instanceof Error ? error.message : String(error);
  return { trouble: TROUBLES[code] ?? 'unreadable', cause: code || message };
}

/**
 * Reads from where the handle is, to the end.
 *
 * @param maxBytes where to stop
 */
export async function readAtMost(handle: FileHandle, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  while (length < maxBytes) {
    const size = Math.min(64 * 1024, maxBytes - length);
    const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafe(size), 0, size, null);
    if (bytesRead === 0) break;
    chunks.push(buffer.subarray(0, bytesRead));
    length += bytesRead;
  }
  return Buffer.concat(chunks, length);
}

function troubleOf(stats: Stats, maxBytes: number): FileTrouble | null {
  if (stats.isDirectory()) return 'folder';
  if (!stats.isFile()) return 'not-regular';
  return stats.size > maxBytes ? 'too-large' : null;
}
