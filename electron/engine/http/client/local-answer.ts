import { REFUSAL_STATUS, type Refusal, type RefusalCode } from '../../../../shared/view/refusal.ts';
import { NOT_NOTED } from '../../pool/pick-tape.ts';
import { NO_HEADS } from '../record/head-tape.ts';
import type { EndedExchange } from '../record/observer.ts';
import type { ClientConnection } from './client-connection.ts';

/** Answers the balancer gives itself. */
const REASONS: Readonly<Record<number, string>> = {
  200: 'OK',
  204: 'No Content',
  301: 'Moved Permanently',
  302: 'Found',
  303: 'See Other',
  307: 'Temporary Redirect',
  308: 'Permanent Redirect',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  408: 'Request Timeout',
  413: 'Content Too Large',
  414: 'URI Too Long',
  421: 'Misdirected Request',
  429: 'Too Many Requests',
  431: 'Request Header Fields Too Large',
  500: 'Internal Server Error',
  501: 'Not Implemented',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
  505: 'HTTP Version Not Supported',
  508: 'Loop Detected',
};

export const NO_HEALTHY_SERVER = 'No healthy server available';

export interface LocalAnswer {
  readonly status: number;
  /** What the client reads. */
  readonly words: string;
  /** Of the words; plain text when left out. */
  readonly contentType?: string;
  /** More header lines, CRLF and all. */
  readonly fields?: string;
  /** Why no backend responds; left out for a response that the config asks for. */
  readonly refusal?: Refusal;
}

/** An error response of Switchyard's own. @param fields more header lines, CRLF and all */
export function localRefusal(code: RefusalCode, message: string, fields = ''): LocalAnswer {
  return { status: REFUSAL_STATUS[code], words: message, fields, refusal: { code, message } };
}

/** What goes with a 405, and answers an OPTIONS (RFC 9110 sections 9.3.7 and 15.5.6). */
export const ALLOW = 'Allow: GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS\r\n';

export function localAnswerText(
  { status, words, contentType = 'text/plain; charset=utf-8', fields = '' }: LocalAnswer,
  about: { readonly method: string; readonly isPersistent: boolean; readonly date: string },
): string {
  // RFC 9110 section 8.6: these have neither a body nor a length.
  const hasBody = status !== 204 && status !== 304;
  const body = hasBody ? Buffer.from(words).toString('latin1') : '';
  return (
    `HTTP/1.1 ${status} ${REASONS[status] ?? ''}\r\n` +
    `Date: ${about.date}\r\n` +
    (body === '' ? '' : `Content-Type: ${contentType}\r\n`) +
    fields +
    (hasBody ? `Content-Length: ${body.length}\r\n` : '') +
    (about.isPersistent ? '' : 'Connection: close\r\n') +
    `\r\n${about.method === 'HEAD' ? '' : body}`
  );
}

/** The head of a text of `localAnswerText`. */
export function headOfLocal(text: string): string {
  return text.slice(0, text.indexOf('\r\n\r\n') + 2);
}

/**
 * The record of a request that was answered here, at once.
 *
 * @param about its method and target, empty where they cannot be known, and the address of who sent it
 */
export function localRecord(
  client: ClientConnection,
  about: { readonly method: string; readonly target: string; readonly client: string },
  answer: { readonly status: number; readonly text: string; readonly refusal: Refusal | null },
): EndedExchange {
  const { heads } = client.wire.observer;
  return {
    id: client.wire.nextExchangeId(),
    at: Date.now(),
    listener: client.listener.config.name,
    pool: null,
    client: about.client,
    clientPort: client.port,
    method: about.method,
    target: about.target,
    status: answer.status,
    backend: null,
    durationMs: 0,
    bytesIn: 0,
    bytesOut: 0,
    attempts: [],
    unserved: NOT_NOTED,
    refusal: answer.refusal,
    heads: heads?.takes(true) ? heads.write(client.headText, '', headOfLocal(answer.text)) : NO_HEADS,
  };
}
