import { createHash } from 'node:crypto';
import { realpath } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Config, PoolConfig } from '../../shared/config/config.ts';
import type { CommandToAllow } from '../../shared/config/config-document.ts';
import { AllowedHashes } from './allowed-hashes.ts';

/**
 * Which commands of configs the user has seen and allowed. A config is a file people send each other, so a command is
 * known by all that decides what would run: its words, its folder and its variables. What the words call, such as a
 * script, may change without a question.
 */
export class CommandTrust {
  readonly #allowed: AllowedHashes;

  /** @param path of the file that remembers them */
  constructor(path: string) {
    this.#allowed = new AllowedHashes(path);
  }

  /** The config with the allowed commands alone, each in the folder that was allowed. */
  async allowedOnly(config: Config, folder: string): Promise<Config> {
    const pools = await Promise.all(
      config.pools.map(async (pool): Promise<PoolConfig> => {
        if (pool.commands.length === 0) return pool;
        // A link in the path may lead elsewhere by the time the command starts again.
        const settled = await Promise.all(
          pool.commands.map(async (one) => ({ ...one, cwd: await settle(folder, one.cwd) })),
        );
        const known = await Promise.all(settled.map((one) => this.#allowed.has(hashOf(one))));
        return { ...pool, commands: settled.filter((_, index) => known[index]) };
      }),
    );
    return { ...config, pools };
  }

  /** The commands of a config that wait for the user's word. */
  async toAllow(config: Config, folder: string): Promise<readonly CommandToAllow[]> {
    const commands = await Promise.all(
      config.pools.flatMap((pool) =>
        pool.commands.map(async ({ name, command, instances, cwd, env }) => ({
          pool: pool.name,
          name,
          command,
          instances,
          cwd: await settle(folder, cwd),
          env,
        })),
      ),
    );
    const known = await Promise.all(commands.map((one) => this.#allowed.has(hashOf(one))));
    return commands.filter((_, index) => !known[index]);
  }

  /** Those very commands may run from now on, also after a restart. Rejects when that cannot be remembered. */
  allow(commands: readonly CommandToAllow[]): Promise<void> {
    return this.#allowed.add(commands.map(hashOf));
  }
}

/** The folder as it is, links followed; as it is written where there is none. */
function settle(folder: string, cwd: string): Promise<string> {
  const path = resolve(folder, cwd);
  return realpath(path).catch(() => path);
}

/** SHA-256 of all that decides what would run. */
export function hashOf({ command, cwd, env }: Pick<CommandToAllow, 'command' | 'cwd' | 'env'>): string {
  const variables = Object.entries(env).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256')
    .update(JSON.stringify([command, cwd, variables]))
    .digest('hex');
}
