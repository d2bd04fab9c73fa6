import { CR, LF, TARGET, TCHAR } from '../message/grammar.ts';

/** What can be said of a request that was refused before it was read. */
export interface KnownRequest {
  /** Empty when its first line is no request line. */
  readonly method: string;
  /** Percent-encoded where it should have been, cut after `MOST_TARGET` characters; empty likewise. */
  readonly target: string;
  /** The lines of its head that have come, each with its CRLF, latin1; empty likewise. */
  readonly headText: string;
}

const MOST_TARGET = 1_024;
const MOST_METHOD = 32;
/** Bytes of a head that are kept. */
const MOST_HEAD = 16_384;

const NOTHING: KnownRequest = { method: '', target: '', headText: '' };

/** @param bytes what has come of it, from its first byte; null for nothing */
export function knownOfRequest(bytes: Buffer | null): KnownRequest {
  if (bytes === null) return NOTHING;
  const start = bytes[0] === CR && bytes[1] === LF ? 2 : 0;
  const text = bytes.toString('latin1', start, start + MOST_HEAD);
  const methodEnd = text.indexOf(' ');
  if (methodEnd < 1 || methodEnd > MOST_METHOD) return NOTHING;
  for (let at = 0; at < methodEnd; at++) if (TCHAR[text.charCodeAt(at)] !== 1) return NOTHING;
  const lineEnd = text.search(/[\r\n]/);
  const line = lineEnd === -1 ? text : text.slice(0, lineEnd);
  const version = line.lastIndexOf(' HTTP/');
  // Without its end it is a request line only if it begins like one, as one that is too long does.
  if (version <= methodEnd && line[methodEnd + 1] !== '/') return NOTHING;
  const target = line.slice(methodEnd + 1, version > methodEnd ? version : undefined);
  const linesEnd = text.lastIndexOf('\r\n');
  return {
    method: text.slice(0, methodEnd),
    target: shown(target),
    headText: linesEnd === -1 ? '' : text.slice(0, linesEnd + 2),
  };
}

function shown(target: string): string {
  let text = '';
  for (let at = 0; at < target.length; at++) {
    if (text.length >= MOST_TARGET) return `${text}…`;
    const code = target.charCodeAt(at);
    text += TARGET[code] === 1 ? target[at] : `%${code.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return text;
}
