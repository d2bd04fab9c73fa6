import { createServer, type Socket } from 'node:net';

const BODY = 'hello';
const ANSWER = `HTTP/1.1 200 OK\r\nContent-Length: ${BODY.length}\r\n\r\n${BODY}`;
const CHUNKED = `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${BODY.length.toString(16)}\r\n${BODY}\r\n0\r\n\r\n`;
export const GOOD_BODY = BODY;
/** Requests after which a backend that resets has done so at every offset. */
export const OFFSETS = CHUNKED.length;

/** What a backend does with a whole request; `number` counts those it had before, `isHead` says there is no body. */
type Treatment = (socket: Socket, number: number, isHead: boolean) => void;

const withoutBody = (answer: string, isHead: boolean) =>
  isHead ? answer.slice(0, answer.indexOf('\r\n\r\n') + 4) : answer;

/** A second between two bytes, for as long as anybody listens. */
function drip(socket: Socket, at = 0): void {
  if (socket.destroyed || at === ANSWER.length) return;
  socket.write(ANSWER.charAt(at));
  const timer = setTimeout(() => drip(socket, at + 1), 1_000);
  socket.once('close', () => clearTimeout(timer));
}

export const TREATMENTS = {
  good: (socket, _number, isHead) => socket.write(withoutBody(ANSWER, isHead)),
  chunks: (socket, _number, isHead) => socket.write(withoutBody(CHUNKED, isHead)),
  silent: () => undefined,
  resets: (socket, number) =>
    socket.write(ANSWER.slice(0, number % ANSWER.length), () => socket.resetAndDestroy()),
  'resets a chunked answer': (socket, number) =>
    socket.write(CHUNKED.slice(0, number % CHUNKED.length), () => socket.resetAndDestroy()),
  drips: (socket) => drip(socket),
  'promises too much': (socket) => socket.end(ANSWER.replace('Content-Length: ', 'Content-Length: 9')),
  'says too much': (socket, _number, isHead) =>
    socket.write(`${withoutBody(ANSWER, isHead)}and more, unasked for`),
} satisfies Readonly<Record<string, Treatment>>;

export interface BadBackend {
  readonly url: string;
  readonly sockets: ReadonlySet<Socket>;
  /** Requests treated so far; probes are none. */
  readonly treated: number;
  stop(): Promise<void>;
}

/** Reads requests with `Content-Length` or chunks to their end, one after the other, and treats each its way. */
export async function startBadBackend(treat: Treatment): Promise<BadBackend> {
  const sockets = new Set<Socket>();
  let count = 0;
  const server = createServer((socket) => {
    let text = '';
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
    socket.on('data', (bytes) => {
      text += bytes.toString('latin1');
      for (let end = endOfRequest(text); end !== -1 && !socket.destroyed; end = endOfRequest(text)) {
        const request = text.slice(0, end);
        text = text.slice(end);
        if (request.includes('switchyard-probe'))
          socket.write('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n');
        else treat(socket, count++, request.startsWith('HEAD'));
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
    sockets,
    get treated() {
      return count;
    },
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Where the first request in a text ends; -1 when it has not. The balancer's own chunks hold no empty chunk. */
function endOfRequest(text: string): number {
  const head = text.indexOf('\r\n\r\n');
  if (head === -1) return -1;
  const length = /\r\nContent-Length: (\d+)/i.exec(text.slice(0, head))?.[1];
  if (length !== undefined) return text.length >= head + 4 + Number(length) ? head + 4 + Number(length) : -1;
  if (!/\r\nTransfer-Encoding: chunked/i.test(text.slice(0, head))) return head + 4;
  const last = text.indexOf('\r\n0\r\n\r\n', head + 2);
  return last === -1 ? -1 : last + 7;
}
