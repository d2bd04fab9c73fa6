import { EXCHANGES_KEPT, type ExchangeLine, type LogBatch } from '../../shared/view/exchange-record.ts';

/** The log as the window has it. */
export interface RequestLog {
  /** Oldest first, as many as the engine remembers. */
  readonly lines: readonly ExchangeLine[];
  /** The last second's batches, so that it can be said when not all requests are shown. */
  readonly recent: readonly { readonly shown: number; readonly skipped: number }[];
}

export const EMPTY_LOG: RequestLog = { lines: [], recent: [] };

/** Four batches are a second. */
const BATCHES_A_SECOND = 4;

export function addToLog(log: RequestLog, { lines, skipped }: LogBatch): RequestLog {
  const recent = [...log.recent, { shown: lines.length, skipped }].slice(-BATCHES_A_SECOND);
  const [first] = lines;
  if (!first) return { ...log, recent };
  // An engine that was restarted counts anew, and has forgotten what is on screen.
  const isSameEngine = first.id > (log.lines.at(-1)?.id ?? 0);
  const kept = isSameEngine ? log.lines : [];
  return { lines: [...kept, ...lines].slice(-EXCHANGES_KEPT), recent };
}

/** What was shown and what there was in the last second; null when all of it was shown. */
export function thinned({ recent }: RequestLog): { readonly shown: number; readonly all: number } | null {
  const shown = recent.reduce((sum, one) => sum + one.shown, 0);
  const skipped = recent.reduce((sum, one) => sum + one.skipped, 0);
  return skipped === 0 ? null : { shown, all: shown + skipped };
}
