import { answer, chunks, get, ok, request } from '../bytes.ts';
import type { BackendStep, Case, Group, Level } from '../case.ts';
import {
  anyOf,
  backendConnections,
  backendLetGo,
  clientBody,
  clientField,
  clientFraming,
  clientLacks,
  keptOpen,
  noBody,
  statuses,
  visiblyCut,
} from '../checks.ts';

/** 502, the backend's connection thrown away, the client's kept. */
function bad(
  id: string,
  title: string,
  bytes: string,
  level: Level = 'house',
  section = 'RFC 9112 6.3',
): Case {
  return {
    id: `answer-${id}`,
    title: `${title} becomes a 502, and its connection is thrown away`,
    section,
    level,
    client: [get()],
    backend: [bytes],
    checks: [statuses(502), backendLetGo, clientLacks(/smuggled/, 'passed its bytes on')],
  };
}

function cut(id: string, title: string, steps: readonly BackendStep[]): Case {
  return {
    id: `cut-${id}`,
    title: `${title} stays cut for the client`,
    section: 'RFC 9112 8',
    level: 'must',
    client: [get()],
    backend: [{ on: 'request', steps }],
    checks: [visiblyCut],
  };
}

function bodiless(id: string, title: string, method: string, bytes: string): Case {
  return {
    id: `bodiless-${id}`,
    title,
    section: 'RFC 9112 6.3',
    level: 'must',
    client: [request(`${method} / HTTP/1.1`), { until: '\r\n\r\n' }, get()],
    methods: [method, 'GET'],
    backend: [bytes, answer('200 OK', ['Content-Length: 4'], 'next')],
    checks: [statuses(Number(bytes.slice(9, 12)), 200), clientBody('next'), keptOpen],
  };
}

const LARGE = 'abcdefgh'.repeat(80_000);
const length = (value: string) => answer('200 OK', [`Content-Length: ${value}`], 'smuggled');
const coded = (value: string) => answer('200 OK', [`Transfer-Encoding: ${value}`], chunks('smuggled'));

export const responseFraming: Group = {
  name: 'Answer framing',
  cases: [
    bad('length-plus', 'A signed Content-Length', length('+8'), 'must'),
    bad('length-minus', 'A Content-Length below zero', length('-8'), 'must'),
    bad('length-hex', 'A Content-Length in hexadecimal', length('0x8'), 'must'),
    bad('length-empty', 'An empty Content-Length', length(''), 'must'),
    bad('length-words', 'A Content-Length in words', length('eight'), 'must'),
    bad('length-list', 'A Content-Length with differing members', length('8, 9'), 'must'),
    bad(
      'length-overflow',
      'A Content-Length that wraps round in 64 bits',
      length('18446744073709551624'),
      'must',
      'RFC 9110 8.6',
    ),
    bad(
      'length-twice',
      'Two Content-Length lines that differ',
      answer('200 OK', ['Content-Length: 8', 'Content-Length: 9'], 'smuggled'),
      'must',
    ),
    bad(
      'length-twice-same',
      'Two Content-Length lines that agree',
      answer('200 OK', ['Content-Length: 8', 'Content-Length: 8'], 'smuggled'),
    ),
    bad(
      'both-lengths',
      'Both lengths at once',
      answer('200 OK', ['Content-Length: 8', 'Transfer-Encoding: chunked'], chunks('smuggled')),
    ),
    bad(
      'coding-twice',
      'Transfer-Encoding on two lines',
      answer('200 OK', ['Transfer-Encoding: chunked', 'Transfer-Encoding: chunked'], chunks('smuggled')),
    ),
    bad('coding-unknown', 'An unknown coding', coded('x-unknown')),
    bad('coding-gzip-chunked', 'A coding below chunked', coded('gzip, chunked')),
    bad('coding-not-last', 'Chunked below another coding', coded('chunked, gzip')),
    bad(
      'coding-http10',
      'A coding in HTTP/1.0',
      coded('chunked').replace('HTTP/1.1', 'HTTP/1.0'),
      'house',
      'RFC 9112 6.1',
    ),
    {
      id: 'answer-both-lengths-never-forwarded',
      title: 'Both lengths at once never reach the client',
      section: 'RFC 9112 6.3',
      level: 'must',
      client: [get()],
      backend: [answer('200 OK', ['Content-Length: 2', 'Transfer-Encoding: chunked'], chunks('abc'))],
      checks: [anyOf([statuses(502)], [statuses(200), clientField('Content-Length'), clientBody('abc')])],
    },
    {
      id: 'answer-extra-bytes',
      title: 'Bytes after the end of an answer are dropped with their connection',
      section: 'RFC 9112 6.3',
      level: 'must',
      client: [get(), { until: '\r\nok' }, get()],
      backend: [ok() + answer('200 OK', ['Content-Length: 8'], 'smuggled'), ok()],
      checks: [statuses(200, 200), clientLacks(/smuggled/, 'took them for an answer'), backendConnections(2)],
    },
    {
      id: 'answer-unasked-for',
      title: 'An answer that nobody asked for closes its connection',
      section: 'RFC 9112 9.2',
      level: 'must',
      client: [get()],
      backend: [
        {
          on: 'request',
          steps: [ok(), { clientUntil: '\r\nok' }, answer('200 OK', ['Content-Length: 8'], 'smuggled')],
        },
      ],
      checks: [statuses(200), backendLetGo, clientLacks(/smuggled/, 'took it for an answer')],
    },
    cut('length', 'A body shorter than its Content-Length', [
      answer('200 OK', ['Content-Length: 10'], 'abc'),
      { clientUntil: 'abc' },
      'end',
    ]),
    cut('length-reset', 'A body whose connection is reset', [
      answer('200 OK', ['Content-Length: 10'], 'abc'),
      { clientUntil: 'abc' },
      'reset',
    ]),
    cut('chunked', 'A chunked body without its last chunk', [
      answer('200 OK', ['Transfer-Encoding: chunked'], '3\r\nabc\r\n'),
      { clientUntil: 'abc' },
      'end',
    ]),
    cut('within-chunk', 'A body that ends within a chunk', [
      answer('200 OK', ['Transfer-Encoding: chunked'], '9\r\nabc'),
      { clientUntil: 'abc' },
      'end',
    ]),
    cut('last-chunk', 'A body that ends within its last chunk', [
      answer('200 OK', ['Transfer-Encoding: chunked'], '3\r\nabc\r\n0\r\n'),
      { clientUntil: 'abc' },
      'end',
    ]),
    cut('bad-chunk', 'A body whose second chunk is malformed', [
      answer('200 OK', ['Transfer-Encoding: chunked'], '3\r\nabc\r\n'),
      { clientUntil: 'abc' },
      'xyz\r\n',
    ]),
    cut('chunk-overrun', 'A body whose chunk is longer than its size', [
      answer('200 OK', ['Transfer-Encoding: chunked'], '3\r\nabc\r\n'),
      { clientUntil: 'abc' },
      '3\r\nabcdef\r\n0\r\n\r\n',
    ]),
    {
      id: 'cut-until-close-reset',
      title: 'A body that only the end delimits, and that is reset, does not look whole',
      section: 'RFC 9112 8',
      level: 'must',
      client: [get()],
      backend: [{ on: 'request', steps: [answer('200 OK', []), 'abc', { clientUntil: 'abc' }, 'reset'] }],
      checks: [visiblyCut],
    },
    bodiless('204', 'A 204 has no body', 'GET', answer('204 No Content', [])),
    bodiless(
      '204-chunked',
      'A 204 that claims a coding has no body for the client',
      'GET',
      answer('204 No Content', ['Transfer-Encoding: chunked']),
    ),
    bodiless('304', 'A 304 has no body', 'GET', answer('304 Not Modified', ['ETag: "a"'])),
    bodiless(
      '304-length',
      'A 304 has no body, whatever length it names',
      'GET',
      answer('304 Not Modified', ['Content-Length: 10']),
    ),
    bodiless(
      'head-length',
      'An answer to HEAD has no body, whatever length it names',
      'HEAD',
      answer('200 OK', ['Content-Length: 10']),
    ),
    bodiless(
      'head-chunked',
      'An answer to HEAD has no body, whatever coding it names',
      'HEAD',
      answer('200 OK', ['Transfer-Encoding: chunked']),
    ),
    bodiless(
      'head-nothing',
      'An answer to HEAD without any length has no body',
      'HEAD',
      answer('200 OK', []),
    ),
    bodiless(
      'head-error',
      'An error answered to HEAD has no body',
      'HEAD',
      answer('404 Not Found', ['Content-Length: 9']),
    ),
    {
      id: 'bodiless-204-length-dropped',
      title: 'A Content-Length on a 204 is not passed on',
      section: 'RFC 9110 8.6',
      level: 'must',
      client: [get()],
      backend: [answer('204 No Content', ['Content-Length: 0'])],
      checks: [statuses(204), clientField('Content-Length'), clientField('Transfer-Encoding')],
    },
    {
      id: 'head-own-refusal',
      title: "The proxy's own answer to HEAD has no body either",
      section: 'RFC 9110 9.3.2',
      level: 'must',
      client: [request('HEAD / HTTP/1.1')],
      methods: ['HEAD'],
      backend: [{ on: 'request', steps: ['end'] }],
      checks: [statuses([502, 503]), noBody],
    },
    {
      id: 'head-length-kept',
      title: 'The length that an answer to HEAD names reaches the client',
      section: 'RFC 9110 8.6',
      level: 'should',
      client: [request('HEAD / HTTP/1.1')],
      methods: ['HEAD'],
      backend: [answer('200 OK', ['Content-Length: 1234'])],
      checks: [statuses(200), clientField('Content-Length', '1234')],
    },
    {
      id: 'until-close-becomes-chunked',
      title: 'A body that only the end delimits reaches the client in chunks, and its connection stays',
      section: 'RFC 9112 6.3',
      level: 'house',
      client: [get()],
      backend: [{ on: 'request', steps: [answer('200 OK', [], 'abc'), 'end'] }],
      checks: [statuses(200), clientBody('abc'), clientFraming('chunked'), keptOpen],
    },
    {
      id: 'until-close-whole',
      title: 'A body that only the end delimits arrives whole',
      section: 'RFC 9112 6.3',
      level: 'must',
      client: [get()],
      backend: [
        { on: 'request', steps: [answer('200 OK', [], 'abc'), { clientUntil: 'abc' }, 'def', 'end'] },
      ],
      checks: [statuses(200), clientBody('abcdef')],
    },
    {
      id: 'large-length',
      title: 'A body of 640,000 bytes arrives whole',
      section: 'RFC 9112 6.2',
      level: 'must',
      client: [get()],
      backend: [answer('200 OK', ['Content-Length: 640000'], LARGE)],
      checks: [statuses(200), clientBody(LARGE)],
    },
    {
      id: 'large-chunk',
      title: 'A chunk of 640,000 bytes arrives whole',
      section: 'RFC 9112 7.1',
      level: 'must',
      client: [get()],
      backend: [answer('200 OK', ['Transfer-Encoding: chunked'], chunks(LARGE))],
      checks: [statuses(200), clientBody(LARGE)],
    },
    {
      id: 'answer-streams',
      title: 'The beginning of an answer goes out before its end has come',
      section: 'RFC 9110 7.6',
      level: 'house',
      client: [get()],
      backend: [
        {
          on: 'request',
          steps: [answer('200 OK', ['Content-Length: 6'], 'abc'), { clientUntil: 'abc' }, 'def'],
        },
      ],
      checks: [statuses(200), clientBody('abcdef')],
    },
    {
      id: 'chunk-extension-of-answer',
      title: 'A chunk extension of the backend ends at this hop',
      section: 'RFC 9112 7.1.1',
      level: 'house',
      client: [get()],
      backend: [answer('200 OK', ['Transfer-Encoding: chunked'], '3;secret=1\r\nabc\r\n0\r\n\r\n')],
      checks: [statuses(200), clientBody('abc'), clientLacks(/secret/, 'passed the extension on')],
    },
    {
      id: 'no-answer-reset',
      title: 'A backend that resets without an answer to a POST is a 502 or 503',
      section: 'RFC 9110 15.6.3',
      level: 'should',
      client: [request('POST / HTTP/1.1', ['Content-Length: 0'])],
      backend: [{ on: 'request', steps: ['reset'] }],
      checks: [statuses([502, 503])],
    },
    {
      id: 'early-answer',
      title: 'An answer that overtakes its request reaches the client',
      section: 'RFC 9112 9.3',
      level: 'should',
      client: [request('POST / HTTP/1.1', ['Content-Length: 6'], 'abc'), { until: '\r\n\r\n' }],
      backend: [
        {
          on: 'head',
          steps: [answer('413 Content Too Large', ['Content-Length: 0', 'Connection: close']), 'end'],
        },
      ],
      checks: [statuses(413)],
    },
  ],
};
