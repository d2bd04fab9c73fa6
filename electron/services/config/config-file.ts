import { constants } from 'node:fs';
import { access, open, realpath, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { writeFile } from 'atomically';
import { fail, ok, type Result } from '../../../shared/calls/result.ts';
import {
  type FileTrouble,
  failureOf,
  readAtMost,
  readRegularFile,
} from '../../engine/system/regular-file.ts';
import { FileWatcher } from './file-watcher.ts';

/** Far more than any config has; reading on would only fill the memory. */
export const MAX_BYTES = 4 * 1024 * 1024;

const READ_WORDS: Readonly<Record<Exclude<FileTrouble, 'unreadable'>, string>> = {
  missing: 'does not exist',
  forbidden: 'may not be read by you; check its permissions',
  folder: 'is a folder, not a file',
  'link-loop': 'is a link that leads back to itself',
  'not-regular': 'is not a file of text',
  'too-large': 'is too large to be a config',
};

const WRITE_FAILURES: Readonly<Record<string, string>> = {
  ENOENT: 'cannot be written: its folder does not exist',
  ENOTDIR: 'cannot be written: its folder does not exist',
  EACCES: 'may not be written by you; check its permissions',
  EPERM: 'may not be written by you; check its permissions',
  EISDIR: 'is a folder, not a file',
  EROFS: 'is on a disk that cannot be written',
  ENOSPC: 'cannot be written: the disk is full',
};

/** What another program holds for a moment is waited for; who waits is a user. */
const MOST_WAIT_MS = 1_000;

export interface ConfigFileOptions {
  readonly mayBePipe?: boolean;
  readonly isPrivate?: boolean;
}

/** A config on disk: read whole, written atomically, watched. */
export class ConfigFile {
  /** Absolute. */
  readonly path: string;
  /** The text as its owner knows it; what differs from it on disk must not be written over. */
  #known: string | null = null;
  /** The text as last told to the owner, who may not have come to it yet. */
  #told: string | null = null;
  #watcher: FileWatcher | null = null;
  /** Reading for a change and saving one take turns: a read that crosses a save would take it for another's. */
  #turn: Promise<unknown> = Promise.resolve();

  readonly #mayBePipe: boolean;
  readonly #isPrivate: boolean;

  /**
   * @param mayBePipe whether a pipe is read like a file (`--config <(make-config)`); whoever opens one waits for its
   * writer
   * @param isPrivate whether nobody else may read it once it is saved; otherwise it keeps its mode, or gets the usual one
   */
  constructor(path: string, { mayBePipe = false, isPrivate = false }: ConfigFileOptions = {}) {
    this.path = resolve(path);
    this.#mayBePipe = mayBePipe;
    this.#isPrivate = isPrivate;
  }

  async load(): Promise<Result<string, string>> {
    const text = await this.#read();
    if (text.ok) this.acknowledge(text.value);
    return text;
  }

  /** Whether the file on disk still is what was last read or written here; one that is not there is. */
  async isUnchanged(): Promise<boolean> {
    if (await hasNoFile(this.path)) return true;
    const current = await this.#read();
    return current.ok && current.value === this.#known;
  }

  /** Why it may not be written, known before anything is changed; null where nothing speaks against it. */
  async refusal(): Promise<string | null> {
    const path = await realpath(this.path).catch(() => this.path);
    // A new file takes the place of the old one, so that both the file and its folder have a say.
    for (const one of [path, dirname(path)]) {
      try {
        await access(one, constants.W_OK);
      } catch (error) {
        if (codeOf(error) !== 'ENOENT') return this.#notWritten(error);
      }
    }
    return null;
  }

  /**
   * All or nothing: a crash leaves the old file or the new one. Mode and links are kept. What somebody else has written
   * meanwhile is not written over.
   */
  save(text: string): Promise<Result<null, string>> {
    return this.#inTurn(async () => {
      if (!(await this.isUnchanged())) return fail(`${this.path} was changed by another program meanwhile.`);
      try {
        const mode = this.#isPrivate ? { mode: 0o600 } : {};
        await writeFile(this.path, text, { timeout: MOST_WAIT_MS, ...mode });
        this.acknowledge(text);
        return ok(null);
      } catch (error) {
        return fail(this.#notWritten(error));
      }
    });
  }

  #notWritten(error: unknown): string {
    return `${this.path} ${explain(error, WRITE_FAILURES, 'cannot be written')}.`;
  }

  /** The owner has come to a change it was told of: from here on it may be written over. */
  acknowledge(text: string): void {
    this.#known = text;
    this.#told = text;
  }

  /** @param onChange called with the new text when somebody else has changed the file, or why it can't be read */
  watch(onChange: (read: Result<string, string>) => void): void {
    const watcher = new FileWatcher(this.path, () => void this.#report(watcher, onChange));
    this.#watcher = watcher;
    watcher.start();
  }

  async stop(): Promise<void> {
    this.#watcher?.stop();
    this.#watcher = null;
    await this.#turn;
  }

  #report(watcher: FileWatcher, onChange: (read: Result<string, string>) => void): Promise<void> {
    return this.#inTurn(async () => {
      const text = await this.#read();
      if (this.#watcher !== watcher || (text.ok && text.value === this.#told)) return;
      this.#told = text.ok ? text.value : null;
      onChange(text);
    });
  }

  async #read(): Promise<Result<string, string>> {
    const bytes = await readBytes(this.path, this.#mayBePipe);
    if (!bytes.ok) {
      const { trouble, cause } = bytes.error;
      return fail(
        `${this.path} ${trouble === 'unreadable' ? `cannot be read: ${cause}` : READ_WORDS[trouble]}.`,
      );
    }
    try {
      return ok(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes.value));
    } catch {
      return fail(`${this.path} is not UTF-8 text.`);
    }
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(work);
    this.#turn = result.catch(() => undefined);
    return result;
  }
}

async function readBytes(path: string, mayBePipe: boolean): ReturnType<typeof readRegularFile> {
  const isPipe =
    mayBePipe &&
    (await stat(path).then(
      (stats) => stats.isFIFO(),
      () => false,
    ));
  return isPipe ? readPipe(path) : readRegularFile(path, MAX_BYTES);
}

async function readPipe(path: string): ReturnType<typeof readRegularFile> {
  try {
    const handle = await open(path, constants.O_RDONLY);
    try {
      const bytes = await readAtMost(handle, MAX_BYTES + 1);
      return bytes.length > MAX_BYTES ? fail({ trouble: 'too-large', cause: '' }) : ok(bytes);
    } finally {
      await handle.close();
    }
  } catch (error) {
    return fail(failureOf(error));
  }
}

/** Nothing is there, or a folder: no text that could be lost. */
function hasNoFile(path: string): Promise<boolean> {
  return stat(path).then(
    (stats) => stats.isDirectory(),
    (error: unknown) => ['ENOENT', 'ENOTDIR'].includes(codeOf(error)),
  );
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

function explain(error: unknown, words: Readonly<Record<string, string>>, otherwise: string): string {
  return words[codeOf(error)] ?? `${otherwise}: ${error instanceof Error ? error.message : String(error)}`;
}
