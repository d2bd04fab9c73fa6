/** Answers the balancer gives itself. */
const REASONS: Readonly<Record<number, string>> = {
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

export function localAnswerText(answer: LocalAnswer, method: string, isPersistent: boolean): string {
  const { status, words } = answer;
  const body = Buffer.from(words).toString('latin1');
  return (
    `HTTP/1.1 ${status} ${REASONS[status] ?? ''}\r\n` +
    'Content-Type: text/plain; charset=utf-8\r\n' +
    `Content-Length: ${body.length}\r\n` +
    (status === 405 ? 'Allow: GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS\r\n' : '') +
    (isPersistent ? '' : 'Connection: close\r\n') +
    `\r\n${method === 'HEAD' ? '' : body}`
  );
}
