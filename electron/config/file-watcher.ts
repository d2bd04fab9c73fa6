import { realpathSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { type FSWatcher, watch } from 'chokidar';

/** A file that is being written is looked at again when its size has stayed for this long. */
const STABLE_MS = 60;
const POLL_MS = 20;
/** Where the system watches no more files, they are looked at this often instead. */
const FALLBACK_MS = 500;

/**
 * Says when one file may have changed, appeared or gone. Watches its folder, because editors save by putting another
 * file in its place; and where it leads to, when it is a link.
 */
export class FileWatcher {
  readonly #path: string;
  readonly #onChange: () => void;
  #watcher: FSWatcher | null = null;

  constructor(path: string, onChange: () => void) {
    this.#path = path;
    this.#onChange = onChange;
  }

  start(): void {
    this.#start(false);
  }

  async stop(): Promise<void> {
    const watcher = this.#watcher;
    this.#watcher = null;
    await watcher?.close();
  }

  #start(usePolling: boolean): void {
    const files = [...new Set([this.#path, target(this.#path)])];
    const folders = files.map((file) => dirname(file));
    const watched = new Set([...files, ...folders]);
    const watcher = watch(folders, {
      depth: 0,
      ignoreInitial: true,
      ignored: (path) => !watched.has(resolve(path)),
      awaitWriteFinish: { stabilityThreshold: STABLE_MS, pollInterval: POLL_MS },
      usePolling,
      interval: FALLBACK_MS,
    });
    this.#watcher = watcher;
    watcher.on('all', (_event, path) => {
      if (files.includes(resolve(path))) this.#onChange();
    });
    // Whatever was saved between reading the file and this moment has had no event.
    watcher.on('ready', this.#onChange);
    watcher.on('error', () => {
      if (usePolling || this.#watcher !== watcher) return;
      void watcher.close();
      this.#start(true);
    });
  }
}

/** Where a path leads, links followed; itself when there is nothing there. */
function target(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
