import { writeFile } from 'atomically';
import { z } from 'zod';
import { Turns } from '../../shared/calls/turns.ts';
import { readRegularFile } from '../engine/system/regular-file.ts';

const MAX_BYTES = 16 * 1024 * 1024;

/** SHA-256, in hexadecimal. */
const fileSchema = z.strictObject({ allowed: z.array(z.string().regex(/^[0-9a-f]{64}$/)) });

/** What the user has allowed, remembered by its hash in a file of the user alone. A file that cannot be read allows nothing. */
export class AllowedHashes {
  readonly #path: string;
  #allowed: Promise<ReadonlySet<string>> | null = null;
  readonly #turns = new Turns();

  constructor(path: string) {
    this.#path = path;
  }

  async has(hash: string): Promise<boolean> {
    return (await this.#load()).has(hash);
  }

  /** Resolves once they are on disk. Rejects, and allows nothing, when they cannot be written. */
  add(hashes: readonly string[]): Promise<void> {
    return this.#turns.take(async () => {
      const before = await this.#load();
      if (hashes.every((hash) => before.has(hash))) return;
      const allowed = new Set([...before, ...hashes]);
      // First: what cannot be remembered has not been allowed.
      await writeFile(this.#path, `${JSON.stringify({ allowed: [...allowed] })}\n`, { mode: 0o600 });
      this.#allowed = Promise.resolve(allowed);
    });
  }

  #load(): Promise<ReadonlySet<string>> {
    this.#allowed ??= read(this.#path).then((allowed) => new Set(allowed));
    return this.#allowed;
  }
}

async function read(path: string): Promise<readonly string[]> {
  const bytes = await readRegularFile(path, MAX_BYTES);
  try {
    return bytes.ok
      ? (fileSchema.safeParse(JSON.parse(bytes.value.toString('utf8'))).data?.allowed ?? [])
      : [];
  } catch {
    return [];
  }
}
