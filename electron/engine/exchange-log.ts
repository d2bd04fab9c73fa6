import {
  EXCHANGES_KEPT,
  type ExchangeLine,
  type ExchangeRecord,
  LINES_A_BATCH,
  type LogBatch,
} from '../../shared/exchange-record.ts';
import { Ring } from '../stats/ring.ts';

/** The newest exchanges in full, and what a watcher has not been told of yet. */
export class ExchangeLog {
  readonly #records = new Ring<ExchangeRecord>(EXCHANGES_KEPT);
  #told = 0;

  push(record: ExchangeRecord): void {
    this.#records.push(record);
  }

  /** @returns undefined when it is too old, or never was */
  find(id: number): ExchangeRecord | undefined {
    return this.#records.all().find((record) => record.id === id);
  }

  newest(limit: number): readonly ExchangeRecord[] {
    return this.#records.all().slice(-limit);
  }

  /** Starts over: the newest are told now, `next` goes on from there. */
  begin(): readonly ExchangeLine[] {
    this.#told = this.#records.added;
    return this.newest(EXCHANGES_KEPT).map(toLine);
  }

  /** What has ended since `begin` or the last call. */
  next(): LogBatch {
    const ended = this.#records.added - this.#told;
    const fresh = this.#records.since(this.#told);
    this.#told = this.#records.added;
    const lines = thin(fresh).map(toLine);
    return { lines, skipped: ended - lines.length };
  }
}

/** As many as a batch may have: those that are worth a look, and of the others some, evenly spread. */
function thin(records: readonly ExchangeRecord[]): readonly ExchangeRecord[] {
  if (records.length <= LINES_A_BATCH) return records;
  const telling = evenly(records.filter(isTelling), LINES_A_BATCH);
  const plain = evenly(
    records.filter((record) => !isTelling(record)),
    LINES_A_BATCH - telling.length,
  );
  return [...telling, ...plain].sort((a, b) => a.id - b.id);
}

function isTelling({ status, attempts }: ExchangeRecord): boolean {
  return status === 0 || status >= 400 || attempts.length > 1;
}

function evenly<T>(all: readonly T[], most: number): readonly T[] {
  if (all.length <= most) return all;
  return all.filter(
    (_, index) => Math.floor((index * most) / all.length) !== Math.floor(((index + 1) * most) / all.length),
  );
}

function toLine({ attempts, unserved: _, ...line }: ExchangeRecord): ExchangeLine {
  return { ...line, tries: attempts.length };
}
