import fc from 'fast-check';
import { expect, it } from 'vitest';
import { answerModel, requestModel, wireText } from '../../../support/http-arbitraries.ts';
import { runs } from '../../../support/property.ts';
import { nodesAnswer, nodesRequest, ourAnswer, ourRequest } from '../../../support/readings.ts';

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

const answer = fc
  .tuple(
    fc.array(fc.constantFrom('HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n', 'HTTP/1.1 102 P\r\n\r\n'), {
      maxLength: 2,
    }),
    seldom(fc.constant('HTTP/1.1'), fc.constantFrom('HTTP/1.0', 'HTTP/1.2', 'HTTP/2.0', 'http/1.1', 'ICY')),
    seldom(
      fc.constantFrom(' 200 OK', ' 404 Not Found', ' 304 ', ' 599 \xe9'),
      fc.constantFrom(' 200', ' 99', '  200 OK', ' 2000 OK', ' 600 x', ' 200\tOK', ''),
    ),
    fc.array(fc.tuple(line, eol), { maxLength: 5 }),
    eol,
    seldom(
      fc.constantFrom('', 'abc', '3\r\nabc\r\n0\r\n\r\n', '3;x\r\nabc\r\n0\r\nX-T: v\r\n\r\n'),
      from('0123abc;\r\n ', 12),
    ),
  )
  .map(([interims, version, status, lines, firstEol, body]) => {
    const head = lines.map((parts) => parts.join('')).join('');
    return Buffer.from(`${interims.join('')}${version}${status}${firstEol}${head}\r\n${body}`, 'latin1');
  });
const askedBy = fc.constantFrom('GET', 'GET', 'POST', 'HEAD');

it('whatever request this wire accepts, Node accepts and reads the same', async () => {
  let accepted = 0;
  await fc.assert(
    fc.asyncProperty(message, async (bytes) => {
      const read = ourRequest(bytes);
      if (!read) return;
      accepted++;
      // What follows is the next request's business.
      expect(await nodesRequest(bytes.subarray(0, read.taken))).toEqual(read.reading);
    }),
    runs(3_000),
  );
  // A generator that makes nothing but nonsense would prove nothing.
  if (process.env['FC_PATH'] === undefined) expect(accepted).toBeGreaterThan(300);
});

it('whatever answer this wire accepts, Node accepts and reads the same', async () => {
  let accepted = 0;
  await fc.assert(
    fc.asyncProperty(answer, askedBy, async (bytes, method) => {
      const read = ourAnswer(bytes, method);
      if (!read) return;
      accepted++;
      expect(await nodesAnswer(bytes.subarray(0, read.taken), method)).toEqual(read.reading);
    }),
    runs(3_000),
  );
  if (process.env['FC_PATH'] === undefined) expect(accepted).toBeGreaterThan(300);
});

it('a well-formed request is read alike by this wire, by Node and by whoever wrote it', async () => {
  await fc.assert(
    fc.asyncProperty(requestModel, async (model) => {
      const bytes = Buffer.from(wireText(model), 'latin1');
      const [method = '', path = ''] = model.startLine.split(' ');
      const { payload: body, trailers } = model.body;
      const reading = { method, target: path, fields: model.fields, body, trailers };
      expect(ourRequest(bytes)).toEqual({ reading, taken: bytes.length });
      expect(await nodesRequest(bytes)).toEqual(reading);
    }),
    runs(500),
  );
});

it('a well-formed answer is read alike by this wire, by Node and by whoever wrote it', async () => {
  await fc.assert(
    fc.asyncProperty(answerModel, async (model) => {
      const bytes = Buffer.from(wireText(model), 'latin1');
      const { payload: body, trailers } = model.body;
      const status = Number(model.startLine.slice(9, 12));
      const reading = {
        interims: [],
        status,
        reason: model.startLine.slice(13),
        fields: model.fields,
        body,
        trailers,
      };
      expect(ourAnswer(bytes, 'GET')).toEqual({ reading, taken: bytes.length });
      expect(await nodesAnswer(bytes, 'GET')).toEqual(reading);
    }),
    runs(500),
  );
});
