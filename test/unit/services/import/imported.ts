import { expect } from 'vitest';
import { parseConfig } from '../../../../electron/services/config/parse.ts';
import { importConfig } from '../../../../electron/services/import/import-config.ts';
import type { Config, PoolConfig } from '../../../../shared/config/config.ts';
import type { ImportKind } from '../../../../shared/config/import-review.ts';

export interface ReadBack {
  readonly config: Config;
  readonly text: string;
  /** `12: words`, or the words alone. */
  readonly notes: readonly string[];
}

/** What a file comes to, read back as the config it is. */
export function imported(kind: ImportKind, text: string, folder: string | null = null): ReadBack {
  const result = importConfig({ kind, name: `a-${kind}`, text, folder });
  if (!result.ok) throw new Error(result.error.message);
  const config = parseConfig(result.value.text);
  if (!config.ok) throw new Error(config.error.map(({ message }) => message).join('\n'));
  const notes = result.value.notes.map(({ line, words }) => (line === null ? words : `${line}: ${words}`));
  return { config: config.value, text: result.value.text, notes };
}

/** Why a file cannot be taken over. */
export function refused(kind: ImportKind, text: string): string {
  const result = importConfig({ kind, name: `a-${kind}`, text, folder: null });
  expect(result.ok).toBe(false);
  return result.ok ? '' : result.error.message;
}

export function poolOf(config: Config, name: string): PoolConfig {
  const pool = config.pools.find((one) => one.name === name);
  if (!pool) throw new Error(`no pool ${name} among ${config.pools.map((one) => one.name).join(', ')}`);
  return pool;
}

export function urlsOf(pool: PoolConfig): readonly string[] {
  return pool.backends.map(({ origin }) => origin.url);
}
