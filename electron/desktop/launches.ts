import type { App } from 'electron';
import type { MainWindow } from './main-window.ts';
import type { SwitchyardApp } from './switchyard-app.ts';

/**
 * What the desktop asks of an app that runs: a file to open, and on macOS its window back.
 *
 * @returns tells the file that was handed over before the app was ready, null for none
 */
export function followLaunches(
  app: Pick<App, 'on' | 'isReady'>,
  switchyard: Pick<SwitchyardApp, 'openFile'>,
  window: Pick<MainWindow, 'focus'>,
): () => string | null {
  let early: string | null = null;
  app.on('open-file', (event, path) => {
    event.preventDefault();
    if (app.isReady()) void switchyard.openFile(path);
    else early = path;
  });
  app.on('activate', () => window.focus());
  return () => early;
}

/** The other launch ends; this one comes to the front, and opens the file the other was given. */
export function answerSecondLaunch(
  switchyard: Pick<SwitchyardApp, 'openFile'>,
  window: Pick<MainWindow, 'focus'>,
): (path: string | null) => void {
  return (path) => {
    window.focus();
    if (path !== null) void switchyard.openFile(path);
  };
}
