import { notARequest, startOf } from './foreign-bytes.ts';
import { CR, LF } from './grammar.ts';
import { Malformed } from './malformed.ts';

const HEAD_END = Buffer.from('\r\n\r\n');

/**
 * Where the bytes of a head end, after its empty line; -1 when it has not all come yet.
 *
 * @param checked how many of them were looked at before, without finding its end
 */
export function findHeadEnd(bytes: Buffer, checked = 0): number {
  const at = bytes.indexOf(HEAD_END, Math.max(0, checked - 3));
  return at === -1 ? -1 : at + 4;
}

/**
 * Looks at a head that has not all come yet, so that what can never become valid is refused at once rather than
 * waited for: a line ended by LF alone, a CR alone, or any other control character (a TLS handshake, say).
 *
 * @param checked how many of the bytes were looked at before, and found good
 */
export function checkPartialHead(bytes: Buffer, checked = 0): Malformed | null {
  // What follows a CR at the end of those had not come then.
  for (let at = Math.max(0, checked - 1); at < bytes.length; at++) {
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
