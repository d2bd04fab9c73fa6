import { createServer } from 'node:http';
import { Duplex } from 'node:stream';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createBodyDecoder } from '../../../electron/http/body-decoder.ts';
import { findHeadEnd } from '../../../electron/http/head-reader.ts';
import { Malformed } from '../../../electron/http/malformed.ts';
import { parseRequestHead } from '../../../electron/http/request-head.ts';

interface Reading {
  readonly method: string;
  readonly target: string;
  readonly fields: readonly string[];
  readonly body: string;
}

/** What this wire makes of the bytes, and how many it took; null when it refuses them or wants more. */
function ours(bytes: Buffer): { reading: Reading; taken: number } | null {
  const end = findHeadEnd(bytes);
  if (end === -1) return null;
  const head = parseRequestHead(bytes.toString('latin1', 0, end - 2), { target: 8_192, headers: 100 });
  if (head instanceof Malformed) return null;
  const decoder = createBodyDecoder(head.framing);
  let body = '';
  const taken = decoder.decode(bytes, end, { bodyData: (payload) => (body += payload.toString('latin1')) });
  if (!decoder.isDone) return null;
  return { reading: { method: head.method, target: head.target, fields: head.fields, body }, taken };
}

/** What Node's own parser makes of them. */
function nodes(bytes: Buffer): Promise<Reading | string> {
  return new Promise((resolve) => {
    const server = createServer();
    const socket = new Duplex({ read: () => undefined, write: (_chunk, _encoding, done) => done() });
    server.on('request', (request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString('latin1')));
      request.on('end', () => {
        resolve({
          method: request.method ?? '',
          target: request.url ?? '',
          fields: request.rawHeaders,
          body,
        });
        response.end();
      });
    });
    server.on('clientError', (error) => resolve(error.message));
    server.emit('connection', socket);
    socket.push(bytes);
    setImmediate(() => setImmediate(() => setImmediate(() => resolve('nothing was read'))));
  });
}

const from = (characters: string, maxLength: number) =>
  fc.array(fc.constantFrom(...characters), { maxLength }).map((parts) => parts.join(''));
const seldom = <T>(usual: fc.Arbitrary<T>, odd: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 12, arbitrary: usual }, { weight: 1, arbitrary: odd });

const eol = seldom(fc.constant('\r\n'), fc.constantFrom('\n', '\r', '\r\r\n', ' \r\n'));
const name = seldom(
  from('aAxX-_!', 6).map((text) => `X${text}`),
  from('a :\t\0é', 4),
);
const value = seldom(from('ab, ;"=\té', 12), from('a\r\n\0\x7f', 4));
const line = seldom(
  fc.tuple(name, fc.constantFrom(': ', ':', ':\t'), value).map((parts) => parts.join('')),
  fc.constantFrom(
    'Content-Length: 3',
    'Content-Length: +3',
    'Content-Length: 3, 3',
    'Transfer-Encoding: chunked',
    'Transfer-Encoding: gzip, chunked',
    'Transfer-Encoding : chunked',
    ' folded',
    'Connection: close, x',
  ),
);
const message = fc
  .tuple(
    fc.constantFrom('GET', 'POST', 'PUT', 'OPTIONS', 'DELETE'),
    fc.constantFrom(' ', ' ', ' ', '  ', '\t'),
    seldom(
      from('ab/?%2&=|{}^"~', 10).map((text) => `/${text}`),
      from('/ab# é\0', 5),
    ),
    seldom(fc.constant('HTTP/1.1'), fc.constantFrom('HTTP/1.0', 'HTTP/1.2', 'http/1.1', 'HTTP/2.0', '')),
    fc.array(fc.tuple(line, eol), { maxLength: 5 }),
    eol,
    seldom(fc.constantFrom('', 'abc', '3\r\nabc\r\n0\r\n\r\n', '0\r\n\r\n'), from('0123abc;\r\n ', 12)),
  )
  .map(([method, space, target, version, lines, firstEol, body]) => {
    const head = lines.map((parts) => parts.join('')).join('');
    return Buffer.from(
      `${method}${space}${target} ${version}${firstEol}Host: h\r\n${head}\r\n${body}`,
      'latin1',
    );
  });

it('whatever this wire accepts, Node accepts and reads the same', async () => {
  let accepted = 0;
  await fc.assert(
    fc.asyncProperty(message, async (bytes) => {
      const read = ours(bytes);
      if (!read) return;
      accepted++;
      // What follows is the next request's business.
      expect(await nodes(bytes.subarray(0, read.taken))).toEqual(read.reading);
    }),
    { numRuns: 3_000 },
  );
  // A generator that makes nothing but nonsense would prove nothing.
  expect(accepted).toBeGreaterThan(300);
});
