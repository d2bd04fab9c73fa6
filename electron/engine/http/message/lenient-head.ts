import type { ResponseRepair } from '../../../../shared/view/exchange-record.ts';
import { CR, isBlank, LF, trimBlanks } from './grammar.ts';
import { Malformed } from './malformed.ts';
import { parseResponseHead, type ResponseHead } from './response-head.ts';

/**
 * Response heads that break RFC 9112 in ways every client accepts, and what they mean: a line that LF alone ends
 * (section 2.2), and a value folded over several lines (section 5.2). Requests never get this: a request that two
 * programs read differently is how one is smuggled past the other. A response is written anew for the client, so what
 * reaches it is unambiguous either way.
 */

const LF_LF = Buffer.from('\n\n');
const LF_CRLF = Buffer.from('\n\r\n');

/**
 * Reads a head that was not found, or not understood, by the rules.
 *
 * @param checked how many of the bytes were looked at before, without finding the end of a head
 * @returns null when more has to come, or when there is nothing to repair
 */
export function repairHead(
  bytes: Buffer,
  checked: number,
  method: string,
  limits: { readonly bytes: number; readonly lines: number },
): { readonly head: ResponseHead; readonly end: number } | Malformed | null {
  const end = findLenientEnd(bytes, checked);
  if (end === -1 || end > limits.bytes) return null;
  const { text, repairs } = normalise(bytes.toString('latin1', 0, end));
  if (repairs.length === 0) return null;
  const head = parseResponseHead(text, method, limits.lines);
  return head instanceof Malformed ? head : { head: { ...head, repairs }, end };
}

/**
 * Looks at a response head that has not all come yet: what can never become one is refused at once. Like
 * `checkPartialHead`, but LF may end a line.
 *
 * @param checked how many of the bytes were looked at before, and found good
 */
export function checkPartialResponse(bytes: Buffer, checked: number): Malformed | null {
  // What follows a CR at the end of those had not come then.
  for (let at = Math.max(0, checked - 1); at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (byte >= 0x20 || byte === 0x09 || byte === LF) continue;
    if (byte === CR && (at + 1 === bytes.length || bytes[at + 1] === LF)) continue;
    if (byte === CR) return new Malformed('bad-line-end', 'A line ends with CR alone.');
    const hex = byte.toString(16).padStart(2, '0');
    return new Malformed('bad-field', `There is a control character in its head: 0x${hex}.`);
  }
  return null;
}

function findLenientEnd(bytes: Buffer, checked: number): number {
  const from = Math.max(0, checked - 2);
  const short = bytes.indexOf(LF_LF, from);
  const long = bytes.indexOf(LF_CRLF, from);
  if (short !== -1 && (long === -1 || short < long)) return short + 2;
  return long === -1 ? -1 : long + 3;
}

/** @param text with its empty line @returns the head as the strict parser takes it, without the empty line */
function normalise(text: string): { readonly text: string; readonly repairs: readonly ResponseRepair[] } {
  const lines = text.split('\n');
  // The empty line, and what is behind its LF.
  lines.length -= 2;
  // The parts of each line, joined in the end: what is folded may be folded thousands of times.
  const kept: string[][] = [];
  const repairs = new Set<ResponseRepair>();
  // The CR of an empty line may be the only thing that is missing or there.
  if (text.endsWith('\n\n')) repairs.add('bare-lf');
  for (const raw of lines) {
    const hasCr = raw.endsWith('\r');
    if (!hasCr) repairs.add('bare-lf');
    const line = hasCr ? raw.slice(0, -1) : raw;
    // The status line is no field: what is folded onto it stays malformed.
    if (isBlank(line.charCodeAt(0)) && kept.length > 1) {
      repairs.add('folded');
      kept.at(-1)?.push(trimBlanks(line));
    } else {
      kept.push([line]);
    }
  }
  return { text: `${kept.map(unfold).join('\r\n')}\r\n`, repairs: [...repairs] };
}

/** OWS around a fold goes with it. */
function unfold([first = '', ...folded]: readonly string[]): string {
  return folded.length === 0 ? first : [trimBlanks(first), ...folded].join(' ');
}
