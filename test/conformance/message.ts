/** A message as it came over the wire, read as leniently as its framing allows. */
export interface Message {
  /** The request or status line. */
  readonly startLine: string;
  /** 0 in a request. */
  readonly status: number;
  readonly fields: readonly (readonly [name: string, value: string])[];
  readonly framing: 'none' | 'length' | 'chunked' | 'until-close';
  /** Without its framing. */
  readonly body: string;
  readonly trailers: readonly (readonly [name: string, value: string])[];
  /** Whether its end was there. */
  readonly isWhole: boolean;
  readonly raw: string;
  /** Where it ends in the text that it was read from. */
  readonly end: number;
}

interface Body {
  readonly body: string;
  readonly trailers: Message['trailers'];
  readonly isWhole: boolean;
  readonly end: number;
}

export function valuesOf(message: Message, name: string): string[] {
  return message.fields.filter(([other]) => other.toLowerCase() === name.toLowerCase()).map(([, v]) => v);
}

/** All requests in a connection's text; the last one may be cut. */
export function readRequests(text: string): Message[] {
  return readMessages(text, (head) => {
    if (/^transfer-encoding:.*chunked/im.test(head)) return 'chunked';
    return /^content-length:/im.test(head) ? 'length' : 'none';
  });
}

/**
 * All answers in a connection's text, interim ones among them.
 *
 * @param methods of the requests, in order; GET where there are none left
 * @param isEnded whether the connection has been closed in an orderly way
 */
export function readAnswers(text: string, methods: readonly string[], isEnded: boolean): Message[] {
  let answered = 0;
  return readMessages(
    text,
    (head) => {
      const status = statusOf(head);
      if (status === 101) return 'until-close';
      if (status < 200) return 'none';
      const method = methods[answered++];
      if (method === 'HEAD' || status === 204 || status === 304) return 'none';
      if (/^transfer-encoding:.*chunked/im.test(head)) return 'chunked';
      return /^content-length:/im.test(head) ? 'length' : 'until-close';
    },
    isEnded,
  );
}

function readMessages(
  text: string,
  framingOf: (head: string) => Message['framing'],
  isEnded = false,
): Message[] {
  const messages: Message[] = [];
  let at = 0;
  for (;;) {
    const headEnd = text.indexOf('\r\n\r\n', at);
    if (headEnd === -1) return messages;
    const head = text.slice(at, headEnd);
    const [startLine = '', ...lines] = head.split('\r\n');
    const framing = framingOf(head);
    const read = readBody(text, headEnd + 4, { framing, head, isEnded });
    messages.push({
      startLine,
      status: statusOf(head),
      fields: lines.map(splitField),
      framing,
      ...read,
      raw: text.slice(at, read.end),
    });
    at = read.end;
  }
}

function readBody(
  text: string,
  from: number,
  facts: { framing: Message['framing']; head: string; isEnded: boolean },
): Body {
  switch (facts.framing) {
    case 'none':
      return { body: '', trailers: [], isWhole: true, end: from };
    case 'length': {
      const length = Number(/^content-length:\s*(\d+)/im.exec(facts.head)?.[1] ?? 0);
      const body = text.slice(from, from + length);
      return { body, trailers: [], isWhole: body.length === length, end: from + body.length };
    }
    case 'until-close':
      return { body: text.slice(from), trailers: [], isWhole: facts.isEnded, end: text.length };
    case 'chunked':
      return readChunks(text, from);
  }
}

function readChunks(text: string, from: number): Body {
  let body = '';
  let at = from;
  for (;;) {
    const lineEnd = text.indexOf('\r\n', at);
    const size = lineEnd === -1 ? Number.NaN : Number.parseInt(text.slice(at, lineEnd), 16);
    const cut = { body, trailers: [], isWhole: false, end: text.length };
    if (Number.isNaN(size)) return cut;
    if (size === 0) {
      const trailerEnd = text.indexOf('\r\n\r\n', lineEnd);
      if (trailerEnd === -1) return cut;
      const lines = text.slice(lineEnd + 2, trailerEnd).split('\r\n');
      return {
        body,
        trailers: lines.filter((line) => line !== '').map(splitField),
        isWhole: true,
        end: trailerEnd + 4,
      };
    }
    body += text.slice(lineEnd + 2, lineEnd + 2 + size);
    at = lineEnd + 2 + size + 2;
  }
}

function splitField(line: string): readonly [string, string] {
  const colon = line.indexOf(':');
  return colon === -1 ? [line, ''] : [line.slice(0, colon), line.slice(colon + 1).trim()];
}

function statusOf(head: string): number {
  return Number(/^HTTP\/1\.\d (\d{3})/.exec(head)?.[1] ?? 0);
}
