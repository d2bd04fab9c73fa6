import { isUtf8 } from 'node:buffer';
import { REPAIR_WORDS } from '../../shared/text/repair-words.ts';
import { REDACTED, redact, redactUrl } from '../../shared/text/sensitive-headers.ts';
import type { BodyView } from '../../shared/view/captured-body.ts';
import type { AttemptRecord, ExchangeView } from '../../shared/view/exchange-record.ts';
import { headerOf, type MessageHead, parseHead } from '../../shared/view/message-head.ts';
import type { HarContent, HarEntry, HarPostData, HarTimings } from './har-format.ts';
import { queryOf, requestCookies, responseCookies } from './har-pairs.ts';

const NO_HEAD: MessageHead = { line: '', fields: [] };

export interface HarOptions {
  /** Of Switchyard. */
  readonly version: string;
  /** Whether credentials and cookies are to be in it. */
  readonly withSecrets: boolean;
  /** The listeners that speak https. */
  readonly httpsListeners: ReadonlySet<string>;
}

/** One exchange as HAR has it. What HAR has no place for is in fields that begin with `_`. */
export function entryOf(exchange: ExchangeView, { withSecrets, httpsListeners }: HarOptions): HarEntry {
  const { heads, bodies, attempts, method, status, bytesIn, bytesOut } = exchange;
  const target = withSecrets ? exchange.target : redactUrl(exchange.target, REDACTED);
  const head = (text: string | null | undefined) => (text ? shown(parseHead(text), withSecrets) : NO_HEAD);
  const request = head(heads?.request);
  const answer = head(heads?.answer);
  const timings = timingsOf(exchange);
  const scheme = httpsListeners.has(exchange.listener) ? 'https' : 'http';
  return {
    startedDateTime: new Date(exchange.at).toISOString(),
    time: exchange.durationMs,
    request: {
      method,
      url: `${scheme}://${headerOf(request, 'Host') || 'localhost'}${target.startsWith('/') ? '' : '/'}${target}`,
      httpVersion: /HTTP\/1\.[01]$/.exec(request.line)?.[0] ?? 'HTTP/1.1',
      cookies: requestCookies(request),
      headers: request.fields,
      queryString: queryOf(target),
      headersSize: sizeOf(heads?.request),
      bodySize: bytesIn,
      ...(bodies && bytesIn > 0 && { postData: postDataOf(bodies.request, request) }),
    },
    response: {
      status,
      statusText: /^HTTP\/1\.1 \d+ (.*)$/.exec(answer.line)?.[1] ?? '',
      httpVersion: 'HTTP/1.1',
      cookies: responseCookies(answer),
      headers: answer.fields,
      content: contentOf(bodies?.answer ?? null, answer, bytesOut),
      redirectURL: headerOf(answer, 'Location') ?? '',
      headersSize: sizeOf(heads?.answer),
      bodySize: bytesOut,
      ...repairsOf(attempts),
    },
    cache: {},
    timings,
    connection: String(exchange.clientPort),
    _id: exchange.id,
    _listener: exchange.listener,
    _pool: exchange.pool,
    _backend: exchange.backend,
    _client: exchange.client,
    _attempts: attempts,
    _faults: attempts.flatMap(({ faults }) => faults),
    _unserved: exchange.unserved,
    _refusal: exchange.refusal,
  };
}

/** Of the attempt that answered. */
function repairsOf(attempts: readonly AttemptRecord[]): { readonly comment?: string } {
  const repairs = attempts.at(-1)?.repairs ?? [];
  return repairs.length === 0 ? {} : { comment: repairs.map((repair) => REPAIR_WORDS[repair]).join(' ') };
}

function shown(head: MessageHead, withSecrets: boolean): MessageHead {
  return withSecrets ? head : { ...head, fields: head.fields.map((field) => redact(field, REDACTED)) };
}

/** With the empty line; -1 when it is not known. */
function sizeOf(text: string | null | undefined): number {
  if (!text) return -1;
  return text.length + (text.endsWith('\r\n\r\n') ? 0 : 2);
}

/**
 * Of the last attempt; what was before it, waiting and other attempts, is `blocked`. What has been measured adds up to
 * the time of the exchange; HAR wants numbers from 0 up for sending, waiting and receiving.
 */
function timingsOf({ attempts, durationMs }: ExchangeView): HarTimings {
  const attempt: AttemptRecord | undefined = attempts.at(-1);
  const rest = { dns: -1, ssl: -1, send: 0 };
  if (!attempt) return { ...rest, blocked: -1, connect: -1, wait: durationMs, receive: 0 };
  const { connectedMs, answeredMs } = attempt;
  const ownMs = Math.min(attempt.durationMs, durationMs);
  const connect = connectedMs || 0;
  const answered = Math.max(answeredMs ?? ownMs, connect);
  return {
    ...rest,
    blocked: durationMs - ownMs,
    connect: connect === 0 ? -1 : connect,
    wait: answered - connect,
    receive: Math.max(ownMs - answered, 0),
  };
}

/** HAR has no word for a body that is no text; as in answers, that is base64. */
function postDataOf(body: BodyView, head: MessageHead): HarPostData {
  const { text, encoding } = textOf(body.decoded ?? body.bytes);
  return {
    mimeType: headerOf(head, 'Content-Type') ?? '',
    text,
    ...(encoding && { _encoding: encoding }),
    ...(!body.isWhole && { comment: CUT }),
  };
}

function contentOf(body: BodyView | null, head: MessageHead, bytes: number): HarContent {
  const mimeType = headerOf(head, 'Content-Type') ?? '';
  if (!body || bytes === 0) return { size: bytes, mimeType };
  const { decoded, isWhole } = body;
  const size = decoded && isWhole ? decoded.length : bytes;
  return {
    size,
    ...(decoded && isWhole && { compression: size - bytes }),
    mimeType,
    ...textOf(decoded ?? body.bytes),
    ...(!isWhole && { comment: CUT }),
  };
}

const CUT = 'Only the beginning was captured.';

function textOf(bytes: Uint8Array): { readonly text: string; readonly encoding?: 'base64' } {
  const buffer = Buffer.from(bytes);
  return isUtf8(buffer)
    ? { text: buffer.toString('utf8') }
    : { text: buffer.toString('base64'), encoding: 'base64' };
}
