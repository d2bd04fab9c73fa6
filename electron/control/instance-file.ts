import { chmod, mkdir, open, readdir, readFile, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';

/** How a running instance can be reached. */
export interface Instance {
  readonly pid: number;
  readonly url: string;
  readonly token: string;
}

const instanceSchema = z.object({ pid: z.int().min(1), url: z.string(), token: z.string() });

/** The folder of this user for what lasts as long as a session (XDG Base Directory Specification). */
export function instancesFolder(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string {
  const local =
    platform === 'win32' ? env['LOCALAPPDATA'] : (env['XDG_RUNTIME_DIR'] ?? env['XDG_STATE_HOME']);
  return join(local || join(homedir(), '.local', 'state'), 'switchyard');
}

/** Leaves word for the command line; nobody but this user may read it. Resolves with the path of the file. */
export async function leaveWord(folder: string, instance: Instance): Promise<string> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  // It may be from before, with other rights.
  await chmod(folder, 0o700);
  const path = join(folder, `control-${instance.pid}.json`);
  // Of a process that had this number earlier. A new file is made, so that no link is followed and no right inherited.
  await rm(path, { force: true });
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(`${JSON.stringify(instance)}\n`);
  } finally {
    await file.close();
  }
  return path;
}

/** The instances that run; word left by those that have died is taken away. */
export async function runningInstances(folder: string): Promise<readonly Instance[]> {
  const names = await readdir(folder).catch(() => []);
  const paths = names.filter((name) => /^control-\d+\.json$/.test(name)).map((name) => join(folder, name));
  const found = await Promise.all(paths.map(readInstance));
  return found.flatMap((instance) => instance ?? []).sort((a, b) => a.pid - b.pid);
}

async function readInstance(path: string): Promise<Instance | null> {
  const instance = parse(await readFile(path, 'utf8').catch(() => ''));
  if (instance === null || isRunning(instance.pid)) return instance;
  await rm(path, { force: true });
  return null;
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
