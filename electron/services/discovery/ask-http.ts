import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { fail, ok, type Result } from '../../../shared/calls/result.ts';
import { describeSocketError, socketErrorCode } from '../../../shared/text/socket-error.ts';

/** What a port answered to `GET /`. */
export interface HttpAnswer {
  readonly protocol: 'http' | 'https';
  readonly status: number;
  readonly title: string | null;
  readonly software: string | null;
}

/** Enough for a head and a title; what follows is not read. */
const MAX_BODY = 32 * 1024;
const TIMEOUT_MS = 1_000;
/** Of a title or a name of software; longer ones say no more. */
const LONGEST = 80;

/**
 * Asks whether HTTP is spoken there, with one `GET /` and, where that gets no answer, one over TLS. Any status will do.
 *
 * @returns why not otherwise, to complete `port 5432 …`
 */
export async function askHttp(
  host: string,
  port: number,
  signal: AbortSignal,
): Promise<Result<HttpAnswer, string>> {
  const plain = await ask('http', host, port, signal);
  // Servers that want TLS say so with a 400, or hang up.
  if (plain.ok && plain.value.status !== 400) return plain;
  if (!plain.ok && plain.error === REFUSED) return plain;
  const secure = await ask('https', host, port, signal);
  return secure.ok ? secure : plain;
}

const REFUSED = 'refuses connections';

function ask(
  protocol: 'http' | 'https',
  host: string,
  port: number,
  signal: AbortSignal,
): Promise<Result<HttpAnswer, string>> {
  return new Promise((resolve) => {
    const send = protocol === 'http' ? requestHttp : requestHttps;
    const request = send({
      host,
      port,
      path: '/',
      agent: false,
      signal,
      headers: { Host: `localhost:${port}`, Accept: 'text/html, */*;q=0.5', 'User-Agent': 'Switchyard' },
      maxHeaderSize: 64 * 1024,
      // Only whether there is somebody; certificates of development are seldom anybody's.
      rejectUnauthorized: false,
    });
    const timer = setTimeout(() => finish(fail(`did not answer within ${TIMEOUT_MS / 1_000} s`)), TIMEOUT_MS);
    const finish = (result: Result<HttpAnswer, string>) => {
      clearTimeout(timer);
      resolve(result);
      request.destroy();
    };
    request.on('error', (error) => finish(fail(wordsFor(error))));
    request.on('response', (response) => {
      const software = [response.headers['server'] ?? []].flat().join(', ');
      let body = '';
      const done = () =>
        finish(
          ok({
            protocol,
            status: response.statusCode ?? 0,
            title: titleIn(body),
            software: shortened(software),
          }),
        );
      // A page that streams on, or stops half-way, has answered all the same.
      clearTimeout(timer);
      const wait = setTimeout(done, TIMEOUT_MS);
      response.on('close', () => clearTimeout(wait));
      response.setEncoding('utf8');
      response.on('data', (piece: string) => {
        body += piece;
        if (body.length >= MAX_BODY || body.includes('</title>')) done();
      });
      response.on('end', done);
      response.on('error', done);
    });
    request.end();
  });
}

function wordsFor(error: Error): string {
  const code = socketErrorCode(error);
  if (code === 'ECONNREFUSED') return REFUSED;
  if (code.startsWith('HPE_')) return 'answers something other than HTTP';
  return code === 'ECONNRESET'
    ? 'hangs up when asked in HTTP'
    : `does not answer HTTP: ${describeSocketError(error)}`;
}

/** The text of a page's title, in one line; null for none. */
function titleIn(body: string): string | null {
  const found = /<title[^>]{0,200}>([^<]*)/i.exec(body)?.[1]?.replace(/\s+/g, ' ').trim() ?? '';
  return shortened(unescaped(found));
}

function unescaped(text: string): string {
  const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
  return text.replace(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => entities[name] ?? '');
}

/** Null for nothing. */
function shortened(text: string): string | null {
  if (text === '') return null;
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}
