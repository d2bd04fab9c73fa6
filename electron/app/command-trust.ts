import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { writeFile } from 'atomically';
import { z } from 'zod';
import type { Config } from '../../shared/config.ts';
import type { CommandToAllow } from '../../shared/config-document.ts';

/** SHA-256, in hexadecimal. */
const allowedSchema = z.strictObject({ allowed: z.array(z.string().regex(/^[0-9a-f]{64}$/)) });

/**
 * Which commands of configs the user has seen and allowed. A config is a file people send each other, so a command is
 * known by all that decides what would run: its words, its folder and its variables.
 */
export class CommandTrust {
  readonly #path: string;
  #allowed: Promise<ReadonlySet<string>> | null = null;

  /** @param path of the file that remembers them */
  constructor(path: string) {
    this.#path = path;
  }

  /** The config with the allowed commands alone. */
  async allowedOnly(config: Config, folder: string): Promise<Config> {
    const allowed = await this.#load();
    const pools = config.pools.map((pool) => ({
      ...pool,
      commands: pool.commands.filter(({ command, cwd, env }) =>
        allowed.has(hashOf({ command, cwd: resolve(folder, cwd), env })),
      ),
    }));
    return { ...config, pools };
  }

  /** The commands of a config that wait for the user's word. */
  async toAllow(config: Config, folder: string): Promise<readonly CommandToAllow[]> {
    const allowed = await this.#load();
    return config.pools
      .flatMap((pool) =>
        pool.commands.map(({ name, command, instances, cwd, env }) => ({
          pool: pool.name,
          name,
          command,
          instances,
          cwd: resolve(folder, cwd),
          env,
        })),
      )
      .filter((one) => !allowed.has(hashOf(one)));
  }

  /** Those very commands may run from now on, also after a restart. */
  async allow(commands: readonly CommandToAllow[]): Promise<void> {
    const allowed = new Set([...(await this.#load()), ...commands.map(hashOf)]);
    // First: what cannot be remembered has not been allowed.
    await writeFile(this.#path, `${JSON.stringify({ allowed: [...allowed] })}\n`, { mode: 0o600 });
    this.#allowed = Promise.resolve(allowed);
  }

  /** What cannot be read allows nothing. */
  #load(): Promise<ReadonlySet<string>> {
    this.#allowed ??= readAllowed(this.#path).then((allowed) => new Set(allowed));
    return this.#allowed;
  }
}

async function readAllowed(path: string): Promise<readonly string[]> {
  const text = await readFile(path, 'utf8').catch(() => '{}');
  try {
    return allowedSchema.safeParse(JSON.parse(text)).data?.allowed ?? [];
  } catch {
    return [];
  }
}

function hashOf({ command, cwd, env }: Pick<CommandToAllow, 'command' | 'cwd' | 'env'>): string {
  const variables = Object.entries(env).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256')
    .update(JSON.stringify([command, cwd, variables]))
    .digest('hex');
}
