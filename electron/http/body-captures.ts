import { BODY_KEPT, type CapturedBodies, type CapturedBody } from '../../shared/captured-body.ts';
import { EXCHANGES_KEPT } from '../../shared/exchange-record.ts';

/** Bytes, over all exchanges. */
const ALL_KEPT = 32 * 1_024 * 1_024;

/** The beginning of one side's body. */
class BodySide {
  bytes = 0;
  readonly #captures: BodyCaptures;
  readonly #chunks: Uint8Array[] = [];
  #isCut = false;

  constructor(captures: BodyCaptures) {
    this.#captures = captures;
  }

  /** Copies: what was read into is read into again. */
  add(payload: Buffer): void {
    if (this.#isCut) return;
    const wanted = Math.min(payload.length, BODY_KEPT - this.bytes);
    this.#isCut = wanted < payload.length;
    if (wanted === 0) return;
    if (!this.#captures.reserve(wanted)) {
      this.#isCut = true;
      return;
    }
    this.#chunks.push(Uint8Array.prototype.slice.call(payload, 0, wanted));
    this.bytes += wanted;
  }

  read(hasEnded: boolean): CapturedBody {
    // In memory of its own, since all that it shares would cross the thread with it.
    const bytes = new Uint8Array(this.bytes);
    let at = 0;
    for (const chunk of this.#chunks) {
      bytes.set(chunk, at);
      at += chunk.length;
    }
    return { bytes, isWhole: hasEnded && !this.#isCut };
  }
}

/** Both bodies of one exchange, while it goes on and afterwards. */
export class BodyCapture {
  readonly request: BodySide;
  readonly answer: BodySide;
  readonly #captures: BodyCaptures;
  #isRequestWhole = false;
  #isAnswerWhole = false;

  constructor(captures: BodyCaptures) {
    this.#captures = captures;
    this.request = new BodySide(captures);
    this.answer = new BodySide(captures);
  }

  /** The exchange is over: what was kept of it is found by its id from now on. */
  end(id: number, isRequestWhole: boolean, isAnswerWhole: boolean): void {
    this.#isRequestWhole = isRequestWhole;
    this.#isAnswerWhole = isAnswerWhole;
    this.#captures.add(id, this);
  }

  read(): CapturedBodies {
    return {
      request: this.request.read(this.#isRequestWhole),
      answer: this.answer.read(this.#isAnswerWhole),
    };
  }
}

/**
 * The beginnings of bodies, of exchanges with the pools it is switched on for. Bounded whatever comes: the oldest are
 * dropped for the newest, and where all are in use still, no more is kept. It only copies, and holds nothing up.
 */
export class BodyCaptures {
  readonly #limit: number;
  readonly #pools = new Set<string>();
  /** Of exchanges that have ended, oldest first. */
  readonly #ended = new Map<number, BodyCapture>();
  #bytes = 0;

  /** @param limit bytes over all exchanges */
  constructor(limit = ALL_KEPT) {
    this.#limit = limit;
  }

  /** Whether it is switched on for any pool. */
  get isOn(): boolean {
    return this.#pools.size > 0;
  }

  has(pool: string): boolean {
    return this.#pools.has(pool);
  }

  set(pool: string, isOn: boolean): void {
    if (isOn) this.#pools.add(pool);
    else this.#pools.delete(pool);
  }

  /** @returns null when it is off for this pool */
  begin(pool: string): BodyCapture | null {
    return this.#pools.has(pool) ? new BodyCapture(this) : null;
  }

  add(id: number, capture: BodyCapture): void {
    this.#ended.set(id, capture);
    if (this.#ended.size > EXCHANGES_KEPT) this.#dropOldest();
  }

  /** @returns whether there is room for so many bytes more; if so they are taken */
  reserve(bytes: number): boolean {
    while (this.#bytes + bytes > this.#limit) if (!this.#dropOldest()) return false;
    this.#bytes += bytes;
    return true;
  }

  find(id: number): CapturedBodies | null {
    return this.#ended.get(id)?.read() ?? null;
  }

  #dropOldest(): boolean {
    const [oldest] = this.#ended;
    if (!oldest) return false;
    const [id, { request, answer }] = oldest;
    this.#ended.delete(id);
    this.#bytes -= request.bytes + answer.bytes;
    return true;
  }
}
