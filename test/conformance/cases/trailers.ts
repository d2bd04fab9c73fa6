import { answer, get, postChunked } from '../bytes.ts';
import type { Case, Group, Level } from '../case.ts';
import {
  anyOf,
  backendBody,
  backendField,
  backendLacks,
  backendTrailer,
  clientBody,
  clientField,
  clientLacks,
  clientTrailer,
  keptOpen,
  refusedMidway,
  statuses,
  visiblyCut,
} from '../checks.ts';

/** RFC 9110 section 6.5.1: fields that frame, route or change how a message is read may not be in trailers. */
function neverMerged(name: string, line: string, level: Level = 'must'): Case {
  return {
    id: `trailer-request-${name}`,
    title: `${line.split(':')[0]} in the trailers of a request changes nothing`,
    section: 'RFC 9110 6.5.1',
    level,
    client: [postChunked(`3\r\nabc\r\n0\r\n${line}\r\n\r\n`), { until: '\r\nok' }, get()],
    checks: [anyOf([statuses(200, 200), backendTrailersLack(name)], refusedMidway(400))],
  };
}

function bad(id: string, title: string, trailers: string, level: Level = 'house'): Case {
  return {
    id: `trailer-${id}`,
    title: `${title} is refused`,
    section: 'RFC 9112 7.1.2',
    level,
    client: [postChunked(`3\r\nabc\r\n0\r\n${trailers}\r\n\r\n`)],
    checks: refusedMidway(400, 431),
  };
}

const TRAILED = '3\r\nabc\r\n0\r\nX-Check: one\r\nX-Check: two\r\n\r\n';
const chunked = (body: string, ...lines: readonly string[]) =>
  answer('200 OK', ['Transfer-Encoding: chunked', ...lines], body);

export const trailers: Group = {
  name: 'Trailers',
  cases: [
    {
      id: 'trailer-to-backend',
      title: 'Trailers of a request reach the backend',
      section: 'RFC 9110 6.5',
      level: 'house',
      client: [postChunked(TRAILED, 'Trailer: X-Check')],
      checks: [statuses(200), backendBody('abc'), backendTrailer('x-check', 'one', 'two')],
    },
    {
      id: 'trailer-not-in-head',
      title: 'Trailers of a request do not move into its head',
      section: 'RFC 9110 6.5.1',
      level: 'must',
      client: [postChunked(TRAILED, 'Trailer: X-Check')],
      checks: [statuses(200), backendBody('abc'), backendField('X-Check')],
    },
    {
      id: 'trailer-to-client',
      title: 'Trailers of an answer reach the client',
      section: 'RFC 9110 6.5',
      level: 'house',
      client: [get('Connection: TE', 'TE: trailers')],
      backend: [chunked(TRAILED, 'Trailer: X-Check')],
      checks: [statuses(200), clientBody('abc'), clientTrailer('x-check', 'one', 'two'), keptOpen],
    },
    {
      id: 'trailer-announced',
      title: 'The Trailer field of an answer stays with it',
      section: 'RFC 9110 6.6.2',
      level: 'should',
      client: [get('Connection: TE', 'TE: trailers')],
      backend: [chunked(TRAILED, 'Trailer: X-Check')],
      checks: [statuses(200), clientField('Trailer', 'X-Check')],
    },
    {
      id: 'trailer-not-in-answer-head',
      title: 'Trailers of an answer do not move into its head',
      section: 'RFC 9110 6.5.1',
      level: 'must',
      client: [get()],
      backend: [chunked(TRAILED)],
      checks: [statuses(200), clientBody('abc'), clientField('X-Check')],
    },
    {
      id: 'trailer-http10',
      title: 'A client of HTTP/1.0 gets the body without its trailers',
      section: 'RFC 9112 7.1.2',
      level: 'must',
      client: ['GET / HTTP/1.0\r\n\r\n'],
      backend: [chunked(TRAILED)],
      checks: [statuses(200), clientBody('abc'), clientLacks(/x-check: one\r\n/i, 'sent them')],
    },
    neverMerged('content-length', 'Content-Length: 5'),
    neverMerged('transfer-encoding', 'Transfer-Encoding: chunked'),
    neverMerged('host', 'Host: other.test'),
    neverMerged('connection', 'Connection: close'),
    neverMerged('x-forwarded-for', 'X-Forwarded-For: 192.0.2.9'),
    neverMerged('x-forwarded-prefix', 'X-Forwarded-Prefix: /other', 'house'),
    neverMerged('x_forwarded_for', 'X_Forwarded_For: 192.0.2.9', 'house'),
    neverMerged('authorization', 'Authorization: Basic dTpw'),
    neverMerged('cookie', 'Cookie: a=b', 'house'),
    {
      id: 'trailer-answer-set-cookie',
      title: 'Set-Cookie in the trailers of an answer is not passed on',
      section: 'RFC 9110 6.5.1',
      level: 'must',
      client: [get('Connection: TE', 'TE: trailers')],
      backend: [chunked('3\r\nabc\r\n0\r\nSet-Cookie: a=b\r\n\r\n')],
      checks: [statuses(200), clientBody('abc'), clientLacks(/set-cookie/i, 'passed it on')],
    },
    {
      id: 'trailer-answer-content-length',
      title: 'Content-Length in the trailers of an answer changes nothing',
      section: 'RFC 9110 6.5.1',
      level: 'must',
      client: [get(), { until: '\r\n\r\n' }, get()],
      backend: [chunked('3\r\nabc\r\n0\r\nContent-Length: 5\r\n\r\n')],
      checks: [statuses(200, 200), clientBody('abc'), clientLacks(/content-length: 5/i, 'passed it on')],
    },
    bad('space-before-colon', 'A trailer with a space before its colon', 'X-Check : a', 'should'),
    bad('no-colon', 'A trailer without a colon', 'X-Check'),
    bad('folded', 'A folded trailer', 'X-Check: a\r\n b'),
    bad('nul', 'A trailer with NUL in it', 'X-Check: a\0b', 'should'),
    bad('bare-cr', 'A trailer with CR in it', 'X-Check: a\rb'),
    bad('bare-lf', 'A trailer that ends with LF alone', 'X-Check: a\nX-Other: b'),
    bad('too-large', 'Trailers of 200,000 bytes', `X-Check: ${'a'.repeat(200_000)}`, 'should'),
    bad('too-many', 'A thousand trailers', Array.from({ length: 1_000 }, () => 'A: b').join('\r\n')),
    {
      id: 'trailer-answer-malformed',
      title: 'A malformed trailer of an answer cuts it visibly',
      section: 'RFC 9112 8',
      level: 'house',
      client: [get()],
      backend: [
        {
          on: 'request',
          steps: [chunked('3\r\nabc\r\n'), { clientUntil: 'abc' }, '0\r\nX Check: a\r\n\r\n'],
        },
      ],
      checks: [visiblyCut],
    },
    {
      id: 'trailer-empty',
      title: 'A body without trailers is given none',
      section: 'RFC 9112 7.1.2',
      level: 'must',
      client: [postChunked('3\r\nabc\r\n0\r\n\r\n')],
      checks: [statuses(200), backendBody('abc'), backendLacks(/\r\n0\r\n[^\r]/, 'gave it trailers')],
    },
  ],
};

function backendTrailersLack(name: string) {
  return ({ requests }: { requests: readonly { trailers: readonly (readonly [string, string])[] }[] }) =>
    requests[0]?.trailers.some(([other]) => other.toLowerCase() === name) ? 'passed it on' : null;
}
