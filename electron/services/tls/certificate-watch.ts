import { resolve } from 'node:path';
import type { Config } from '../../../shared/config/config.ts';
import { FileWatcher } from '../config/file-watcher.ts';

/** Says when the files of the certificates in use may have changed: whoever renews one need not tell Switchyard. */
export class CertificateWatch {
  readonly #onChange: () => void;
  readonly #watchers = new Map<string, FileWatcher>();

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  /** @param folder what the paths in the config start from */
  watch({ listeners }: Config, folder: string): void {
    const paths = new Set(
      listeners.flatMap(({ tls }) =>
        tls === null || tls === 'self-signed' ? [] : [resolve(folder, tls.cert), resolve(folder, tls.key)],
      ),
    );
    for (const [path, watcher] of this.#watchers) {
      if (paths.has(path)) continue;
      watcher.stop();
      this.#watchers.delete(path);
    }
    for (const path of paths) {
      if (this.#watchers.has(path)) continue;
      const watcher = new FileWatcher(path, this.#onChange);
      this.#watchers.set(path, watcher);
      watcher.start();
    }
  }

  stop(): void {
    for (const watcher of this.#watchers.values()) watcher.stop();
    this.#watchers.clear();
  }
}
