/** Whom every request is for. */
export const HOST = 'conformance.test';

/** @param lines header lines beside Host */
export function request(line: string, lines: readonly string[] = [], body = ''): string {
  return `${line}\r\n${[`Host: ${HOST}`, ...lines].map((one) => `${one}\r\n`).join('')}\r\n${body}`;
}

export function get(...lines: readonly string[]): string {
  return request('GET / HTTP/1.1', lines);
}

/** A POST framed by the lines given. */
export function post(lines: readonly string[], body: string): string {
  return request('POST / HTTP/1.1', lines, body);
}

export function postChunked(body: string, ...lines: readonly string[]): string {
  return post(['Transfer-Encoding: chunked', ...lines], body);
}

/** @param statusLine `200 OK` */
export function answer(statusLine: string, lines: readonly string[], body = ''): string {
  return `HTTP/1.1 ${statusLine}\r\n${lines.map((one) => `${one}\r\n`).join('')}\r\n${body}`;
}

/** A 200 with these lines and the body `ok`. */
export function ok(...lines: readonly string[]): string {
  return answer('200 OK', [...lines, 'Content-Length: 2'], 'ok');
}

export function chunks(...parts: readonly string[]): string {
  return [...parts.map((part) => `${part.length.toString(16)}\r\n${part}\r\n`), '0\r\n\r\n'].join('');
}
