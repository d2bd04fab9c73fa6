import { homedir } from 'node:os';
import type { App, BrowserWindow, Dialog, MessageBoxOptions } from 'electron';
import type { Settings } from '../../shared/config/settings-schema.ts';
import { installCommand, planCommand } from './command-on-path.ts';
import { thisInstallation, versionWords } from './installation.ts';
import type { HelpItem } from './menu.ts';
import { type Look, Updates } from './updates.ts';

export interface InstallParts {
  readonly app: Pick<App, 'getVersion' | 'isPackaged' | 'setAboutPanelOptions'>;
  readonly dialog: Pick<Dialog, 'showMessageBox'>;
  readonly findWindow: () => BrowserWindow | null;
  readonly channel: () => Settings['updateChannel'];
  readonly notify: (notice: string) => void;
}

export interface InstalledApp {
  /** What the menu offers of it. */
  readonly help: readonly HelpItem[];
  start(): void;
  stop(): void;
}

/** What depends on how the app was installed: its updates, its command on the path, and what it calls itself. */
export function setUpInstall({ app, dialog, findWindow, channel, notify }: InstallParts): InstalledApp {
  const { platform, env, resourcesPath: resources } = process;
  const version = versionWords(app.getVersion(), app.isPackaged);
  const installation = thisInstallation(app);
  app.setAboutPanelOptions({
    applicationName: 'Switchyard',
    applicationVersion: version,
    copyright: 'MIT licensed',
  });
  const updates = new Updates({
    createUpdater: async () => (await import('./create-updater.ts')).createUpdater(platform),
    channel,
    onReady: (found) => notify(readyWords(found)),
    after: (delayMs, run) => {
      const timer = setTimeout(run, delayMs);
      return () => clearTimeout(timer);
    },
  });
  const ask = (options: MessageBoxOptions) => {
    const window = findWindow();
    return window ? dialog.showMessageBox(window, options) : dialog.showMessageBox(options);
  };
  const offerCommand = async () => {
    const plan = await planCommand({ platform, env, home: homedir(), resources });
    const { response } = await ask({
      type: 'question',
      message: 'Install the “switchyard” command?',
      detail: `It runs this app’s engine in a terminal, without a window. A small script is written to ${plan.path}.`,
      buttons: ['Install', 'Cancel'],
      defaultId: 0,
      cancelId: 1,
    });
    if (response !== 0) return;
    const result = await installCommand(plan);
    await ask(
      result.ok
        ? { type: 'info', message: 'The “switchyard” command is installed.', detail: nextWords(plan) }
        : { type: 'error', message: 'The “switchyard” command was not installed.', detail: result.error },
    );
  };
  const lookNow = async () => {
    await ask({ type: 'info', ...lookWords(await updates.look(), version) });
  };
  const updatesItself = installation === 'own';
  // deb and rpm bring the command; without a package there is no launcher yet, or not one that stays.
  const offersCommand = app.isPackaged && installation !== 'package' && !env['PORTABLE_EXECUTABLE_FILE'];
  return {
    help: [
      ...(offersCommand
        ? [{ label: 'Install the “switchyard” command…', click: () => void offerCommand() }]
        : []),
      ...(updatesItself ? [{ label: 'Check for updates…', click: () => void lookNow() }] : []),
    ],
    start: () => {
      if (updatesItself) updates.start();
    },
    stop: () => updates.stop(),
  };
}

function readyWords(version: string): string {
  return `Switchyard ${version} has arrived. It is installed when you quit.`;
}

function nextWords({ folder, isOnPath }: { readonly folder: string; readonly isOnPath: boolean }): string {
  return isOnPath
    ? 'In a terminal, try: switchyard --help'
    : `${folder} is not on your PATH yet. Add it in your shell’s profile, open a new terminal, then try: switchyard --help`;
}

function lookWords(look: Look, version: string): { message: string; detail?: string } {
  switch (look.kind) {
    case 'current':
      return { message: `Switchyard ${version} is the newest version.` };
    case 'ready':
      return { message: readyWords(look.version) };
    case 'failed':
      return { message: 'Updates could not be looked for.', detail: look.reason };
  }
}
