import { notARequest, startOf } from './foreign-bytes.ts';
import { CR, LF } from './grammar.ts';
import { Malformed } from './malformed.ts';

const HEAD_END = Buffer.from('\r\n\r\n');

/** Where the bytes of a head end, after its empty line; -1 when it has not all come yet. */
export function findHeadEnd(bytes: Buffer): number {
  const at = bytes.indexOf(HEAD_END);
  return at === -1 ? -1 : at + 4;
}

/**
 * Looks at a head that has not all come yet, so that what can never become valid is refused at once rather than
 * waited for: a line ended by LF alone, a CR alone, or any other control character (a TLS handshake, say).
 */
export function checkPartialHead(bytes: Buffer): Malformed | null {
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (byte >= 0x20 || byte === 0x09) continue;
    if (byte === CR && (at + 1 === bytes.length || bytes[at + 1] === LF)) continue;
    if (byte === LF && at > 0 && bytes[at - 1] === CR) continue;
    if (byte === CR || byte === LF)
      return new Malformed('bad-line-end', 'A line ends with something other than CRLF.');
    return badByte(bytes, at);
  }
  return null;
}

/** In the first line it is another protocol; later it is a header. */
function badByte(bytes: Buffer, at: number): Malformed {
  if (bytes.lastIndexOf(LF, at) === -1) return notARequest(startOf(bytes));
  const hex = (bytes[at] ?? 0).toString(16).padStart(2, '0');
  return new Malformed('bad-field', `There is a control character in a header: 0x${hex}.`);
}
