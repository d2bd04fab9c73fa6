import type { ExchangeLine } from '../../../shared/view/exchange-record.ts';
import { requestName } from './request-name.ts';

export interface LogFilter {
  /** Looked for in the method, the path, the status, the backend, the client and why Switchyard refused it. */
  readonly text: string;
  readonly outcome: 'all' | 'failed' | 'retried';
  /** Null for all. */
  readonly backend: string | null;
}

export const NO_FILTER: LogFilter = { text: '', outcome: 'all', backend: null };

/** The lines that pass all of it: every word of the text, in any field. */
export function filterLines(lines: readonly ExchangeLine[], filter: LogFilter): readonly ExchangeLine[] {
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0 && filter.outcome === 'all' && filter.backend === null) return lines;
  return lines.filter((line) => {
    if (filter.backend !== null && line.backend !== filter.backend) return false;
    if (filter.outcome === 'failed' && !hasFailed(line)) return false;
    if (filter.outcome === 'retried' && line.tries < 2) return false;
    if (words.length === 0) return true;
    const text =
      `${requestName(line)} ${line.status} ${line.backend ?? ''} ${line.client} ${line.refused ?? ''}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** Whether the client got an error, or nothing. */
export function hasFailed({ status }: Pick<ExchangeLine, 'status'>): boolean {
  return status === 0 || status >= 400;
}
