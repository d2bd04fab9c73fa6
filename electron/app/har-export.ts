import { writeFile } from 'node:fs/promises';
import type { CommandFailure, HarExport } from '../../shared/contract.ts';
import type { ExchangeDetail } from '../../shared/exchange-record.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { ListenerSnapshot } from '../../shared/snapshot.ts';
import { viewOf } from './body-view.ts';
import { harOf } from './har.ts';

export interface HarExportParts {
  /** Those that are still remembered, oldest first. */
  readonly find: (ids: readonly number[]) => Promise<Result<readonly ExchangeDetail[], CommandFailure>>;
  /** Asks the user where; null when they changed their mind. */
  readonly choosePath: (suggestion: string) => Promise<string | null>;
  readonly now: () => number;
  readonly version: string;
  readonly listeners: () => readonly ListenerSnapshot[];
}

/** Writes exchanges of the log to a file that the user chooses; null when they chose none. */
export async function exportHar(
  parts: HarExportParts,
  { ids, withSecrets }: { readonly ids: readonly number[]; readonly withSecrets: boolean },
): Promise<Result<HarExport | null, CommandFailure>> {
  // Before the dialog, while which the log goes on and forgets.
  const found = await parts.find(ids);
  if (!found.ok) return found;
  const at = new Date(parts.now()).toISOString().slice(0, 19).replaceAll(':', '-');
  const path = await parts.choosePath(`switchyard-${at}.har`);
  if (path === null) return ok(null);
  const https = parts.listeners().filter(({ tls }) => tls !== null);
  const httpsListeners = new Set(https.map(({ name }) => name));
  const views = await Promise.all(found.value.map(viewOf));
  const har = harOf(views, { version: parts.version, withSecrets, httpsListeners });
  try {
    await writeFile(path, JSON.stringify(har, null, 1));
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    return fail({ code: 'refused', message: `${path} could not be written: ${words}` });
  }
  return ok({ path, count: found.value.length });
}
