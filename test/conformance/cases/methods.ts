import { answer, get, HOST, ok, request } from '../bytes.ts';
import type { Case, Group, Level } from '../case.ts';
import {
  backendBody,
  backendField,
  backendLines,
  backendNothing,
  clientBody,
  clientField,
  closed,
  keptOpen,
  refused,
  statuses,
} from '../checks.ts';

function forwarded(method: string, level: Level = 'must'): Case {
  return {
    id: `method-${method.toLowerCase().replace(/[^a-z]+/g, '-')}`,
    title: `${method} is passed on`,
    section: 'RFC 9110 9.1',
    level,
    client: [request(`${method} /a?b HTTP/1.1`)],
    checks: [statuses(200), backendLines(`${method} /a?b HTTP/1.1`), clientBody('ok'), keptOpen],
  };
}

function withBody(method: string): Case {
  return {
    id: `method-${method.toLowerCase()}-body`,
    title: `${method} is passed on with its body`,
    section: 'RFC 9110 9.3',
    level: 'must',
    client: [request(`${method} / HTTP/1.1`, ['Content-Length: 3'], 'abc')],
    checks: [statuses(200), backendLines(`${method} / HTTP/1.1`), backendBody('abc')],
  };
}

export const methods: Group = {
  name: 'Methods',
  cases: [
    forwarded('GET'),
    forwarded('DELETE'),
    forwarded('OPTIONS'),
    forwarded('PROPFIND', 'house'),
    forwarded('QUERY', 'house'),
    forwarded("X-!#$%&'*+.^_`|~", 'house'),
    { ...forwarded('get', 'house'), id: 'method-lower-case' },
    withBody('POST'),
    withBody('PUT'),
    withBody('PATCH'),
    {
      id: 'method-case',
      title: 'A method in lower case is another method, and never made GET',
      section: 'RFC 9110 9.1',
      level: 'must',
      client: [request('get / HTTP/1.1')],
      checks: [
        statuses([200, 400, 405, 501]),
        ({ requests }) => (requests.some((one) => one.startLine.startsWith('GET')) ? 'made it GET' : null),
      ],
    },
    {
      id: 'method-head',
      title: 'HEAD is passed on as HEAD',
      section: 'RFC 9110 9.3.2',
      level: 'must',
      client: [request('HEAD / HTTP/1.1')],
      methods: ['HEAD'],
      backend: [answer('200 OK', ['Content-Length: 2', 'ETag: "a"'])],
      checks: [statuses(200), backendLines('HEAD / HTTP/1.1'), clientField('ETag', '"a"'), keptOpen],
    },
    {
      id: 'method-options-asterisk',
      title: 'OPTIONS * is passed on as it is',
      section: 'RFC 9112 3.2.4',
      level: 'must',
      client: [request('OPTIONS * HTTP/1.1')],
      checks: [statuses(200), backendLines('OPTIONS * HTTP/1.1')],
    },
    {
      id: 'method-options-absolute',
      title: 'OPTIONS of an absolute target without a path is passed on as OPTIONS *',
      section: 'RFC 9112 3.2.4',
      level: 'must',
      client: [`OPTIONS http://${HOST} HTTP/1.1\r\nHost: ${HOST}\r\n\r\n`],
      checks: [statuses(200), backendLines('OPTIONS * HTTP/1.1'), backendField('Host', HOST)],
    },
    {
      id: 'method-connect',
      title: 'CONNECT is refused with 405, and no tunnel is opened',
      section: 'RFC 9110 9.3.6',
      level: 'house',
      client: [`CONNECT ${HOST}:443 HTTP/1.1\r\nHost: ${HOST}:443\r\n\r\n`],
      checks: refused(405),
    },
    {
      id: 'method-connect-allow',
      title: 'A 405 names the methods that are allowed',
      section: 'RFC 9110 15.5.6',
      level: 'must',
      client: [`CONNECT ${HOST}:443 HTTP/1.1\r\nHost: ${HOST}:443\r\n\r\n`],
      checks: [
        ({ answers }) => {
          const one = answers[0];
          if (!one) return 'no answer';
          return one.status !== 405 || /\r\nallow: /i.test(one.raw) ? null : 'answered 405 without Allow';
        },
      ],
    },
    {
      id: 'method-connect-then-bytes',
      title: 'What follows a refused CONNECT goes nowhere',
      section: 'RFC 9110 9.3.6',
      level: 'house',
      client: [`CONNECT ${HOST}:443 HTTP/1.1\r\nHost: ${HOST}:443\r\n\r\n${get()}`],
      checks: refused(405),
    },
    {
      id: 'method-trace-untouched',
      title: 'TRACE is passed on or refused, never answered with a made-up body',
      section: 'RFC 9110 9.3.8',
      level: 'should',
      client: [request('TRACE / HTTP/1.1')],
      backend: [ok('Content-Type: message/http')],
      checks: [statuses([200, 405, 501])],
    },
    {
      id: 'method-long',
      title: 'A method of 60 letters is passed on',
      section: 'RFC 9110 9.1',
      level: 'house',
      client: [request(`${'M'.repeat(60)} / HTTP/1.1`)],
      checks: [statuses(200), backendLines(`${'M'.repeat(60)} / HTTP/1.1`)],
    },
    {
      id: 'method-get-close',
      title: 'The last GET of a connection is served before it closes',
      section: 'RFC 9112 9.6',
      level: 'must',
      client: [get() + get('Connection: close')],
      checks: [statuses(200, 200), closed],
    },
    {
      id: 'max-forwards-zero-options',
      title: 'OPTIONS that may go no further is answered, and not passed on',
      section: 'RFC 9110 7.6.2',
      level: 'must',
      client: [request('OPTIONS / HTTP/1.1', ['Max-Forwards: 0'])],
      checks: [statuses([200, 204]), backendNothing],
    },
    {
      id: 'max-forwards-zero-trace',
      title: 'TRACE that may go no further is not passed on',
      section: 'RFC 9110 7.6.2',
      level: 'must',
      client: [request('TRACE / HTTP/1.1', ['Max-Forwards: 0'])],
      checks: [statuses([200, 405, 501]), backendNothing],
    },
    {
      id: 'max-forwards-counted',
      title: 'Max-Forwards of OPTIONS is counted down',
      section: 'RFC 9110 7.6.2',
      level: 'must',
      client: [request('OPTIONS / HTTP/1.1', ['Max-Forwards: 7'])],
      checks: [statuses(200), backendField('Max-Forwards', '6')],
    },
    {
      id: 'max-forwards-get',
      title: 'Max-Forwards of GET is left as it is',
      section: 'RFC 9110 7.6.2',
      level: 'should',
      client: [request('GET / HTTP/1.1', ['Max-Forwards: 0'])],
      checks: [statuses(200), backendField('Max-Forwards', '0')],
    },
  ],
};
