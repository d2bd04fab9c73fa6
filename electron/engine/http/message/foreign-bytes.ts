import {
  describeForeignBackend,
  describeForeignClient,
  quoteStart,
  recogniseProtocol,
} from '../../../../shared/view/foreign-protocol.ts';
import { Malformed } from './malformed.ts';

/** Bytes that are looked at to tell which protocol it is. */
const LOOKED_AT = 128;
const STATUS_LINE_START = Buffer.from('HTTP/1.');

/** A response whose first line is no status line. @param start its first bytes, latin1 */
export function notAResponse(start: string): Malformed {
  const code = recogniseProtocol(start) === 'tls' ? 'speaks-tls' : 'not-http';
  return new Malformed(code, describeForeignBackend(start));
}

/** A request whose first line is no request line. @param start its first bytes, latin1 */
export function notARequest(start: string): Malformed {
  const code = recogniseProtocol(start) === 'tls' ? 'speaks-tls' : 'not-http';
  return new Malformed(code, describeForeignClient(start));
}

/** A first line that begins like a status line and is none, or another protocol's. */
export function badStatusLine(line: string): Malformed {
  if (!line.startsWith('HTTP/')) return notAResponse(line);
  return new Malformed(
    'bad-status-line',
    `its first line is ${quoteStart(line)}, not "HTTP/1.1 STATUS REASON"`,
  );
}

export function startOf(bytes: Buffer): string {
  return bytes.toString('latin1', 0, LOOKED_AT);
}

/**
 * Looks at the beginning of a response head that has not all come yet, so that what can never become a status line
 * (the greeting of another protocol, a warning printed before the head) is refused at once rather than waited for.
 */
export function checkStatusLineStart(bytes: Buffer): Malformed | null {
  return mayBeginResponse(bytes) ? null : notAResponse(startOf(bytes));
}

/** Whether a response may begin with these bytes, as far as they go. */
export function mayBeginResponse(bytes: Buffer): boolean {
  const length = Math.min(bytes.length, STATUS_LINE_START.length);
  for (let at = 0; at < length; at++) if (bytes[at] !== STATUS_LINE_START[at]) return false;
  return true;
}
