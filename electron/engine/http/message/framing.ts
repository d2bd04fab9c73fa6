import { Malformed } from './malformed.ts';

/** How a body's end is found (RFC 9112 section 6.3). */
export type Framing =
  | { readonly kind: 'none' }
  | { readonly kind: 'length'; readonly length: number }
  | { readonly kind: 'chunked' }
  | { readonly kind: 'until-close' };

export const NO_BODY: Framing = { kind: 'none' };
export const CHUNKED: Framing = { kind: 'chunked' };
export const UNTIL_CLOSE: Framing = { kind: 'until-close' };

/** What the header lines said of the body, counted as they came. */
export interface FramingFields {
  readonly contentLength: string | null;
  readonly contentLengths: number;
  readonly transferEncoding: string | null;
  readonly transferEncodings: number;
  readonly isHttp10: boolean;
}

/**
 * The length the fields declare, `chunked`, or null when they say nothing. Stricter than RFC 9112 where it
 * leaves a choice, since two readings of one message are two messages: both fields at once, a repeated field,
 * a list, a sign, any coding but a lone `chunked`, and any coding in HTTP/1.0 are all refused.
 */
export function declaredFraming(fields: FramingFields): Framing | Malformed | null {
  if (fields.transferEncodings > 0) {
    if (fields.contentLengths > 0) {
      return new Malformed('bad-framing', 'Both Transfer-Encoding and Content-Length are given.');
    }
    if (fields.transferEncodings > 1)
      return new Malformed('bad-framing', 'Transfer-Encoding is given more than once.');
    if (fields.isHttp10) return new Malformed('bad-framing', 'HTTP/1.0 has no Transfer-Encoding.');
    if (fields.transferEncoding?.toLowerCase() === 'chunked') return CHUNKED;
    return new Malformed('bad-framing', 'The only Transfer-Encoding taken here is chunked, once.');
  }
  if (fields.contentLengths === 0) return null;
  if (fields.contentLengths > 1)
    return new Malformed('bad-framing', 'Content-Length is given more than once.');
  const text = fields.contentLength ?? '';
  // 15 digits stay below 2^53, so that the number is exact.
  if (!/^\d{1,15}$/.test(text)) return new Malformed('bad-framing', 'Content-Length is not a plain number.');
  const length = Number(text);
  return length === 0 ? NO_BODY : { kind: 'length', length };
}
