import type { App, Session } from 'electron';

/**
 * Every page runs in Chromium's sandbox, whatever its window says; before the app is ready. Where it was started with
 * `--no-sandbox` (as root, or by an AppImage without user namespaces) the two switches together would end its processes.
 */
export function sandboxPages(app: Pick<App, 'enableSandbox' | 'commandLine'>): void {
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
}

/** Nothing leads out of our own page: no navigation, no new window, no permission, no webview, no download. */
export function lockDown(app: App, session: Session): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-navigate', (event) => {
      // Reloading goes to where the page already is.
      if (event.url !== contents.getURL()) event.preventDefault();
    });
    contents.on('will-frame-navigate', (event) => {
      if (!event.isMainFrame) event.preventDefault();
    });
    contents.on('will-redirect', (event) => event.preventDefault());
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  });
  session.setPermissionRequestHandler((_contents, _permission, decide) => decide(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.on('will-download', (event) => event.preventDefault());
}
