import { CR, LF } from './grammar.ts';
import { checkPartialHead, findHeadEnd } from './head-reader.ts';
import { Malformed } from './malformed.ts';
import { type HeadLimits, parseRequestHead, parseRequestLine, type RequestHead } from './request-head.ts';
import { headTooLarge, targetTooLong } from './request-limits.ts';

export interface RequestLimits extends HeadLimits {
  /** Bytes. */
  readonly head: number;
}

/** A head, and the bytes after it; null when there are none. */
export interface TakenRequest {
  readonly head: RequestHead;
  /** The head as it came, without its empty line; latin1. */
  readonly text: string;
  readonly rest: Buffer | null;
}

/** How much of a head that comes in pieces has been looked at, so that no piece makes all before it be read again. */
export class HeadProgress {
  /** Bytes. */
  checked = 0;
  /** Whether the first line was among them. */
  hasLine = false;

  /** The next head begins. */
  reset(): void {
    this.checked = 0;
    this.hasLine = false;
  }
}

/**
 * Takes the next request's head off what has come. What can never become one is refused as soon as it is seen.
 *
 * @param progress of this head; `pending` has grown at its end only since it was last given
 * @returns null when more has to come
 */
export function takeRequest(
  pending: Buffer,
  limits: RequestLimits,
  progress: HeadProgress,
): TakenRequest | Malformed | null {
  // RFC 9112 section 2.2: an empty line before a request is passed over.
  const bytes = pending[0] === CR && pending[1] === LF ? pending.subarray(2) : pending;
  // The empty line may have come to light only now: less has been checked then than it seems, never more.
  const checked = Math.max(0, progress.checked - (pending.length - bytes.length));
  const end = findHeadEnd(bytes, checked);
  if (end === -1 || end > limits.head)
    return bytes.length > limits.head ? tooLarge(bytes, limits) : checkBeginning(bytes, checked, progress);
  const text = bytes.toString('latin1', 0, end - 2);
  const head = parseRequestHead(text, limits);
  if (head instanceof Malformed) return head;
  return { head, text, rest: end === bytes.length ? null : bytes.subarray(end) };
}

function checkBeginning(bytes: Buffer, checked: number, progress: HeadProgress): Malformed | null {
  const lineEnd = progress.hasLine ? -1 : bytes.indexOf('\r\n', Math.max(0, checked - 1));
  const line = lineEnd === -1 ? null : parseRequestLine(bytes.toString('latin1', 0, lineEnd), bytes.length);
  progress.checked = bytes.length;
  progress.hasLine ||= lineEnd !== -1;
  return checkPartialHead(bytes, checked) ?? (line instanceof Malformed ? line : null);
}

/** RFC 9112 section 3: when it is the target that is too long, the client is told so. */
function tooLarge(bytes: Buffer, limits: RequestLimits): Malformed {
  const lineEnd = bytes.indexOf('\r\n');
  if (lineEnd === -1 || lineEnd > limits.head)
    return new Malformed('target-too-long', targetTooLong(limits.target));
  return new Malformed('head-too-large', headTooLarge(limits.head));
}
