import type { ServerResponse } from 'node:http';
import type { EngineEvent } from '../../../shared/view/engine-event.ts';

export const MAX_STREAMS = 32;
/** A reader this far behind is cut off; what it has missed it gets when it comes back and says what it had last. */
const MAX_WAITING_BYTES = 256 * 1024;
/** As many as are remembered: a reader that waits for them longer than this is cut off too. */
const MAX_PENDING_EVENTS = 200;
/** Often enough that nothing between takes the connection for dead. */
const KEEP_ALIVE_MS = 15_000;

interface Reader {
  readonly response: ServerResponse;
  /** What has happened while it was looked up what the reader missed; null from then on. */
  pending: EngineEvent[] | null;
}

/** Tells readers what happens, as server-sent events (HTML Living Standard, section 9.2). */
export class EventStreams {
  readonly #readers = new Set<Reader>();
  #timer: NodeJS.Timeout | null = null;

  get isFull(): boolean {
    return this.#readers.size >= MAX_STREAMS;
  }

  /**
   * @param lastId of the last event the reader has had; null when it wants only what comes
   * @param remembered the events that are remembered, oldest first
   */
  async open(
    response: ServerResponse,
    lastId: number | null,
    remembered: () => Promise<readonly EngineEvent[]>,
  ): Promise<void> {
    const pending: EngineEvent[] = [];
    const reader: Reader = { response, pending };
    this.#readers.add(reader);
    response.on('close', () => this.#forget(reader));
    this.#timer ??= setInterval(() => this.#write(': still here\n\n'), KEEP_ALIVE_MS);
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    // Whoever waits for the head has it before the first event.
    response.write(': switchyard\n\n');
    if (lastId !== null) {
      const kept = await remembered();
      const newest = kept.at(-1)?.id ?? 0;
      // Events are numbered from 1 in each life: a number that is still to come is one of an earlier life.
      const missed = lastId > newest ? kept : kept.filter(({ id }) => id > lastId);
      const since = pending.filter(({ id }) => id > newest);
      response.write([...missed, ...since].map(frame).join(''));
    }
    reader.pending = null;
  }

  push(event: EngineEvent): void {
    for (const { pending, response } of this.#readers) {
      if (pending && pending.length >= MAX_PENDING_EVENTS) response.destroy();
      else pending?.push(event);
    }
    if (this.#readers.size > 0) this.#write(frame(event));
  }

  stop(): void {
    for (const { response } of this.#readers) response.end();
    this.#readers.clear();
    this.#rest();
  }

  #write(text: string): void {
    for (const { response, pending } of this.#readers) {
      if (response.writableLength > MAX_WAITING_BYTES) response.destroy();
      else if (pending === null) response.write(text);
    }
  }

  #forget(reader: Reader): void {
    this.#readers.delete(reader);
    if (this.#readers.size === 0) this.#rest();
  }

  #rest(): void {
    if (this.#timer) clearInterval(this.#timer);
    this.#timer = null;
  }
}

function frame(event: EngineEvent): string {
  return `id: ${event.id}\nevent: ${event.kind}\ndata: ${JSON.stringify(event)}\n\n`;
}
