import type { App } from 'electron';

/** Quitting waits until nothing is listened on any more and no thread is left. */
export function stopBeforeQuit(app: App, stop: () => Promise<void>): void {
  let isStopped = false;
  let isStopping = false;
  app.on('window-all-closed', () => app.quit());
  app.on('will-quit', (event) => {
    if (isStopped) return;
    event.preventDefault();
    if (isStopping) return;
    isStopping = true;
    void stop()
      .catch((error: unknown) => console.error('Switchyard did not stop cleanly:', error))
      .finally(() => {
        isStopped = true;
        app.quit();
      });
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => app.quit());
}
