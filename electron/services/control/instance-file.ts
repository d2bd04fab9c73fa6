import type { Stats } from 'node:fs';
import { chmod, lstat, mkdir, open, readdir, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { fail, ok, type Result } from '../../../shared/calls/result.ts';
import { folderTrouble, readPrivateFile } from '../../engine/system/private-files.ts';

/** How a running instance can be reached. */
export interface Instance {
  readonly pid: number;
  readonly url: string;
  readonly token: string;
}

/** A control server binds loopback only. */
const OWN_URL = /^http:\/\/(?:127(?:\.\d{1,3}){3}|\[::1\]|localhost)(?::\d{1,5})?$/;

const instanceSchema = z.object({ pid: z.int().min(1), url: z.string().regex(OWN_URL), token: z.string() });

export interface InstancesFolder {
  readonly path: string;
  /** `$XDG_RUNTIME_DIR`, which the specification wants to be the user's alone; null for a folder in the user's home. */
  readonly base: string | null;
}

/** The instances of this user, and the files that were passed over, each with the reason. */
export interface FoundInstances {
  readonly instances: readonly Instance[];
  readonly ignored: readonly string[];
}

/** The folder of this user for what lasts as long as a session (XDG Base Directory Specification). */
export function instancesFolder(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): InstancesFolder {
  const runtime = platform === 'win32' ? null : env['XDG_RUNTIME_DIR'] || null;
  const local = platform === 'win32' ? env['LOCALAPPDATA'] : (runtime ?? env['XDG_STATE_HOME']);
  return { path: join(local || join(homedir(), '.local', 'state'), 'switchyard'), base: runtime };
}

/**
 * Tells the command line how to reach this instance; nobody but this user may read it.
 * @returns the path of the file, or a sentence why there is none
 */
export async function writeInstanceFile(
  { path: folder, base }: InstancesFolder,
  instance: Instance,
): Promise<Result<string, string>> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    // It may be from before, with other rights. Of a folder that somebody else has put there, nothing is changed.
    if (isOwnFolder(await lstat(folder))) await chmod(folder, 0o700);
    const trouble = await folderTrouble(folder, base);
    if (trouble !== null) return fail(trouble);
    const path = join(folder, `control-${instance.pid}.json`);
    // Of a process that had this number earlier. A new file is made, so that no link is followed and no right inherited.
    await rm(path, { force: true });
    const file = await open(path, 'wx', 0o600);
    try {
      await file.writeFile(`${JSON.stringify(instance)}\n`);
    } finally {
      await file.close();
    }
    return ok(path);
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error));
  }
}

/**
 * The instances that run; files left by those that have died are removed. A file that another user could have written is
 * not believed: it could send the token to a port of theirs.
 */
export async function runningInstances({ path: folder, base }: InstancesFolder): Promise<FoundInstances> {
  const trouble = await folderTrouble(folder, base);
  if (trouble !== null) return { instances: [], ignored: [trouble] };
  const names = await readdir(folder).catch(() => []);
  const paths = names.filter((name) => /^control-\d+\.json$/.test(name)).map((name) => join(folder, name));
  const found = await Promise.all(paths.map(readInstance));
  return {
    instances: found.flatMap((one) => (one.ok && one.value ? one.value : [])).sort((a, b) => a.pid - b.pid),
    ignored: found.flatMap((one) => (one.ok ? [] : one.error)),
  };
}

/** Null for one that has died. */
async function readInstance(path: string): Promise<Result<Instance | null, string>> {
  const text = await readPrivateFile(path);
  if (!text.ok) return fail(`${path} ${text.error}`);
  const instance = parse(text.value);
  if (instance === null) return fail(`${path} does not say where an instance on this machine is`);
  if (isRunning(instance.pid)) return ok(instance);
  await rm(path, { force: true });
  return ok(null);
}

function isOwnFolder(stats: Stats): boolean {
  return stats.isDirectory() && (process.getuid === undefined || stats.uid === process.getuid());
}

function parse(text: string): Instance | null {
  try {
    return instanceSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It runs, as somebody else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
