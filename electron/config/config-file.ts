import { readFile } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { writeFile } from 'atomically';
import { type FSWatcher, watch } from 'chokidar';
import { fail, ok, type Result } from '../../shared/result.ts';

const READ_FAILURES: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist',
  EACCES: 'may not be read by you; check its permissions',
  EISDIR: 'is a folder, not a file',
  EPERM: 'may not be read by you; check its permissions',
};

const WRITE_FAILURES: Readonly<Record<string, string>> = {
  ENOENT: 'cannot be written: its folder does not exist',
  EACCES: 'may not be written by you; check its permissions',
  EROFS: 'is on a disk that cannot be written',
  ENOSPC: 'cannot be written: the disk is full',
};

/** A config on disk: read whole, written atomically, watched. */
export class ConfigFile {
  /** Absolute. */
  readonly path: string;
  /** The text as its owner knows it; what differs from it on disk must not be written over. */
  #known: string | null = null;
  /** The text as last told to the owner, who may not have come to it yet. */
  #told: string | null = null;
  #watcher: FSWatcher | null = null;
  /** Reading for a change and saving one take turns: a read that crosses a save would take it for another's. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(path: string) {
    this.path = resolve(path);
  }

  async load(): Promise<Result<string, string>> {
    const text = await this.#read();
    if (text.ok) this.acknowledge(text.value);
    return text;
  }

  /** Whether the file on disk still is what was last read or written here; a missing one is. */
  async isUnchanged(): Promise<boolean> {
    const current = await readFile(this.path, 'utf8').catch(() => null);
    return current === null || current === this.#known;
  }

  /** All or nothing: a crash leaves the old file or the new one. Mode and links are kept. */
  save(text: string): Promise<Result<null, string>> {
    return this.#inTurn(async () => {
      try {
        await writeFile(this.path, text);
        this.acknowledge(text);
        return ok(null);
      } catch (error) {
        return fail(`${this.path} ${explain(error, WRITE_FAILURES)}.`);
      }
    });
  }

  /** The owner has come to a change it was told of: from here on it may be written over. */
  acknowledge(text: string): void {
    this.#known = text;
    this.#told = text;
  }

  /** @param onChange called with the new text when somebody else has changed the file, or why it can't be read */
  watch(onChange: (read: Result<string, string>) => void): void {
    const name = basename(this.path);
    // The folder, not the file: editors save by putting another file in its place.
    this.#watcher = watch(dirname(this.path), {
      depth: 0,
      ignoreInitial: true,
      ignored: (path, stats) => stats?.isFile() === true && basename(path) !== name,
      awaitWriteFinish: { stabilityThreshold: 60, pollInterval: 20 },
    });
    this.#watcher.on('all', (_event, path) => {
      if (basename(path) === name) void this.#report(onChange);
    });
    // Whatever was saved between reading the file and this moment has had no event.
    this.#watcher.on('ready', () => void this.#report(onChange));
  }

  async stop(): Promise<void> {
    await this.#watcher?.close();
    this.#watcher = null;
  }

  #report(onChange: (read: Result<string, string>) => void): Promise<void> {
    return this.#inTurn(async () => {
      const text = await this.#read();
      if (text.ok && text.value === this.#told) return;
      this.#told = text.ok ? text.value : null;
      onChange(text);
    });
  }

  async #read(): Promise<Result<string, string>> {
    try {
      return ok(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(await readFile(this.path)));
    } catch (error) {
      if (error instanceof TypeError) return fail(`${this.path} is not UTF-8 text.`);
      return fail(`${this.path} ${explain(error, READ_FAILURES)}.`);
    }
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(work);
    this.#turn = result.catch(() => undefined);
    return result;
  }
}

function explain(error: unknown, words: Readonly<Record<string, string>>): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return words[code] ?? `cannot be used: ${error.message}`;
}
