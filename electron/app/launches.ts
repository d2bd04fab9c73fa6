import type { App } from 'electron';

export interface LaunchAnswers {
  readonly openFile: (path: string) => void;
  readonly showWindow: () => void;
}

/**
 * What the desktop asks of an app that runs: a file to open, and on macOS its window back.
 *
 * @returns tells the file that was handed over before the app was ready, null for none
 */
export function followLaunches(
  app: Pick<App, 'on' | 'isReady'>,
  { openFile, showWindow }: LaunchAnswers,
): () => string | null {
  let early: string | null = null;
  app.on('open-file', (event, path) => {
    event.preventDefault();
    if (app.isReady()) openFile(path);
    else early = path;
  });
  app.on('activate', showWindow);
  return () => early;
}
