import { join } from 'node:path';
import { app, BrowserWindow, nativeTheme, screen } from 'electron';
import { APP_ORIGIN } from './renderer-files.ts';
import { loadBounds, MIN_SIZE, placeWindow, saveBounds } from './window-bounds.ts';

const BACKGROUND = { light: '#f6f7f9', dark: '#0f1115' } as const;

/** The one window: sandboxed, and shown once it has something to show. */
export function createWindow(preload: string): BrowserWindow {
  const boundsPath = join(app.getPath('userData'), 'window.json');
  const displays = screen.getAllDisplays().map((display) => display.workArea);
  const window = new BrowserWindow({
    ...placeWindow(loadBounds(boundsPath), displays),
    minWidth: MIN_SIZE.width,
    minHeight: MIN_SIZE.height,
    title: 'Switchyard',
    show: false,
    // No white flash before the first paint.
    backgroundColor: BACKGROUND[nativeTheme.shouldUseDarkColors ? 'dark' : 'light'],
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
    },
  });
  window.once('ready-to-show', () => window.show());
  window.on('close', () => saveBounds(boundsPath, window.getNormalBounds()));
  void window.loadURL(`${APP_ORIGIN}/index.html`);
  return window;
}
