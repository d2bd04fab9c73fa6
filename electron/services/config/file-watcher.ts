import { type FSWatcher, realpathSync, type StatsListener, unwatchFile, watch, watchFile } from 'node:fs';
import { basename, dirname } from 'node:path';

/** A file that is being written is looked at when nothing has happened to it for this long. */
const QUIET_MS = 80;
/** What the system does not tell (network disks, containers, a folder that was replaced) is found this often. */
const POLL_MS = 1_000;

/**
 * Says when one file may have changed, appeared or gone; now and then once too often, so compare the contents. Watches
 * the folder, because editors save by putting another file in its place, and where it leads to, when it is a link.
 * (chokidar with `awaitWriteFinish` goes deaf to a file for good when it vanishes at the wrong moment.)
 */
export class FileWatcher {
  readonly #path: string;
  readonly #onChange: () => void;
  readonly #watchers: FSWatcher[] = [];
  #timer: NodeJS.Timeout | null = null;

  constructor(path: string, onChange: () => void) {
    this.#path = path;
    this.#onChange = onChange;
  }

  start(): void {
    for (const file of new Set([this.#path, target(this.#path)])) this.#watchFolderOf(file);
    watchFile(this.#path, { interval: POLL_MS, persistent: false }, this.#onEvent);
    // Whatever was saved between reading the file and this moment has had no event.
    this.#onEvent();
  }

  stop(): void {
    unwatchFile(this.#path, this.#onEvent);
    for (const watcher of this.#watchers.splice(0)) watcher.close();
    if (this.#timer) clearTimeout(this.#timer);
  }

  #watchFolderOf(file: string): void {
    const name = basename(file);
    try {
      const watcher = watch(dirname(file), { persistent: false }, (_event, changed) => {
        // Some systems do not say which file it was.
        if (changed === null || changed === name) this.#onEvent();
      });
      // The folder has gone, or no more can be watched: the poll remains.
      watcher.on('error', () => watcher.close());
      this.#watchers.push(watcher);
    } catch {
      // There is no folder, or no more can be watched: the poll remains.
    }
  }

  readonly #onEvent: StatsListener & (() => void) = () => {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = setTimeout(this.#onChange, QUIET_MS);
  };
}

/** Where a path leads, links followed; itself when there is nothing there. */
function target(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
