import { chunks, post, postChunked, request } from '../bytes.ts';
import type { Case, Group, Level } from '../case.ts';
import { anyOf, backendBody, backendField, backendLacks, closed, refused, statuses } from '../checks.ts';

function badLength(id: string, title: string, line: string, level: Level = 'must'): Case {
  return {
    id: `content-length-${id}`,
    title: `Content-Length ${title} is refused`,
    section: 'RFC 9112 6.3',
    level,
    client: [post([line], 'abc')],
    checks: refused(400),
  };
}

function badCoding(id: string, title: string, lines: readonly string[], level: Level = 'house'): Case {
  return {
    id: `transfer-encoding-${id}`,
    title: `Transfer-Encoding ${title} is refused`,
    section: 'RFC 9112 6.1',
    level,
    client: [post(lines, chunks('abc'))],
    // 501 is what the RFC recommends for a coding that is not known.
    checks: refused(400, 501),
  };
}

const BOTH = post(['Content-Length: 3', 'Transfer-Encoding: chunked'], chunks('abc'));

export const requestFraming: Group = {
  name: 'Request framing',
  cases: [
    badLength('plus', 'with a plus sign', 'Content-Length: +3'),
    badLength('minus', 'below zero', 'Content-Length: -3'),
    badLength('hex', 'in hexadecimal', 'Content-Length: 0x3'),
    badLength('exponent', 'with an exponent', 'Content-Length: 3e0'),
    badLength('decimal', 'with decimals', 'Content-Length: 3.0'),
    badLength('empty', 'without a value', 'Content-Length:'),
    badLength('words', 'in words', 'Content-Length: three'),
    badLength('inner-space', 'with a space in it', 'Content-Length: 3 3'),
    badLength('quoted', 'in quotes', 'Content-Length: "3"'),
    badLength('list-differing', 'as a list of differing lengths', 'Content-Length: 3, 4'),
    badLength('list-same', 'as a list of one length twice', 'Content-Length: 3, 3', 'house'),
    badLength('list-empty-member', 'as a list with an empty member', 'Content-Length: 3,', 'house'),
    badLength('superscript', 'in digits that are not ASCII', 'Content-Length: \xb3'),
    {
      id: 'content-length-overflow-64',
      title: 'A Content-Length that wraps round in 64 bits is refused',
      section: 'RFC 9110 8.6',
      level: 'must',
      client: [post(['Content-Length: 18446744073709551619'], 'abc')],
      checks: refused(400, 413),
    },
    {
      id: 'content-length-overflow-double',
      title: 'A Content-Length of a thousand digits is refused',
      section: 'RFC 9110 8.6',
      level: 'must',
      client: [post([`Content-Length: ${'9'.repeat(1_000)}`], 'abc')],
      checks: refused(400, 413),
    },
    {
      id: 'content-length-repeated-differing',
      title: 'Two Content-Length lines that differ are refused',
      section: 'RFC 9112 6.3',
      level: 'must',
      client: [post(['Content-Length: 3', 'Content-Length: 4'], 'abcd')],
      checks: refused(400),
    },
    {
      id: 'content-length-repeated-same',
      title: 'Two Content-Length lines that agree are refused as well',
      section: 'RFC 9110 8.6',
      level: 'house',
      client: [post(['Content-Length: 3', 'Content-Length: 3'], 'abc')],
      checks: refused(400),
    },
    {
      id: 'content-length-leading-zeros',
      title: 'Leading zeros in Content-Length do not change it',
      section: 'RFC 9110 8.6',
      level: 'must',
      client: [post(['Content-Length: 0003'], 'abc')],
      checks: [statuses(200), backendBody('abc')],
    },
    {
      id: 'content-length-zero',
      title: 'Content-Length: 0 ends the request with its head',
      section: 'RFC 9110 8.6',
      level: 'must',
      client: [post(['Content-Length: 0'], request('GET /next HTTP/1.1'))],
      checks: [statuses(200, 200)],
    },
    {
      id: 'both-lengths-never-forwarded',
      title: 'Content-Length beside Transfer-Encoding never reaches the backend',
      section: 'RFC 9112 6.1',
      level: 'must',
      client: [BOTH],
      checks: [
        anyOf(refused(400), [statuses(200), backendField('Content-Length'), backendBody('abc')]),
        backendLacks(/content-length[\s\S]*transfer-encoding: chunked/i, 'passed both lengths on'),
      ],
    },
    {
      id: 'both-lengths-refused',
      title: 'Content-Length beside Transfer-Encoding is refused',
      section: 'RFC 9112 6.1',
      level: 'house',
      client: [BOTH],
      checks: refused(400),
    },
    {
      id: 'both-lengths-other-order-refused',
      title: 'Transfer-Encoding before Content-Length is refused',
      section: 'RFC 9112 6.1',
      level: 'house',
      client: [post(['Transfer-Encoding: chunked', 'Content-Length: 3'], chunks('abc'))],
      checks: refused(400),
    },
    {
      id: 'transfer-encoding-not-last',
      title: 'A request whose last coding is not chunked is refused',
      section: 'RFC 9112 6.3',
      level: 'must',
      client: [post(['Transfer-Encoding: chunked, gzip'], chunks('abc'))],
      checks: refused(400, 501),
    },
    {
      id: 'transfer-encoding-without-chunked',
      title: 'A request without chunked among its codings is refused',
      section: 'RFC 9112 6.3',
      level: 'must',
      client: [post(['Transfer-Encoding: gzip'], 'abc')],
      checks: refused(400, 501),
    },
    {
      id: 'transfer-encoding-http10',
      title: 'Transfer-Encoding in an HTTP/1.0 request closes the connection',
      section: 'RFC 9112 6.1',
      level: 'must',
      client: [
        request('POST / HTTP/1.0', ['Transfer-Encoding: chunked', 'Connection: keep-alive'], chunks('abc')),
      ],
      checks: [statuses([200, 400]), closed],
    },
    {
      id: 'transfer-encoding-http10-refused',
      title: 'Transfer-Encoding in an HTTP/1.0 request is refused',
      section: 'RFC 9112 6.1',
      level: 'house',
      client: [request('POST / HTTP/1.0', ['Transfer-Encoding: chunked'], chunks('abc'))],
      checks: refused(400),
    },
    badCoding('gzip-chunked', 'with gzip below chunked', ['Transfer-Encoding: gzip, chunked'], 'should'),
    badCoding('unknown', 'with an unknown coding', ['Transfer-Encoding: x-unknown'], 'should'),
    badCoding('identity', 'identity', ['Transfer-Encoding: identity']),
    badCoding('identity-chunked', 'identity below chunked', ['Transfer-Encoding: identity, chunked']),
    badCoding('chunked-twice', 'chunked twice in a list', ['Transfer-Encoding: chunked, chunked']),
    badCoding('repeated', 'on two lines', ['Transfer-Encoding: chunked', 'Transfer-Encoding: chunked']),
    badCoding('repeated-identity', 'chunked and identity on two lines', [
      'Transfer-Encoding: chunked',
      'Transfer-Encoding: identity',
    ]),
    badCoding('empty', 'without a value', ['Transfer-Encoding:']),
    badCoding('comma', 'chunked with an empty member before it', ['Transfer-Encoding: ,chunked']),
    badCoding('quoted', 'chunked in quotes', ['Transfer-Encoding: "chunked"']),
    badCoding('parameter', 'chunked with a parameter', ['Transfer-Encoding: chunked;q=1']),
    badCoding('xchunked', 'xchunked', ['Transfer-Encoding: xchunked']),
    badCoding(
      'vertical-tab',
      'with a vertical tab before chunked',
      ['Transfer-Encoding: \x0bchunked'],
      'should',
    ),
    badCoding('no-break-space', 'with a no-break space before chunked', ['Transfer-Encoding: \xa0chunked']),
    {
      id: 'transfer-encoding-case',
      title: 'Chunked is read in any case',
      section: 'RFC 9112 7',
      level: 'must',
      client: [post(['tRANSFER-eNCODING: ChUnKeD'], chunks('abc'))],
      checks: [statuses(200), backendBody('abc')],
    },
    {
      id: 'no-length-no-body',
      title: 'A request without a length has no body; what follows is the next request',
      section: 'RFC 9112 6.3',
      level: 'must',
      client: [post([], request('GET /next HTTP/1.1'))],
      checks: [statuses(200, 200)],
    },
    {
      id: 'chunked-content-length-not-added',
      title: 'A chunked request goes on chunked or with its right length, never with both',
      section: 'RFC 9112 6.2',
      level: 'must',
      client: [postChunked(chunks('abc', 'def'))],
      checks: [
        statuses(200),
        backendBody('abcdef'),
        backendLacks(
          /content-length[\s\S]*transfer-encoding|transfer-encoding[\s\S]*content-length/i,
          'sent both',
        ),
      ],
    },
  ],
};
