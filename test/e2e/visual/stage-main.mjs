// An Electron that shows the built window and nothing behind it: the test puts a bridge there, and says what it answers.
import { join, normalize } from 'node:path';
import { pathToFileURL } from 'node:url';
import { app, BrowserWindow, net, protocol } from 'electron';

const BUILT = join(import.meta.dirname, '../../../dist/renderer');

protocol.registerSchemesAsPrivileged([
  { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
]);
app.on('window-all-closed', () => app.quit());
// Not awaited here: Electron is not ready before its first module has come to its end.
app.whenReady().then(() => {
  protocol.handle('app', ({ url }) => {
    const path = normalize(new URL(url).pathname);
    return net.fetch(pathToFileURL(join(BUILT, path)).href);
  });
  const window = new BrowserWindow({ width: 1280, height: 800, useContentSize: true });
  return window.loadURL('app://stage/index.html');
});
