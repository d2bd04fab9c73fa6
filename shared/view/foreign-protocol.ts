import { escapeControls } from '../text/control-characters.ts';

/** What speaks at the other end when the first bytes from it are not HTTP/1.1. */
export type ForeignProtocol = 'tls' | 'http2' | 'ssh' | 'smtp-or-ftp' | 'redis' | 'mysql';

/** Characters of a first line that are quoted. */
const MOST_QUOTED = 60;

/**
 * Recognises a protocol by the first bytes that it sends.
 *
 * @param start the first bytes, one character a byte; a few are enough
 * @returns null for one that is not known
 */
export function recogniseProtocol(start: string): ForeignProtocol | null {
  const first = start.charCodeAt(0);
  // RFC 8446 section 5.1: an alert, or a handshake, of a version that begins with 3.
  if ((first === 0x15 || first === 0x16) && (start.length === 1 || start.charCodeAt(1) === 3)) return 'tls';
  if (start.startsWith('PRI * HTTP/2')) return 'http2';
  if (isHttp2Settings(start)) return 'http2';
  // RFC 4253 section 4.2.
  if (start.startsWith('SSH-')) return 'ssh';
  // RFC 5321 section 4.2 and RFC 959 section 4.2: the greeting.
  if (/^220[ -]/.test(start)) return 'smtp-or-ftp';
  // RESP: an error of the server, or an array, as every command of a client is.
  if (/^-(?:ERR|DENIED|NOAUTH|WRONGPASS) /.test(start) || /^\*\d{1,7}(?:\r\n|$)/.test(start)) return 'redis';
  // Protocol::HandshakeV10: a length of three bytes, packet 0, version 10; or packet 0 with an error.
  const version = start.charCodeAt(4);
  if (start.charCodeAt(2) === 0 && start.charCodeAt(3) === 0 && (version === 0x0a || version === 0xff))
    return 'mysql';
  return null;
}

/** RFC 9113 section 3.4: the first frame of a server is SETTINGS, on stream 0. */
function isHttp2Settings(start: string): boolean {
  return (
    start.length >= 9 &&
    start.charCodeAt(0) === 0 &&
    start.charCodeAt(3) === 4 &&
    start.charCodeAt(4) <= 1 &&
    start.slice(5, 9) === '\0\0\0\0'
  );
}

const NAMES: Readonly<Record<Exclude<ForeignProtocol, 'tls' | 'http2'>, string>> = {
  ssh: 'SSH',
  'smtp-or-ftp': 'SMTP or FTP',
  redis: 'Redis',
  mysql: 'MySQL',
};

/** What to say of a backend that does not respond in HTTP/1.1, with what to do: `it speaks TLS; write https:// in its URL`. */
export function describeForeignBackend(start: string): string {
  const protocol = recogniseProtocol(start);
  switch (protocol) {
    case 'tls':
      return SPEAKS_TLS;
    case 'http2':
      return 'it speaks HTTP/2 only; HTTP/1.1 is needed here';
    case null:
      return `its response begins with ${quoteStart(start)} instead of HTTP/1.1`;
    default:
      return `it speaks ${NAMES[protocol]}, not HTTP: it began with ${quoteStart(start)}`;
  }
}

/** Of a backend whose URL says `http://`. */
export const SPEAKS_TLS = 'it speaks TLS; write https:// in its URL';

/** What to say to a client that does not speak HTTP/1.1: a sentence. */
export function describeForeignClient(start: string): string {
  const protocol = recogniseProtocol(start);
  switch (protocol) {
    case 'tls':
      return 'The client speaks TLS, and this listener speaks plain http. Write http:// in the URL, or set "tls" on the listener.';
    case 'http2':
      return 'This is an HTTP/1.1 listener; HTTP/2 is not served.';
    case null:
      return `The request begins with ${quoteStart(start)}, which is not HTTP.`;
    default:
      return `The client speaks ${NAMES[protocol]}, not HTTP: it began with ${quoteStart(start)}.`;
  }
}

/** The first line of it in quotes, cut after 60 characters, with every control character escaped. */
export function quoteStart(start: string): string {
  const line =
    start
      .slice(0, MOST_QUOTED + 1)
      .replace(/^[\r\n]+/, '')
      .split(/[\r\n]/, 1)[0] ?? '';
  const isCut = line.length > MOST_QUOTED;
  return `"${escapeControls(line.slice(0, MOST_QUOTED))}${isCut ? '…' : ''}"`;
}
