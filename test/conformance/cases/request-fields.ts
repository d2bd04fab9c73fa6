import { get, HOST, request } from '../bytes.ts';
import type { Case, Group, Level } from '../case.ts';
import { anyOf, backendField, backendHas, backendLacks, refused, statuses } from '../checks.ts';

function badField(
  id: string,
  title: string,
  lines: string,
  level: Level = 'house',
  section = 'RFC 9112 5',
): Case {
  return {
    id: `field-${id}`,
    title: `${title} is refused`,
    section,
    level,
    client: [`GET / HTTP/1.1\r\nHost: ${HOST}\r\n${lines}\r\n\r\n`],
    checks: refused(400),
  };
}

function badHost(id: string, title: string, head: string, level: Level = 'must'): Case {
  return {
    id: `host-${id}`,
    title: `${title} is refused`,
    section: 'RFC 9112 3.2',
    level,
    client: [`GET / HTTP/1.1\r\n${head}\r\n`],
    checks: refused(400),
  };
}

/** What the RFC leaves to the recipient, as long as the byte itself does not get through. */
function neverForwarded(id: string, title: string, line: string, bytes: RegExp, section: string): Case {
  return {
    id: `field-${id}-never-forwarded`,
    title: `${title} is never passed on as it is`,
    section,
    level: 'must',
    client: [`GET / HTTP/1.1\r\nHost: ${HOST}\r\n${line}\r\n\r\n`],
    checks: [anyOf(refused(400), [statuses(200), backendLacks(bytes, 'passed it on as it is')])],
  };
}

function keptField(id: string, title: string, line: string, value: string, section = 'RFC 9110 5.5'): Case {
  return {
    id: `field-${id}`,
    title,
    section,
    level: 'must',
    client: [get(line)],
    checks: [statuses(200), backendField('X-Field', value)],
  };
}

const FOLDED = 'X-Field: a\r\n b';
const OBS_TEXT = String.fromCharCode(...Array.from({ length: 128 }, (_, at) => 128 + at));

export const requestFields: Group = {
  name: 'Request fields',
  cases: [
    badHost('missing', 'A request without Host', 'X-Field: a\r\n'),
    badHost('twice', 'A request with two Host lines', `Host: ${HOST}\r\nHost: other.test\r\n`),
    badHost('twice-same', 'A request with the same Host twice', `Host: ${HOST}\r\nHost: ${HOST}\r\n`),
    badHost('space', 'A Host with a space in it', `Host: ${HOST} other.test\r\n`),
    badHost('list', 'A Host that is a list', `Host: ${HOST}, other.test\r\n`),
    badHost('path', 'A Host with a path', `Host: ${HOST}/path\r\n`),
    badHost('userinfo', 'A Host with user information', `Host: user@${HOST}\r\n`),
    badHost('port-words', 'A Host whose port is no number', `Host: ${HOST}:http\r\n`),
    badHost('quote', 'A Host with a quote in it', `Host: "${HOST}"\r\n`),
    badHost('obs-text', 'A Host that is not ASCII', 'Host: h\xf6st.test\r\n'),
    badHost('bracket', 'A Host whose bracket is not closed', 'Host: [::1\r\n'),
    badHost('empty', 'An empty Host with a path', 'Host:\r\n', 'house'),
    {
      id: 'host-ipv6',
      title: 'A Host may be an IPv6 address with a port',
      section: 'RFC 9110 7.2',
      level: 'must',
      client: ['GET / HTTP/1.1\r\nHost: [::1]:8080\r\n\r\n'],
      checks: [statuses(200), backendHas('Host: [::1]')],
    },
    {
      id: 'host-kept',
      title: 'The Host the client asked for reaches the backend, with its port',
      section: 'RFC 9110 7.2',
      level: 'house',
      client: [`GET / HTTP/1.1\r\nHost: ${HOST}:8080\r\n\r\n`],
      checks: [statuses(200), backendField('Host', `${HOST}:8080`)],
    },
    badField('space-before-colon', 'A space before the colon', 'X-Field : a', 'must', 'RFC 9112 5.1'),
    badField('tab-before-colon', 'A tab before the colon', 'X-Field\t: a', 'must', 'RFC 9112 5.1'),
    badField(
      'length-space-before-colon',
      'A space before the colon of Content-Length',
      'Content-Length : 0',
      'must',
      'RFC 9112 5.1',
    ),
    badField(
      'coding-space-before-colon',
      'A space before the colon of Transfer-Encoding',
      'Transfer-Encoding : chunked',
      'must',
      'RFC 9112 5.1',
    ),
    badField('folded', 'A folded line', FOLDED, 'house', 'RFC 9112 5.2'),
    badField('folded-tab', 'A line folded with a tab', 'X-Field: a\r\n\tb', 'house', 'RFC 9112 5.2'),
    badField(
      'folded-coding',
      'A folded Transfer-Encoding',
      'Transfer-Encoding:\r\n chunked',
      'house',
      'RFC 9112 5.2',
    ),
    {
      id: 'field-first-folded',
      title: 'A space before the first line is refused, or that line left out',
      section: 'RFC 9112 2.2',
      level: 'must',
      client: [`GET / HTTP/1.1\r\n X-Field: a\r\nHost: ${HOST}\r\n\r\n`],
      checks: [anyOf(refused(400), [statuses(200), backendLacks(/x-field/i, 'passed the line on')])],
    },
    neverForwarded('folded', 'A folded line', FOLDED, /\r\n b/, 'RFC 9112 5.2'),
    neverForwarded('nul', 'NUL in a value', 'X-Field: a\0b', /\0/, 'RFC 9110 5.5'),
    neverForwarded('bare-cr', 'CR in a value', 'X-Field: a\rb', /\r[^\n]/, 'RFC 9112 2.2'),
    neverForwarded('bare-lf', 'LF as the end of a line', 'X-Field: a\nX-Other: b', /[^\r]\n/, 'RFC 9112 2.2'),
    badField('nul', 'NUL in a value', 'X-Field: a\0b'),
    badField('nul-in-name', 'NUL in a name', 'X-Fi\0eld: a', 'should'),
    badField('bare-cr', 'CR in a value', 'X-Field: a\rb'),
    badField('bare-lf', 'A line that ends with LF alone', 'X-Field: a\nX-Other: b', 'house', 'RFC 9112 2.2'),
    badField('lf-cr', 'A line that ends with LF and CR', 'X-Field: a\n\rX-Other: b', 'house', 'RFC 9112 2.2'),
    badField('control', 'A control byte in a value', 'X-Field: a\x01b', 'house', 'RFC 9110 5.5'),
    badField('escape', 'ESC in a value', 'X-Field: a\x1b[31mb', 'house', 'RFC 9110 5.5'),
    badField('delete', 'DEL in a value', 'X-Field: a\x7fb', 'house', 'RFC 9110 5.5'),
    badField('no-colon', 'A line without a colon', 'X-Field', 'should'),
    badField('no-name', 'A line without a name', ': a', 'should'),
    badField('name-space', 'A name with a space in it', 'X Field: a', 'should'),
    badField('name-delimiter', 'A name with a delimiter in it', 'X-Fi(eld: a', 'should'),
    badField('name-obs-text', 'A name that is not ASCII', 'X-Fi\xebld: a', 'should'),
    badField('name-control', 'A name with a control byte in it', 'X-Fi\x0beld: a', 'should'),
    {
      id: 'head-bare-lf',
      title: 'A head whose lines all end with LF alone is refused',
      section: 'RFC 9112 2.2',
      level: 'house',
      client: [`GET / HTTP/1.1\nHost: ${HOST}\n\n`],
      checks: refused(400),
    },
    {
      id: 'head-too-large',
      title: 'A head of 200,000 bytes is answered with 431',
      section: 'RFC 6585 5',
      level: 'house',
      client: [get(...Array.from({ length: 40 }, (_, at) => `X-Field-${at}: ${'a'.repeat(5_000)}`))],
      checks: refused(431),
    },
    {
      id: 'head-line-too-large',
      title: 'A single header line of 100,000 bytes is answered with 431',
      section: 'RFC 6585 5',
      level: 'house',
      client: [get(`X-Field: ${'a'.repeat(100_000)}`)],
      checks: refused(431),
    },
    {
      id: 'head-too-large-4xx',
      title: 'A head that is too large is answered with a 4xx',
      section: 'RFC 9110 5.4',
      level: 'must',
      client: [get(`X-Field: ${'a'.repeat(100_000)}`)],
      checks: [statuses([200, 400, 413, 431])],
    },
    {
      id: 'head-too-many-lines',
      title: 'Ten thousand header lines are answered with 431',
      section: 'RFC 6585 5',
      level: 'house',
      client: [get(...Array.from({ length: 10_000 }, () => 'A: b'))],
      checks: refused(431),
    },
    keptField('obs-text', 'Bytes above ASCII pass in a value', `X-Field: ${OBS_TEXT}`, OBS_TEXT),
    keptField('inner-space', 'Spaces and tabs within a value are kept', 'X-Field: a  b\tc', 'a  b\tc'),
    keptField('padding', 'Spaces and tabs around a value do not belong to it', 'X-Field: \t a \t ', 'a'),
    keptField('no-space', 'The space after the colon may be missing', 'X-Field:a', 'a', 'RFC 9112 5'),
    keptField('empty', 'A value may be empty', 'X-Field:', ''),
    keptField('colons', 'Colons within a value are kept', 'X-Field: a:b:c', 'a:b:c'),
    keptField('quotes', 'Quotes, commas and percent signs are kept', 'X-Field: "a, b", %20', '"a, b", %20'),
    {
      id: 'field-name-marks',
      title: 'Every character of a token may be in a name',
      section: 'RFC 9110 5.6.2',
      level: 'must',
      client: [get("X!#$%&'*+-.^_`|~9: a")],
      checks: [statuses(200), backendField("X!#$%&'*+-.^_`|~9", 'a')],
    },
    {
      id: 'field-order',
      title: 'Lines of one name keep their order, and are not merged',
      section: 'RFC 9110 5.3',
      level: 'must',
      client: [get('X-Field: c', 'X-Other: b', 'X-Field: a')],
      checks: [statuses(200), backendField('X-Field', 'c', 'a')],
    },
    {
      id: 'field-case-and-order',
      title: 'Names keep their case, and lines their order among others',
      section: 'RFC 9110 5.1',
      level: 'house',
      client: [get('x-LOWER: 1', 'X-Upper: 2', 'accept: */*', 'X-uPPER: 3')],
      checks: [statuses(200), backendHas('x-LOWER: 1\r\nX-Upper: 2\r\naccept: */*\r\nX-uPPER: 3\r\n')],
    },
    {
      id: 'field-cookies',
      title: 'Cookie lines are passed on untouched',
      section: 'RFC 6265 5.4',
      level: 'must',
      client: [request('GET / HTTP/1.1', ['Cookie: a=b; c="d"; __Host-e=f=g'])],
      checks: [statuses(200), backendField('Cookie', 'a=b; c="d"; __Host-e=f=g')],
    },
    {
      id: 'field-authorization',
      title: 'Authorization is passed on untouched',
      section: 'RFC 9110 11.6.2',
      level: 'must',
      client: [get('Authorization: Basic dTpw')],
      checks: [statuses(200), backendField('Authorization', 'Basic dTpw')],
    },
  ],
};
