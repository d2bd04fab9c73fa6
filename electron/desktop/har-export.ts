import type { CommandFailure, HarExport } from '../../shared/calls/contract.ts';
import { fail, ok, type Result } from '../../shared/calls/result.ts';
import type { ExchangeDetail } from '../../shared/view/exchange-record.ts';
import type { ListenerSnapshot } from '../../shared/view/snapshot.ts';
import { writePrivateFile } from '../engine/system/private-files.ts';
import { harText } from './har-text.ts';

/** Asked for at a time: the engine has requests to serve meanwhile. */
const ASKED_AT_ONCE = 250;

export interface HarExportParts {
  /** Those of them that are still remembered, in their order. */
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
  const exchanges: ExchangeDetail[] = [];
  for (let from = 0; from < ids.length; from += ASKED_AT_ONCE) {
    const found = await parts.find(ids.slice(from, from + ASKED_AT_ONCE));
    if (!found.ok) return found;
    exchanges.push(...found.value);
  }
  const at = new Date(parts.now()).toISOString().slice(0, 19).replaceAll(':', '-');
  const path = await parts.choosePath(`switchyard-${at}.har`);
  if (path === null) return ok(null);
  const https = parts.listeners().filter(({ tls }) => tls !== null);
  const httpsListeners = new Set(https.map(({ name }) => name));
  try {
    await writePrivateFile(path, harText(exchanges, { version: parts.version, withSecrets, httpsListeners }));
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    return fail({ code: 'refused', message: `${path} could not be written: ${words}` });
  }
  return ok({ path, count: exchanges.length });
}
