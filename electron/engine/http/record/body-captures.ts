import { BODY_KEPT, type CapturedBodies, type CapturedBody } from '../../../../shared/view/captured-body.ts';
import { EXCHANGES_KEPT } from '../../../../shared/view/exchange-record.ts';

/** Bytes, over all exchanges. */
export const CAPTURED_BYTES = 32 * 1_024 * 1_024;

const NOTHING = new Uint8Array();

/** The beginning of one side's body. */
class BodySide {
  readonly #captures: BodyCaptures;
  #kept = NOTHING;
  /** What of that is filled. */
  #length = 0;
  #isCut = false;

  constructor(captures: BodyCaptures) {
    this.#captures = captures;
  }

  /** Bytes of memory it takes. */
  get room(): number {
    return this.#kept.length;
  }

  /** Copies: what was read into is read into again. */
  add(payload: Buffer): void {
    if (this.#isCut) return;
    const wanted = Math.min(payload.length, BODY_KEPT - this.#length);
    this.#isCut = wanted < payload.length;
    if (wanted === 0) return;
    if (!this.#makeRoom(this.#length + wanted)) {
      this.#isCut = true;
      return;
    }
    this.#kept.set(payload.subarray(0, wanted), this.#length);
    this.#length += wanted;
  }

  /** No more comes. */
  end(): void {
    if (this.#length === this.room) return;
    this.#captures.release(this.room - this.#length);
    this.#kept = this.#kept.slice(0, this.#length);
  }

  read(hasEnded: boolean): CapturedBody {
    // In memory of its own, since all that it shares would cross the thread with it.
    return { bytes: this.#kept.slice(0, this.#length), isWhole: hasEnded && !this.#isCut };
  }

  /** Twice as much each time: a piece of memory for each of a body that drips would take a hundred times what is in it. */
  #makeRoom(needed: number): boolean {
    if (needed <= this.room) return true;
    const room = Math.min(BODY_KEPT, Math.max(needed, 2 * this.room));
    if (!this.#captures.reserve(room - this.room)) return false;
    const kept = new Uint8Array(room);
    kept.set(this.#kept);
    this.#kept = kept;
    return true;
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
    this.request.end();
    this.answer.end();
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
  constructor(limit = CAPTURED_BYTES) {
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

  /** Gives back what was taken and not used. */
  release(bytes: number): void {
    this.#bytes -= bytes;
  }

  find(id: number): CapturedBodies | null {
    return this.#ended.get(id)?.read() ?? null;
  }

  #dropOldest(): boolean {
    const [oldest] = this.#ended;
    if (!oldest) return false;
    const [id, { request, answer }] = oldest;
    this.#ended.delete(id);
    this.#bytes -= request.room + answer.room;
    return true;
  }
}
