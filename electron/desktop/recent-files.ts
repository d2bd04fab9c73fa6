import { readFile, stat } from 'node:fs/promises';
import { writeFile } from 'atomically';
import { z } from 'zod';
import { Turns } from '../../shared/calls/turns.ts';
import type { RecentFile } from '../../shared/config/config-document.ts';

const MAX_FILES = 10;

const recentSchema = z.strictObject({ files: z.array(z.string().min(1).max(4_096)).max(100) });

/** The configs that were open last, the newest first, remembered over restarts. */
export class RecentFiles {
  readonly #path: string;
  readonly #onChange: (files: readonly string[]) => void;
  #files: readonly string[] | null = null;
  /** One change at a time: each is written over the one before. */
  readonly #turns = new Turns();

  /**
   * @param path of the file that remembers them
   * @param onChange for the menu, which shows them too
   */
  constructor(path: string, onChange: (files: readonly string[]) => void) {
    this.#path = path;
    this.#onChange = onChange;
  }

  /** Tells what is remembered from earlier. */
  async start(): Promise<void> {
    this.#onChange(await this.#load());
  }

  /** Ends when all of it is written. */
  async stop(): Promise<void> {
    await this.#turns.over();
  }

  /** Those that are not there any more are named as such: a disk may come back. */
  async list(): Promise<readonly RecentFile[]> {
    await this.#turns.over();
    const files = await this.#load();
    return Promise.all(files.map(async (path) => ({ path, isMissing: await isMissing(path) })));
  }

  async has(path: string): Promise<boolean> {
    await this.#turns.over();
    return (await this.#load()).includes(path);
  }

  add(path: string): Promise<void> {
    return this.#change((files) => [path, ...files.filter((one) => one !== path)].slice(0, MAX_FILES));
  }

  remove(path: string): Promise<void> {
    return this.#change((files) => files.filter((one) => one !== path));
  }

  /** A list that cannot be kept is no reason to bother anybody. */
  #change(make: (files: readonly string[]) => readonly string[]): Promise<void> {
    return this.#turns.take(async () => {
      const files = make(await this.#load());
      this.#files = files;
      this.#onChange(files);
      await writeFile(this.#path, `${JSON.stringify({ files })}\n`, { mode: 0o600 }).catch(() => undefined);
    });
  }

  async #load(): Promise<readonly string[]> {
    this.#files ??= await readFiles(this.#path);
    return this.#files;
  }
}

/** What cannot be read is as if nothing had ever been opened. */
async function readFiles(path: string): Promise<readonly string[]> {
  const text = await readFile(path, 'utf8').catch(() => '{}');
  try {
    return (recentSchema.safeParse(JSON.parse(text)).data?.files ?? []).slice(0, MAX_FILES);
  } catch {
    return [];
  }
}

function isMissing(path: string): Promise<boolean> {
  return stat(path).then(
    (stats) => !stats.isFile(),
    () => true,
  );
}
