import type { Fields } from '../message/fields.ts';
import type { MessageWriter } from '../message/message-writer.ts';
import { ReplayBuffer } from './replay-buffer.ts';

/** Bytes of a body kept so that the request can be sent again elsewhere. */
export const REPLAY_BYTES = 65_536;

/** The part of a request's body that has come so far, kept while it may be needed again. */
export class RequestBody {
  bytes = 0;
  isDone: boolean;
  /** Whether all of it so far is still at hand. */
  isReplayable = true;
  #trailers: Fields = [];
  #kept: ReplayBuffer | null = null;

  constructor(isDone: boolean) {
    this.isDone = isDone;
  }

  /** Whether a sender should wait until a backend takes what is kept. */
  get isFull(): boolean {
    return this.bytes > REPLAY_BYTES;
  }

  add(payload: Buffer): void {
    this.bytes += payload.length;
    if (!this.isReplayable) return;
    this.#kept ??= new ReplayBuffer();
    this.#kept.add(payload);
  }

  end(trailers: Fields): void {
    this.isDone = true;
    this.#trailers = trailers;
  }

  /** Sends what is kept so far, and the end when it has come; what is too much to keep is let go. */
  replay(writer: MessageWriter): void {
    this.#kept?.writeTo(writer);
    this.letGoIfFull();
    if (this.isDone) writer.end(this.#trailers);
    else writer.flush();
  }

  letGoIfFull(): void {
    if (this.isFull) this.letGo();
  }

  /** Nothing will be sent twice any more. */
  letGo(): void {
    this.isReplayable = this.bytes === 0;
    this.#kept = null;
  }
}
