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

/**
 * Takes the next request's head off what has come. What can never become one is refused as soon as it is seen.
 *
 * @returns null when more has to come
 */
export function takeRequest(pending: Buffer, limits: RequestLimits): TakenRequest | Malformed | null {
  // RFC 9112 section 2.2: an empty line before a request is passed over.
  const bytes = pending[0] === CR && pending[1] === LF ? pending.subarray(2) : pending;
  const end = findHeadEnd(bytes);
  if (end === -1 || end > limits.head)
    return bytes.length > limits.head ? tooLarge(bytes, limits) : checkBeginning(bytes);
  const text = bytes.toString('latin1', 0, end - 2);
  const head = parseRequestHead(text, limits);
  if (head instanceof Malformed) return head;
  return { head, text, rest: end === bytes.length ? null : bytes.subarray(end) };
}

function checkBeginning(bytes: Buffer): Malformed | null {
  const lineEnd = bytes.indexOf('\r\n');
  const line = lineEnd === -1 ? null : parseRequestLine(bytes.toString('latin1', 0, lineEnd), bytes.length);
  return checkPartialHead(bytes) ?? (line instanceof Malformed ? line : null);
}

/** RFC 9112 section 3: when it is the target that is too long, the client is told so. */
function tooLarge(bytes: Buffer, limits: RequestLimits): Malformed {
  const lineEnd = bytes.indexOf('\r\n');
  if (lineEnd === -1 || lineEnd > limits.head)
    return new Malformed('target-too-long', targetTooLong(limits.target));
  return new Malformed('head-too-large', headTooLarge(limits.head));
}
