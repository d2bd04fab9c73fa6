import type { BodyDecoder, BodySink } from './body-decoder.ts';
import { type Fields, parseFields } from './fields.ts';
import { CR, FIELD_VALUE, HEX_VALUE, LF } from './grammar.ts';
import { Malformed } from './malformed.ts';

/** 12 hexadecimal digits stay below 2^53. */
const MAX_SIZE_DIGITS = 12;
const MAX_EXTENSION_BYTES = 256;
export const MAX_TRAILER_BYTES = 8_192;
export const MAX_TRAILER_LINES = 64;
const SEMICOLON = 0x3b;

type State = 'size' | 'extension' | 'size-lf' | 'data' | 'data-cr' | 'data-lf' | 'trailers' | 'done';

/**
 * RFC 9112 section 7.1, strictly: a size of plain hexadecimal digits straight before `;` or CRLF, CRLF after
 * every chunk, trailers held to the rules of header lines. Extensions are read over, never passed on.
 */
export class ChunkedDecoder implements BodyDecoder {
  malformed: Malformed | null = null;
  trailers: Fields = [];
  #state: State = 'size';
  #size = 0;
  #digits = 0;
  #extensionBytes = 0;
  /** Of pieces that were read before. */
  #trailerText = '';
  #trailerBytes = 0;
  /** Of the line it is at. */
  #lineBytes = 0;
  #isAfterCr = false;

  get isDone(): boolean {
    return this.#state === 'done';
  }

  decode(bytes: Buffer, from: number, sink: BodySink): number {
    let at = from;
    while (at < bytes.length && this.#state !== 'done' && this.malformed === null) {
      if (this.#state === 'data') {
        const end = Math.min(bytes.length, at + this.#size);
        this.#size -= end - at;
        sink.bodyData(bytes.subarray(at, end));
        at = end;
        if (this.#size === 0) this.#state = 'data-cr';
      } else if (this.#state === 'trailers') {
        at = this.#readTrailers(bytes, at);
      } else {
        this.#step(bytes[at++] ?? 0);
      }
    }
    return at;
  }

  #step(byte: number): void {
    switch (this.#state) {
      case 'size':
        this.#sizeByte(byte);
        break;
      case 'extension':
        this.#extensionByte(byte);
        break;
      case 'size-lf':
        this.#digits = 0;
        this.#expect(byte, LF, this.#size === 0 ? 'trailers' : 'data');
        break;
      case 'data-cr':
        this.#expect(byte, CR, 'data-lf');
        break;
      case 'data-lf':
        this.#expect(byte, LF, 'size');
        break;
    }
  }

  #expect(byte: number, wanted: number, next: State): void {
    if (byte === wanted) this.#state = next;
    else this.#refuse('A chunk, or its size, is not followed by CRLF where its length ends.');
  }

  #sizeByte(byte: number): void {
    const digit = HEX_VALUE[byte] ?? 255;
    if (digit !== 255) {
      this.#size = this.#size * 16 + digit;
      if (++this.#digits > MAX_SIZE_DIGITS) this.#refuse('A chunk size has too many digits.');
    } else if (this.#digits === 0) {
      this.#refuse('A chunk has no size.');
    } else if (byte === CR) {
      this.#state = 'size-lf';
    } else if (byte === SEMICOLON) {
      this.#state = 'extension';
      this.#extensionBytes = 0;
    } else {
      this.#refuse('A chunk size is not a plain hexadecimal number.');
    }
  }

  #extensionByte(byte: number): void {
    if (byte === CR) this.#state = 'size-lf';
    else if (FIELD_VALUE[byte] !== 1) this.#refuse('A chunk extension has a control character in it.');
    else if (++this.#extensionBytes > MAX_EXTENSION_BYTES) this.#refuse('A chunk extension is too long.');
  }

  /** @returns where it stopped: behind the empty line that ends them, behind what is wrong, or at the end of the bytes */
  #readTrailers(bytes: Buffer, from: number): number {
    let at = from;
    while (at < bytes.length) {
      const byte = bytes[at++] ?? 0;
      this.#lineBytes++;
      if (++this.#trailerBytes > MAX_TRAILER_BYTES) {
        this.#refuse('The trailers are too long.');
        return at;
      }
      if (byte === LF) {
        if (!this.#isAfterCr) {
          this.#refuse('A trailer line does not end with CRLF.');
          return at;
        }
        if (this.#lineBytes === 2) {
          // The CR of the empty line may have come in the piece before.
          const text = this.#trailerText + bytes.toString('latin1', from, at);
          this.#finish(parseFields(text.slice(0, -2), 0, MAX_TRAILER_LINES));
          return at;
        }
        this.#lineBytes = 0;
      }
      this.#isAfterCr = byte === CR;
    }
    this.#trailerText += bytes.toString('latin1', from, at);
    return at;
  }

  #finish(trailers: Fields | Malformed): void {
    if (trailers instanceof Malformed) {
      this.malformed = trailers;
    } else {
      this.trailers = trailers;
      this.#state = 'done';
    }
  }

  #refuse(words: string): void {
    this.malformed = new Malformed('bad-chunk', words);
  }
}
