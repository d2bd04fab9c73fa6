import { answer, get, ok } from '../bytes.ts';
import type { Case, Group, Level } from '../case.ts';
import {
  anyOf,
  backendLetGo,
  clientBody,
  clientField,
  clientHas,
  clientLacks,
  keptOpen,
  statuses,
} from '../checks.ts';

function bad(id: string, title: string, bytes: string, level: Level = 'house', section = 'RFC 9112 5'): Case {
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

function badLine(
  id: string,
  title: string,
  lines: string,
  level: Level = 'house',
  section = 'RFC 9112 5',
): Case {
  return bad(
    `field-${id}`,
    title,
    `HTTP/1.1 200 OK\r\n${lines}\r\nContent-Length: 8\r\n\r\nsmuggled`,
    level,
    section,
  );
}

function badStatus(id: string, title: string, line: string, level: Level = 'should'): Case {
  return bad(`status-${id}`, title, `${line}\r\nContent-Length: 8\r\n\r\nsmuggled`, level, 'RFC 9112 4');
}

function neverForwarded(id: string, title: string, line: string, bytes: RegExp, section: string): Case {
  return {
    id: `answer-field-${id}-never-forwarded`,
    title: `${title} never reaches the client as it is`,
    section,
    level: 'must',
    client: [get()],
    backend: [ok(line)],
    checks: [anyOf([statuses(502)], [statuses(200), clientLacks(bytes, 'passed it on as it is')])],
  };
}

function kept(id: string, title: string, line: string, value: string): Case {
  return {
    id: `answer-field-${id}`,
    title,
    section: 'RFC 9110 5.5',
    level: 'must',
    client: [get()],
    backend: [ok(line)],
    checks: [statuses(200), clientField('X-Field', value), clientBody('ok')],
  };
}

/** What every client reads is passed on, but never as it was: the client gets lines as they ought to be. */
function repaired(id: string, title: string, bytes: string, value: string, section: string): Case {
  return {
    id: `answer-${id}`,
    title,
    section,
    level: 'house',
    client: [get()],
    backend: [bytes],
    checks: [
      statuses(200),
      clientField('X-Field', value),
      clientBody('ok'),
      clientLacks(/[^\r]\n/, 'sent LF alone'),
      keptOpen,
    ],
  };
}

function status(line: string, level: Level = 'must'): Case {
  return {
    id: `status-${line.slice(0, 3)}`,
    title: `Status ${line.slice(0, 3)} is passed on`,
    section: 'RFC 9110 15',
    level,
    client: [get()],
    backend: [answer(line, ['Content-Length: 2'], 'ok')],
    checks: [statuses(Number(line.slice(0, 3))), clientBody('ok'), keptOpen],
  };
}

const OBS_TEXT = String.fromCharCode(...Array.from({ length: 128 }, (_, at) => 128 + at));

export const responseFields: Group = {
  name: 'Status lines and fields of answers',
  cases: [
    badStatus('nonsense', 'An answer that is not HTTP', 'hello there'),
    badStatus('http2', 'An answer in HTTP/2.0', 'HTTP/2.0 200 OK'),
    badStatus('version-case', 'A version in lower case', 'http/1.1 200 OK'),
    badStatus('two-digits', 'A status of two digits', 'HTTP/1.1 20 OK'),
    badStatus('four-digits', 'A status of four digits', 'HTTP/1.1 2000 OK'),
    badStatus('words', 'A status that is no number', 'HTTP/1.1 abc OK'),
    badStatus('below-100', 'A status below 100', 'HTTP/1.1 099 OK'),
    badStatus('two-spaces', 'Two spaces before the status', 'HTTP/1.1  200 OK', 'house'),
    badStatus('leading-space', 'A space before the version', ' HTTP/1.1 200 OK'),
    badStatus('nul', 'NUL in a reason', 'HTTP/1.1 200 O\0K'),
    badStatus('bare-cr', 'CR in a reason', 'HTTP/1.1 200 O\rK'),
    repaired(
      'head-bare-lf',
      'A head with LF alone is passed on with CRLF',
      'HTTP/1.1 200 OK\nX-Field: a\nContent-Length: 2\n\nok',
      'a',
      'RFC 9112 2.2',
    ),
    repaired(
      'field-bare-lf',
      'A line that LF alone ends is passed on with CRLF',
      'HTTP/1.1 200 OK\r\nX-Other: b\nX-Field: a\r\nContent-Length: 2\r\n\r\nok',
      'a',
      'RFC 9112 2.2',
    ),
    repaired(
      'field-folded',
      'A folded line is passed on as one line',
      'HTTP/1.1 200 OK\r\nX-Field: a \r\n\t  b\r\n c\r\nContent-Length: 2\r\n\r\nok',
      'a b c',
      'RFC 9112 5.2',
    ),
    repaired(
      'field-multi-line',
      'A value over several lines with LF alone, as nginx sends it, is passed on as one line',
      "HTTP/1.1 200 OK\r\nX-Field: default-src 'self';\n    img-src *;\nContent-Length: 2\r\n\r\nok",
      "default-src 'self'; img-src *;",
      'RFC 9112 5.2',
    ),
    bad(
      'field-folded-length',
      'A length folded over two lines',
      'HTTP/1.1 200 OK\r\nContent-Length: 1\r\n 8\r\n\r\nsmuggled',
      'must',
      'RFC 9112 6.3',
    ),
    bad(
      'status-folded',
      'A line folded onto the status line',
      'HTTP/1.1 200 OK\r\n X-Field: a\r\nContent-Length: 8\r\n\r\nsmuggled',
      'house',
      'RFC 9112 2.2',
    ),
    badLine('nul', 'NUL in a value', 'X-Field: a\0b', 'house', 'RFC 9110 5.5'),
    badLine('bare-cr', 'CR in a value', 'X-Field: a\rb', 'house', 'RFC 9112 2.2'),
    badLine('control', 'A control byte in a value', 'X-Field: a\x01b', 'house', 'RFC 9110 5.5'),
    badLine('no-colon', 'A line without a colon', 'X-Field'),
    badLine('no-name', 'A line without a name', ': a'),
    badLine('name-space', 'A name with a space in it', 'X Field: a'),
    badLine('name-obs-text', 'A name that is not ASCII', 'X-Fi\xebld: a'),
    badLine('space-before-colon-refused', 'A space before the colon', 'X-Field : a', 'house', 'RFC 9112 5.1'),
    {
      id: 'answer-field-space-before-colon',
      title: 'A space before the colon never reaches the client',
      section: 'RFC 9112 5.1',
      level: 'must',
      client: [get()],
      backend: [ok('X-Field : a')],
      checks: [statuses([200, 502]), clientLacks(/x-field :/i, 'passed the space on')],
    },
    neverForwarded('folded', 'A folded line', 'X-Field: a\r\n b', /\r\n b/, 'RFC 9112 5.2'),
    neverForwarded('nul', 'NUL in a value', 'X-Field: a\0b', /\0/, 'RFC 9110 5.5'),
    neverForwarded('bare-cr', 'CR in a value', 'X-Field: a\rb', /\r[^\n]/, 'RFC 9112 2.2'),
    kept('obs-text', 'Bytes above ASCII pass in a value', `X-Field: ${OBS_TEXT}`, OBS_TEXT),
    kept('inner-space', 'Spaces and tabs within a value are kept', 'X-Field: a  b\tc', 'a  b\tc'),
    kept('padding', 'Spaces and tabs around a value do not belong to it', 'X-Field: \t a \t ', 'a'),
    kept('empty', 'A value may be empty', 'X-Field:', ''),
    {
      id: 'answer-field-order',
      title: 'Lines of one name keep their order, and are not merged',
      section: 'RFC 9110 5.3',
      level: 'must',
      client: [get()],
      backend: [
        ok('Set-Cookie: b=1', 'X-Other: x', 'Set-Cookie: a=2; Expires=Wed, 21 Oct 2026 07:28:00 GMT'),
      ],
      checks: [statuses(200), clientField('Set-Cookie', 'b=1', 'a=2; Expires=Wed, 21 Oct 2026 07:28:00 GMT')],
    },
    {
      id: 'answer-field-case-and-order',
      title: 'Names keep their case, and lines their order among others',
      section: 'RFC 9110 5.1',
      level: 'house',
      client: [get()],
      backend: [ok('x-LOWER: 1', 'X-Upper: 2', 'etag: "a"', 'X-uPPER: 3')],
      checks: [statuses(200), clientHas('x-LOWER: 1\r\nX-Upper: 2\r\netag: "a"\r\nX-uPPER: 3\r\n')],
    },
    {
      id: 'answer-server-kept',
      title: 'Server and Date of the backend are passed on',
      section: 'RFC 9110 10.2.4',
      level: 'house',
      client: [get()],
      backend: [ok('Server: backend/1', 'Date: Tue, 15 Nov 1994 08:12:31 GMT')],
      checks: [
        statuses(200),
        clientField('Server', 'backend/1'),
        clientField('Date', 'Tue, 15 Nov 1994 08:12:31 GMT'),
      ],
    },
    {
      id: 'answer-reason-kept',
      title: 'A reason is passed on as it is',
      section: 'RFC 9112 4',
      level: 'house',
      client: [get()],
      backend: [answer('200 All  is w\xebll', ['Content-Length: 2'], 'ok')],
      checks: [statuses(200), clientHas('HTTP/1.1 200 All  is w\xebll\r\n')],
    },
    {
      id: 'answer-reason-empty',
      title: 'A reason may be empty',
      section: 'RFC 9112 4',
      level: 'must',
      client: [get()],
      backend: [answer('200 ', ['Content-Length: 2'], 'ok')],
      checks: [statuses(200), clientBody('ok')],
    },
    {
      id: 'answer-head-20k',
      title: 'A head of 20,000 bytes passes',
      section: 'RFC 9110 5.4',
      level: 'house',
      client: [get()],
      backend: [ok(...Array.from({ length: 10 }, (_, at) => `X-Field-${at}: ${'a'.repeat(2_000)}`))],
      checks: [statuses(200), clientBody('ok')],
    },
    bad(
      'head-endless',
      'A head of 200,000 bytes',
      ok(...Array.from({ length: 40 }, (_, at) => `X-${at}: ${'a'.repeat(5_000)}`)),
      'should',
      'RFC 9110 5.4',
    ),
    status('201 Created'),
    status('206 Partial Content'),
    status('299 Odd'),
    status('307 Temporary Redirect'),
    status('401 Unauthorized'),
    status('418 Teapot'),
    status('451 Unavailable For Legal Reasons'),
    status('500 Internal Server Error'),
    status('503 Service Unavailable'),
    status('599 Odd'),
    status('600 Odd', 'house'),
    status('999 Odd', 'house'),
    {
      id: 'redirect-untouched',
      title: 'A Location is passed on untouched',
      section: 'RFC 9110 10.2.2',
      level: 'house',
      client: [get()],
      backend: [answer('302 Found', ['Location: http://elsewhere.test/a?b#c', 'Content-Length: 0'])],
      checks: [statuses(302), clientField('Location', 'http://elsewhere.test/a?b#c')],
    },
    {
      id: 'content-untouched',
      title: 'Content-Encoding, ETag and Vary are passed on with the body untouched',
      section: 'RFC 9110 7.7',
      level: 'must',
      client: [get('Accept-Encoding: gzip')],
      backend: [
        answer(
          '200 OK',
          ['Content-Encoding: gzip', 'ETag: W/"a"', 'Vary: Accept', 'Content-Length: 4'],
          '\x1f\x8b\0\xff',
        ),
      ],
      checks: [
        statuses(200),
        clientField('Content-Encoding', 'gzip'),
        clientField('ETag', 'W/"a"'),
        clientField('Vary', 'Accept'),
        clientBody('\x1f\x8b\0\xff'),
      ],
    },
    {
      id: 'date-added',
      title: 'An answer without a Date gets one',
      section: 'RFC 9110 6.6.1',
      level: 'must',
      client: [get()],
      checks: [
        statuses(200),
        ({ answers }) =>
          /\r\ndate: (Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT\r\n/i.test(
            answers[0]?.raw ?? '',
          )
            ? null
            : 'added no Date',
      ],
    },
    {
      id: 'date-kept',
      title: 'A Date that is there is kept',
      section: 'RFC 9110 6.6.1',
      level: 'house',
      client: [get()],
      backend: [ok('Date: Tue, 15 Nov 1994 08:12:31 GMT')],
      checks: [statuses(200), clientField('Date', 'Tue, 15 Nov 1994 08:12:31 GMT')],
    },
  ],
};
