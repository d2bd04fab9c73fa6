import {
  EXCHANGES_KEPT,
  type ExchangeDetail,
  type ExchangeLine,
  type ExchangeRecord,
  LINES_A_BATCH,
  type LogBatch,
} from '../../../shared/view/exchange-record.ts';
import { isTelling } from '../http/exchange/telling.ts';
import type { BodyCaptures } from '../http/record/body-captures.ts';
import { type HeadTape, NO_HEADS } from '../http/record/head-tape.ts';
import type { EndedExchange } from '../http/record/observer.ts';
import type { PickTape } from '../pool/pick-tape.ts';
import { Ring } from '../stats/ring.ts';

/** The newest exchanges in full, and what a watcher has not been told of yet. */
export class ExchangeLog {
  readonly #ended = new Ring<EndedExchange>(EXCHANGES_KEPT);
  readonly #tape: PickTape;
  readonly #heads: HeadTape;
  readonly #bodies: BodyCaptures;
  /** Who waits for the next exchange of a connection, by the client's port. */
  readonly #awaited = new Map<number, (id: number) => void>();
  #told = 0;

  constructor(tape: PickTape, heads: HeadTape, bodies: BodyCaptures) {
    this.#tape = tape;
    this.#heads = heads;
    this.#bodies = bodies;
  }

  push(exchange: EndedExchange): void {
    this.#ended.push(exchange);
    if (this.#awaited.size > 0) this.#awaited.get(exchange.clientPort)?.(exchange.id);
  }

  /** Told once of the exchange that ends next on a connection. @returns takes it back */
  awaitEnd(clientPort: number, onEnd: (id: number) => void): () => void {
    const cancel = () => this.#awaited.delete(clientPort);
    this.#awaited.set(clientPort, (id) => {
      cancel();
      onEnd(id);
    });
    return cancel;
  }

  /** @returns undefined when it is too old, or never was */
  find(id: number): ExchangeDetail | undefined {
    return this.findAll(new Set([id]))[0];
  }

  /** Those of them that are still here, oldest first. */
  findAll(ids: ReadonlySet<number>): readonly ExchangeDetail[] {
    return this.#ended
      .all()
      .filter(({ id }) => ids.has(id))
      .map((one) => ({
        ...this.#recordOf(one),
        heads: this.#heads.read(one.heads),
        bodies: this.#bodies.find(one.id),
      }));
  }

  /** As they ended, oldest first. */
  ended(): readonly EndedExchange[] {
    return this.#ended.all();
  }

  newest(limit: number): readonly ExchangeRecord[] {
    return this.#ended
      .all()
      .slice(-limit)
      .map((one) => this.#recordOf(one));
  }

  /** Starts over: the newest are told now, `next` goes on from there. */
  begin(): readonly ExchangeLine[] {
    this.#told = this.#ended.added;
    return this.#ended.all().map(toLine);
  }

  /** What has ended since `begin` or the last call. */
  next(): LogBatch {
    const ended = this.#ended.added - this.#told;
    const fresh = this.#ended.since(this.#told);
    this.#told = this.#ended.added;
    const lines = thin(fresh).map(toLine);
    return { lines, skipped: ended - lines.length };
  }

  #recordOf({ attempts, unserved, heads: _, ...rest }: EndedExchange): ExchangeRecord {
    const explain = (pick: number) => this.#tape.read(pick);
    return {
      ...rest,
      attempts: attempts.map((attempt) => ({ ...attempt, why: explain(attempt.why) })),
      unserved: explain(unserved),
    };
  }
}

/** As many as a batch may have: those that are worth a look, and of the others some, evenly spread. */
function thin(ended: readonly EndedExchange[]): readonly EndedExchange[] {
  if (ended.length <= LINES_A_BATCH) return ended;
  const isWorthALook = ({ status, attempts }: EndedExchange) => isTelling(status, attempts.length);
  const telling = known(ended.filter(isWorthALook), LINES_A_BATCH);
  const plain = known(
    ended.filter((one) => !isWorthALook(one)),
    LINES_A_BATCH - telling.length,
  );
  return [...telling, ...plain].sort((a, b) => a.id - b.id);
}

/** So many of them, of those whose heads were kept where there are enough. */
function known(all: readonly EndedExchange[], most: number): readonly EndedExchange[] {
  const withHeads = all.filter(({ heads }) => heads !== NO_HEADS);
  return evenly(withHeads.length >= most ? withHeads : all, most);
}

function evenly<T>(all: readonly T[], most: number): readonly T[] {
  if (all.length <= most) return all;
  return all.filter(
    (_, index) => Math.floor((index * most) / all.length) !== Math.floor(((index + 1) * most) / all.length),
  );
}

function toLine({ attempts, refusal, unserved: _, heads: __, ...line }: EndedExchange): ExchangeLine {
  return { ...line, tries: attempts.length, refused: refusal?.code ?? null };
}
