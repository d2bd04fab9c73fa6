import { existsSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { ok, type Result } from '../../shared/calls/result.ts';
import type { ConfigFailure } from '../../shared/config/config-document.ts';
import { ConfigFile } from '../services/config/config-file.ts';
import { changedOnDisk, notSaved } from './config-failures.ts';
import { keepAside } from './keep-aside.ts';

/** The file in use, another one, or the user's own. */
export type WantedPlace = ConfigFile | 'in-use' | 'own';

/** Where a text is to be written. */
export interface SaveTarget {
  /** Null for the demo, which is in no file. */
  readonly file: ConfigFile | null;
  /** Whether it is the user's own, where what stands there already is kept aside. */
  readonly isOwn: boolean;
  /** What its commands would start from. */
  readonly folder: string;
}

/** The file the config is in; none while the demo runs. */
export class ConfigPlace {
  readonly #defaultPath: string;
  readonly #onOpened: (path: string) => void;
  #file: ConfigFile | null = null;

  /**
   * @param defaultPath of the user's own config
   * @param onOpened a file is the one from here on
   */
  constructor(defaultPath: string, onOpened: (path: string) => void) {
    this.#defaultPath = defaultPath;
    this.#onOpened = onOpened;
  }

  get file(): ConfigFile | null {
    return this.#file;
  }

  get hasOwn(): boolean {
    return existsSync(this.#defaultPath);
  }

  /** What commands start from, and certificates. */
  get folder(): string {
    return this.folderOf(this.#file);
  }

  folderOf(file: ConfigFile | null): string {
    return dirname(file?.path ?? this.#defaultPath);
  }

  /** The user's own. */
  ownFile(): ConfigFile {
    return new ConfigFile(this.#defaultPath, { isPrivate: true });
  }

  /** Another file to write to. What stands there and cannot be read is nobody's text to write over. */
  async fileAt(path: string): Promise<Result<ConfigFile, string>> {
    const file = new ConfigFile(path);
    const before = await file.load();
    return before.ok || (await file.isUnchanged()) ? ok(file) : before;
  }

  /** @param leavesDemo whether the text is the first that does without the demo, and has no file yet */
  targetOf(place: WantedPlace, leavesDemo: boolean): SaveTarget {
    const isOwn = place === 'own' || (place === 'in-use' && leavesDemo);
    const named = place === 'in-use' || place === 'own' ? this.#file : place;
    const file = isOwn ? this.ownFile() : named;
    return { file, isOwn, folder: this.folderOf(file) };
  }

  /** Why nothing may be written there, found out before anything is in force; null where it may. */
  async refusal({ file, isOwn }: SaveTarget): Promise<ConfigFailure | null> {
    if (file && !isOwn && !(await file.isUnchanged())) return changedOnDisk(file.path, []);
    const refusal = await file?.refusal();
    return refusal ? notSaved(refusal) : null;
  }

  /** Another file from here on. @param onRead told what another program has written to it */
  async adopt(file: ConfigFile, onRead: (read: Result<string, string>) => void): Promise<void> {
    await this.#file?.stop();
    this.#file = file;
    if (existsSync(file.path)) this.#onOpened(file.path);
    file.watch(onRead);
  }

  /** From here on it is in no file. */
  async leave(): Promise<void> {
    await this.#file?.stop();
    this.#file = null;
  }

  /** Nothing on disk has changed when this fails. */
  async save(text: string, { file, isOwn }: SaveTarget): Promise<Result<null, string>> {
    if (!file) return ok(null);
    const kept = isOwn ? await keepAside(this.#defaultPath) : null;
    const saved = await file.save(text);
    if (!saved.ok && kept !== null) await rename(kept, this.#defaultPath);
    return saved;
  }

  async stop(): Promise<void> {
    await this.#file?.stop();
  }
}
