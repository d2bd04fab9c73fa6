/** Answers the balancer gives itself. */
const REASONS: Readonly<Record<number, string>> = {
  200: 'OK',
  400: 'Bad Request',
  405: 'Method Not Allowed',
  408: 'Request Timeout',
  413: 'Content Too Large',
  414: 'URI Too Long',
  431: 'Request Header Fields Too Large',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
  505: 'HTTP Version Not Supported',
  508: 'Loop Detected',
};

export const NO_HEALTHY_SERVER = 'No healthy server available';

export interface LocalAnswer {
  readonly status: number;
  /** What the client reads, plain text. */
  readonly words: string;
}

export function localAnswerText(
  { status, words }: LocalAnswer,
  about: { readonly method: string; readonly isPersistent: boolean; readonly date: string },
): string {
  const body = Buffer.from(words).toString('latin1');
  return (
    `HTTP/1.1 ${status} ${REASONS[status] ?? ''}\r\n` +
    `Date: ${about.date}\r\n` +
    (body === '' ? '' : 'Content-Type: text/plain; charset=utf-8\r\n') +
    `Content-Length: ${body.length}\r\n` +
    (status === 405 || body === '' ? 'Allow: GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS\r\n' : '') +
    (about.isPersistent ? '' : 'Connection: close\r\n') +
    `\r\n${about.method === 'HEAD' ? '' : body}`
  );
}
