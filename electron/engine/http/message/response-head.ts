import type { ResponseRepair } from '../../../../shared/view/exchange-record.ts';
import { addConnectionOptions, type ConnectionOptions, NO_OPTIONS } from './connection-options.ts';
import { type Fields, knownField, parseFields } from './fields.ts';
import { badStatusLine } from './foreign-bytes.ts';
import { declaredFraming, type Framing, NO_BODY, UNTIL_CLOSE } from './framing.ts';
import { Malformed } from './malformed.ts';

/** An answer's head, held to the same rules as a request's. */
export interface ResponseHead {
  /** 100 to 999: RFC 9110 section 15 knows five classes, and clients take any three digits for a final status. */
  readonly status: number;
  /** What follows the status, byte for byte; may be empty. */
  readonly reason: string;
  readonly isHttp10: boolean;
  readonly fields: Fields;
  readonly framing: Framing;
  /** Whether the backend will take another request on this connection. */
  readonly isPersistent: boolean;
  readonly connectionOptions: ConnectionOptions;
  /** What was wrong with it and read all the same. */
  readonly repairs: readonly ResponseRepair[];
  /** What it names in Upgrade: what a 101 switches to; null without one. */
  readonly upgrade: string | null;
  /** Seconds the backend keeps an idle connection, when `Keep-Alive: timeout=` says so. */
  readonly keepAliveSeconds: number | null;
}

export const NO_REPAIRS: readonly ResponseRepair[] = [];
const STATUS_LINE = /^HTTP\/1\.([01]) ([1-9]\d\d)(?: ([\t\x20-\x7e\x80-\xff]*))?$/;

/**
 * @param text latin1, from the status line up to the empty line, which is left out
 * @param method of the request: an answer to `HEAD` has no body whatever it declares
 */
export function parseResponseHead(text: string, method: string, maxLines: number): ResponseHead | Malformed {
  const lineEnd = text.indexOf('\r\n');
  const line = STATUS_LINE.exec(text.slice(0, lineEnd));
  if (!line) return badStatusLine(text.slice(0, lineEnd));
  const fields = parseFields(text, lineEnd + 2, maxLines);
  if (fields instanceof Malformed) return fields;

  const isHttp10 = line[1] === '0';
  const status = Number(line[2]);
  let contentLengths = 0;
  let contentLength: string | null = null;
  let transferEncodings = 0;
  let transferEncoding: string | null = null;
  let connectionOptions: ConnectionOptions = NO_OPTIONS;
  let upgrade: string | null = null;
  let keepAliveSeconds: number | null = null;
  for (let at = 0; at < fields.length; at += 2) {
    const value = fields[at + 1] ?? '';
    switch (knownField(fields[at] ?? '')) {
      case 'content-length':
        contentLengths++;
        contentLength = value;
        break;
      case 'transfer-encoding':
        transferEncodings++;
        transferEncoding = value;
        break;
      case 'connection': {
        const options = addConnectionOptions(connectionOptions, value);
        if (options instanceof Malformed) return options;
        connectionOptions = options;
        break;
      }
      case 'upgrade':
        upgrade = upgrade === null ? value : `${upgrade}, ${value}`;
        break;
      case 'keep-alive': {
        const timeout = /\btimeout=(\d{1,6})\b/.exec(value);
        if (timeout) keepAliveSeconds = Number(timeout[1]);
        break;
      }
    }
  }
  const declared = declaredFraming({
    contentLength,
    contentLengths,
    transferEncoding,
    transferEncodings,
    isHttp10,
  });
  if (declared instanceof Malformed) return declared;
  const framing = isBodiless(status, method) ? NO_BODY : (declared ?? UNTIL_CLOSE);
  return {
    status,
    reason: line[3] ?? '',
    isHttp10,
    fields,
    framing,
    isPersistent:
      framing !== UNTIL_CLOSE &&
      (isHttp10 ? connectionOptions.has('keep-alive') : !connectionOptions.has('close')),
    connectionOptions,
    repairs: NO_REPAIRS,
    upgrade,
    keepAliveSeconds,
  };
}

/** RFC 9112 section 6.3, rule 1. */
function isBodiless(status: number, method: string): boolean {
  return status < 200 || status === 204 || status === 304 || method === 'HEAD';
}
