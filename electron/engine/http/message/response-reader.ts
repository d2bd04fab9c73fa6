import { checkStatusLineStart } from './foreign-bytes.ts';
import { findHeadEnd } from './head-reader.ts';
import { checkPartialResponse, repairHead } from './lenient-head.ts';
import { Malformed } from './malformed.ts';
import { parseResponseHead, type ResponseHead } from './response-head.ts';

/** Bytes. A response's head may be larger than a request's: cookies and policies add up. */
export const MAX_RESPONSE_HEAD = 65_536;
export const MAX_RESPONSE_LINES = 512;

/** A head, and where its bytes end, after its empty line. */
export interface TakenResponse {
  readonly head: ResponseHead;
  readonly end: number;
}

/**
 * Takes a response's head off what has come. What can never become one is refused as soon as it is seen.
 *
 * @param checked how many of the bytes were looked at before, without finding the end of a head
 * @param method of the request
 * @returns null when more has to come
 */
export function takeResponse(
  bytes: Buffer,
  checked: number,
  method: string,
): TakenResponse | Malformed | null {
  const end = findHeadEnd(bytes, checked);
  const isWhole = end !== -1 && end <= MAX_RESPONSE_HEAD;
  const head = isWhole
    ? parseResponseHead(bytes.toString('latin1', 0, end - 2), method, MAX_RESPONSE_LINES)
    : null;
  if (head !== null && !(head instanceof Malformed)) return { head, end };
  const repaired = repairHead(bytes, checked, method, {
    bytes: MAX_RESPONSE_HEAD,
    lines: MAX_RESPONSE_LINES,
  });
  if (repaired !== null || head !== null) return repaired ?? head;
  if (bytes.length > MAX_RESPONSE_HEAD) return new Malformed('head-too-large', 'Its head is too large.');
  return checkStatusLineStart(bytes) ?? checkPartialResponse(bytes, checked);
}
