import { join } from 'node:path';
import { app, type BrowserWindow, ipcMain } from 'electron';
import { configFromArguments } from './app/command-line.ts';
import { createHandlers } from './app/handlers.ts';
import { setMenu } from './app/menu.ts';
import { declareAppProtocol, serveAppProtocol } from './app/protocol.ts';
import { APP_ORIGIN } from './app/renderer-files.ts';
import { lockDown } from './app/security.ts';
import { SwitchyardApp } from './app/switchyard-app.ts';
import { createWindow } from './app/window.ts';
import { registerHandlers } from './ipc/register-handlers.ts';

const PRELOAD = join(import.meta.dirname, 'preload.cjs');
const RENDERER = join(import.meta.dirname, 'renderer');

let window: BrowserWindow | null = null;
const findWindow = () => window;

declareAppProtocol();
if (app.requestSingleInstanceLock()) start();
else app.quit();

function start(): void {
  const balancer = new SwitchyardApp(app, findWindow, join(app.getPath('userData'), 'config.json'));
  app.on('second-instance', (_event, argv, workingFolder) => {
    window?.show();
    window?.focus();
    const path = configFromArguments(argv.slice(1), workingFolder);
    if (path !== null) void balancer.config.open(path);
  });
  app.on('open-file', (event, path) => {
    event.preventDefault();
    void balancer.config.open(path);
  });
  app.on('window-all-closed', () => app.quit());
  stopBeforeQuit(balancer);
  void app.whenReady().then(() => open(balancer));
}

async function open(balancer: SwitchyardApp): Promise<void> {
  lockDown(app);
  serveAppProtocol(RENDERER);
  registerHandlers(
    ipcMain,
    ({ sender, senderFrame }) =>
      sender === window?.webContents &&
      senderFrame === sender.mainFrame &&
      senderFrame.url.startsWith(`${APP_ORIGIN}/`),
    createHandlers(balancer, findWindow),
  );
  setMenu(
    (command) => balancer.publisher.send('app:command', command),
    () => balancer.publisher.send('app:command', { kind: 'open-config' }),
  );
  await balancer.start(configFromArguments(process.argv.slice(app.isPackaged ? 1 : 2), process.cwd()));
  window = createWindow(PRELOAD);
  window.on('hide', () => void balancer.host.unwatch());
  window.on('show', () => void balancer.rewatch());
  window.on('closed', () => {
    window = null;
  });
}

/** Quitting waits until nothing is listened on any more and no thread is left. */
function stopBeforeQuit(balancer: SwitchyardApp): void {
  let isStopped = false;
  app.on('will-quit', (event) => {
    if (isStopped) return;
    event.preventDefault();
    void balancer.stop().finally(() => {
      isStopped = true;
      app.quit();
    });
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => app.quit());
}
