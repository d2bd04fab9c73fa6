import { mkdir, readFile, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { writeFile } from 'atomically';
import type { App } from 'electron';
import { fail, ok, type Result } from '../../shared/calls/result.ts';

/** What starts Switchyard when the user logs in. The system remembers it, so it is asked. */
export interface LoginItem {
  /** Why there is no such thing here, in a sentence; null where there is. */
  readonly unavailable: string | null;
  isOn(): Promise<boolean>;
  /** A sentence when the system will not have it. */
  set(isOn: boolean): Promise<Result<null, string>>;
}

export interface LoginItemParts {
  readonly app: Pick<App, 'isPackaged' | 'getLoginItemSettings' | 'setLoginItemSettings'>;
  readonly platform: NodeJS.Platform;
  readonly env: NodeJS.ProcessEnv;
  readonly execPath: string;
}

export function createLoginItem(parts: LoginItemParts): LoginItem {
  if (!parts.app.isPackaged) {
    return never('Only an installed Switchyard can start at login; this one runs from its source.');
  }
  if (parts.platform === 'darwin' || parts.platform === 'win32') return systemItem(parts);
  if (parts.platform === 'linux') return autostartFile(parts);
  return never(`Switchyard cannot start at login on ${parts.platform}.`);
}

function never(unavailable: string): LoginItem {
  return { unavailable, isOn: async () => false, set: async () => fail(unavailable) };
}

function systemItem({ app, env }: LoginItemParts): LoginItem {
  // The portable build runs from a folder that is gone afterwards; this names the file the user has started.
  const portable = env['PORTABLE_EXECUTABLE_FILE'];
  const which = portable === undefined ? {} : { path: portable };
  return {
    unavailable: null,
    isOn: async () => app.getLoginItemSettings(which).openAtLogin,
    set: async (isOn) => {
      app.setLoginItemSettings({ ...which, openAtLogin: isOn });
      if (app.getLoginItemSettings(which).openAtLogin === isOn) return ok(null);
      return fail('The system has not taken it over; look at its own list of login items.');
    },
  };
}

/** An entry as the Desktop Application Autostart Specification has it. */
function autostartFile({ env, execPath }: LoginItemParts): LoginItem {
  const folder = join(env['XDG_CONFIG_HOME'] || join(homedir(), '.config'), 'autostart');
  const path = join(folder, 'switchyard.desktop');
  // An AppImage is mounted somewhere else each time; this names the file itself.
  const program = env['APPIMAGE'] ?? execPath;
  return {
    unavailable: null,
    isOn: async () => {
      const text = await readFile(path, 'utf8').catch(() => null);
      // Desktops switch an entry off by these lines rather than take it away.
      return text !== null && !/^(Hidden=true|X-GNOME-Autostart-enabled=false)\s*$/im.test(text);
    },
    set: async (isOn) => {
      try {
        if (!isOn) await rm(path, { force: true });
        else {
          await mkdir(folder, { recursive: true });
          await writeFile(path, desktopEntry(program));
        }
        return ok(null);
      } catch (error) {
        return fail(
          `${path} could not be changed: ${error instanceof Error ? error.message : String(error)}`,
        );
      }
    },
  };
}

function desktopEntry(program: string): string {
  const lines = [
    '[Desktop Entry]',
    'Type=Application',
    'Name=Switchyard',
    'Comment=A load balancer for local development',
    `Exec=${inExec(program)}`,
    'Terminal=false',
  ];
  return `${lines.join('\n')}\n`;
}

/** Quoted as the Desktop Entry Specification wants it; the backslashes are doubled since it is a string of the file, too. */
function inExec(program: string): string {
  const quoted = program.replace(/["`$\\]/g, '\\$&').replaceAll('\\', '\\\\');
  return `"${quoted.replaceAll('%', '%%')}"`;
}
