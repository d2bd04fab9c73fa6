import { ChunkedDecoder } from './chunked-decoder.ts';
import type { Fields } from './fields.ts';
import type { Framing } from './framing.ts';
import type { Malformed } from './malformed.ts';

/** Takes the payload out of a body, in whatever pieces its bytes come. */
export interface BodyDecoder {
  /**
   * Reads on from `at`. Stops at the body's end, at the end of `bytes`, or at something malformed.
   *
   * @returns where it stopped: the first byte that is not part of the body
   */
  decode(bytes: Buffer, at: number, sink: BodySink): number;
  readonly isDone: boolean;
  readonly malformed: Malformed | null;
  /** What followed a chunked body; empty until done. */
  readonly trailers: Fields;
}

export interface BodySink {
  /** A slice of what was read; see `BytesTaker` for how long it stays what it is. */
  bodyData(payload: Buffer): void;
}

const NO_TRAILERS: Fields = [];

export function createBodyDecoder(framing: Framing): BodyDecoder {
  switch (framing.kind) {
    case 'none':
      return new LengthDecoder(0);
    case 'length':
      return new LengthDecoder(framing.length);
    case 'chunked':
      return new ChunkedDecoder();
    case 'until-close':
      return new LengthDecoder(Number.POSITIVE_INFINITY);
  }
}

/** A body of so many bytes; of infinitely many when only the connection's end ends it. */
class LengthDecoder implements BodyDecoder {
  readonly malformed = null;
  readonly trailers = NO_TRAILERS;
  #left: number;

  constructor(length: number) {
    this.#left = length;
  }

  get isDone(): boolean {
    return this.#left === 0;
  }

  decode(bytes: Buffer, at: number, sink: BodySink): number {
    const end = Math.min(bytes.length, at + this.#left);
    if (end === at) return at;
    this.#left -= end - at;
    sink.bodyData(at === 0 && end === bytes.length ? bytes : bytes.subarray(at, end));
    return end;
  }
}
