import { join } from 'node:path';
import * as electron from 'electron';
import { ownCertificateFolder } from '../services/tls/own-certificate.ts';
import { configFromArguments } from './command-line.ts';
import { createConsentDialog } from './consent-dialog.ts';
import { DesktopShell } from './desktop-shell.ts';
import { createHandlers } from './handlers.ts';
import { thisInstallation } from './installation.ts';
import { registerHandlers } from './ipc/register-handlers.ts';
import { createGate } from './ipc/sender.ts';
import { answerSecondLaunch, followLaunches } from './launches.ts';
import { MainWindow } from './main-window.ts';
import { declareAppProtocol, serveAppProtocol } from './protocol.ts';
import { stopBeforeQuit } from './quit.ts';
import { APP_ORIGIN } from './renderer-files.ts';
import { lockDown, sandboxPages } from './security.ts';
import { setUpInstall } from './set-up-install.ts';
import { setUpSettings } from './set-up-settings.ts';
import { SettingsFile } from './settings-file.ts';
import { claimSingleInstance } from './single-instance.ts';
import { SwitchyardApp } from './switchyard-app.ts';
import { createThreads } from './threads.ts';

const { app, BrowserWindow, nativeTheme, protocol, screen } = electron;
// Beside this file in dist/, inside the archive of the packaged app too.
const beside = (name: string) => join(import.meta.dirname, name);
const userFile = (name: string) => join(app.getPath('userData'), name);
/** Vite's own server while developing; never in the packaged app. */
const devServer = app.isPackaged ? undefined : process.env['VITE_DEV_SERVER_URL']?.replace(/\/$/, '');
const origin = devServer ?? APP_ORIGIN;
const configPath = configFromArguments(process.argv.slice(1), process.cwd());

const window = new MainWindow({
  BrowserWindow,
  screen,
  nativeTheme,
  preload: beside('preload.cjs'),
  url: `${origin}/index.html`,
  statePath: userFile('window.json'),
  isKept: () => settingsFile.current.keepInTray,
  onKept: () => void desktop.quitUnlessSeen(),
  onSeen: (isSeen) => void switchyard.publisher.setSeen(isSeen),
});
const askUser = createConsentDialog({
  dialog: electron.dialog,
  // In front of a hidden window a dialog would be hidden, too.
  findWindow: () => (window.current?.isVisible() ? window.current : null),
  ready: window.shown,
});
const switchyard = new SwitchyardApp({
  ...createThreads(import.meta.dirname),
  findTarget: () => window.pushTarget,
  onEvent: (event) => {
    for (const one of [running, desktop]) one.tell(event);
  },
  onNews: () => desktop.note(),
  onActed: (key) => desktop.noteActed(key),
  defaultConfigPath: userFile('config.json'),
  certificateFolder: ownCertificateFolder(process.env, process.platform),
  trustPath: userFile('allowed-commands.json'),
  consentPath: userFile('allowed-configs.json'),
  askUser,
  recentPath: userFile('recent-files.json'),
  version: app.getVersion(),
});
const settingsFile = new SettingsFile(userFile('settings.json'));
const [installation, tokenPath] = [thisInstallation(app), userFile('control-token')];
const running = setUpSettings({ app, switchyard, file: settingsFile, installation, tokenPath, askUser });
const installed = setUpInstall({
  app,
  dialog: electron.dialog,
  findWindow: () => window.current,
  channel: () => settingsFile.current.updateChannel,
  notify: (notice) => switchyard.notify(notice),
});
const desktop = new DesktopShell({ electron, window, switchyard, help: installed.help });
declareAppProtocol(protocol);
sandboxPages(app);
if (claimSingleInstance(app, configPath, answerSecondLaunch(switchyard, window))) run();
else app.quit();

function run(): void {
  // Of the window's process alone, which else keeps 40 MB more of what it has let go of, at 5,000 requests a second.
  app.commandLine.appendSwitch('js-flags', '--optimize-for-size');
  const handedOver = followLaunches(app, switchyard, window);
  app.on('before-quit', () => window.leave());
  stopBeforeQuit(app, async () => {
    installed.stop();
    await running.stop();
    desktop.stop();
    await Promise.all([switchyard.stop(), window.saved()]);
  });
  void app.whenReady().then(() => open(handedOver));
}

async function open(handedOver: () => string | null): Promise<void> {
  lockDown(app, electron.session.defaultSession);
  serveAppProtocol(protocol, beside('renderer'));
  desktop.note();
  const handlers = createHandlers({ ...running, switchyard, window, shell: desktop, desktop: electron });
  const gate = createGate(() => window.pushTarget, origin);
  registerHandlers(electron.ipcMain, gate, handlers);
  const trouble = await settingsFile.load();
  const path = handedOver() ?? configPath ?? settingsFile.current.configAtLaunch;
  await Promise.all([switchyard.start(path), window.open()]);
  const refusal = await running.settings.start();
  for (const notice of [refusal, trouble]) if (notice !== null) switchyard.notify(notice);
  installed.start();
}
