/** Bytes kept of one body. */
export const BODY_KEPT = 65_536;

/** What was kept of one side's body, as it came, decoded of its framing only. */
export interface CapturedBody {
  readonly bytes: Uint8Array;
  /** Whether it is all there was, and the message came to its end. */
  readonly isWhole: boolean;
}

export interface CapturedBodies {
  readonly request: CapturedBody;
  readonly answer: CapturedBody;
}

/** A body as people read it. */
export interface BodyView extends CapturedBody {
  /** What its Content-Encoding says, in the order applied: `gzip`. */
  readonly codings: readonly string[];
  /** With the codings undone, as far as the bytes go; null when there are none, or they could not be. */
  readonly decoded: Uint8Array | null;
}
