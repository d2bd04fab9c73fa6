import { constants } from 'node:fs';
import { access, chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { fail, ok, type Result } from '../../shared/calls/result.ts';

export interface CommandPlace {
  readonly platform: NodeJS.Platform;
  readonly env: NodeJS.ProcessEnv;
  readonly home: string;
  /** The folder with the app's own launcher. */
  readonly resources: string;
}

/** Where the command goes and what stands there. */
export interface CommandPlan {
  readonly folder: string;
  readonly path: string;
  readonly text: string;
  /** Whether a terminal finds it there; where not, its folder has to be added to the path. */
  readonly isOnPath: boolean;
}

const SIGNATURE = 'Written by the Switchyard app';

/** A folder of the user's own that is on the path, or the one that most systems put there at the next login. */
export async function planCommand(place: CommandPlace): Promise<CommandPlan> {
  const { platform, env, home } = place;
  const onPath = (env['PATH'] ?? '').split(platform === 'win32' ? ';' : delimiter);
  const folders = foldersOf(place);
  const [fallback = join(home, '.local/bin')] = folders;
  const writable = await Promise.all(folders.map(isWritable));
  const folder = folders.find((one, index) => writable[index] && onPath.includes(one)) ?? fallback;
  return {
    folder,
    path: join(folder, platform === 'win32' ? 'switchyard.cmd' : 'switchyard'),
    text: platform === 'win32' ? batchFile(place) : shellScript(place),
    isOnPath: onPath.includes(folder),
  };
}

/** Writes it. Somebody else's command of that name is left alone; a sentence says so. */
export async function installCommand({ folder, path, text }: CommandPlan): Promise<Result<null, string>> {
  const there = await readFile(path, 'utf8').catch(() => null);
  if (there !== null && !there.includes(SIGNATURE))
    return fail(`${path} belongs to another program. Move it away, then try again.`);
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(path, text);
    await chmod(path, 0o755);
  } catch (error) {
    return fail(`${path} could not be written: ${error instanceof Error ? error.message : String(error)}`);
  }
  return ok(null);
}

/** In the order of preference; the first is made where it is missing. */
function foldersOf({ platform, env, home }: CommandPlace): string[] {
  // Of every user's path since Windows 10.
  if (platform === 'win32') {
    return [join(env['LOCALAPPDATA'] ?? join(home, 'AppData/Local'), 'Microsoft/WindowsApps')];
  }
  return [join(home, '.local/bin'), join(home, 'bin'), '/usr/local/bin'];
}

function isWritable(folder: string): Promise<boolean> {
  return access(folder, constants.W_OK).then(
    () => true,
    () => false,
  );
}

function shellScript({ env, resources }: CommandPlace): string {
  // An AppImage is at another place at each start; what stays is the file itself.
  const image = env['APPIMAGE'];
  const command = image
    ? `${quoted(image)} --no-sandbox --no-zygote --log-level=3 --cli --`
    : quoted(join(resources, 'switchyard'));
  return `#!/bin/sh\n# ${SIGNATURE}; delete it to be rid of the command.\nexec ${command} "$@"\n`;
}

function batchFile({ resources }: CommandPlace): string {
  const command = join(resources, 'switchyard.cmd').replaceAll('%', '%%');
  return `@echo off\r\nrem ${SIGNATURE}; delete it to be rid of the command.\r\n"${command}" %*\r\n`;
}

function quoted(path: string): string {
  return `'${path.replaceAll("'", "'\\''")}'`;
}
