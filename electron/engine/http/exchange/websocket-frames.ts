import { randomBytes } from 'node:crypto';

/** RFC 6455 section 7.4.1: an endpoint is going away. */
const GOING_AWAY = 1_001;
const CLOSE_OPCODE = 8;
/** FIN and the opcode of a close frame. */
const CLOSE_BYTE = 0x80 | CLOSE_OPCODE;
const MASKED = 0x80;
/** Bytes: a control frame carries 125, two of them are the code (section 5.5). */
const MOST_REASON = 123;

/** Follows the frames of one direction of a WebSocket (RFC 6455 section 5.2), to know where a frame may be put in. */
export class FramePosition {
  /** Set once a close frame has begun: no frame may follow it. */
  isClosing = false;
  readonly #header = new Uint8Array(14);
  #headerLength = 0;
  #payloadLeft = 0;

  /** Whether what has passed so far ends with a frame. */
  get isBetweenFrames(): boolean {
    return this.#headerLength === 0 && this.#payloadLeft === 0;
  }

  pass(bytes: Uint8Array): void {
    let at = 0;
    while (at < bytes.length) {
      if (this.#payloadLeft > 0) {
        const part = Math.min(this.#payloadLeft, bytes.length - at);
        this.#payloadLeft -= part;
        at += part;
      } else {
        this.#header[this.#headerLength++] = bytes[at++] ?? 0;
        if (this.#headerLength >= 2 && this.#headerLength === this.#wantedHeader()) this.#begin();
      }
    }
  }

  #wantedHeader(): number {
    const second = this.#header[1] ?? 0;
    const length = second & 0x7f;
    return 2 + (length === 126 ? 2 : length === 127 ? 8 : 0) + (second >= MASKED ? 4 : 0);
  }

  #begin(): void {
    const length = (this.#header[1] ?? 0) & 0x7f;
    const bytes = length === 126 ? 2 : length === 127 ? 8 : 0;
    let payload = bytes === 0 ? length : 0;
    for (let at = 2; at < 2 + bytes; at++) payload = payload * 256 + (this.#header[at] ?? 0);
    this.#payloadLeft = payload;
    this.#headerLength = 0;
    this.isClosing ||= ((this.#header[0] ?? 0) & 0x0f) === CLOSE_OPCODE;
  }
}

/**
 * A close frame that says 1001, going away.
 *
 * @param reason ASCII, cut after 123 characters
 * @param isMasked as the frames of a client are (RFC 6455 section 5.3)
 */
export function goingAwayFrame(reason: string, isMasked: boolean): Buffer {
  const words = reason.slice(0, MOST_REASON);
  const payload = Buffer.alloc(2 + words.length);
  payload.writeUInt16BE(GOING_AWAY, 0);
  payload.write(words, 2, 'latin1');
  if (!isMasked) return Buffer.concat([Buffer.from([CLOSE_BYTE, payload.length]), payload]);
  const mask = randomBytes(4);
  for (let at = 0; at < payload.length; at++) payload[at] = (payload[at] ?? 0) ^ (mask[at % 4] ?? 0);
  return Buffer.concat([Buffer.from([CLOSE_BYTE, MASKED | payload.length]), mask, payload]);
}
