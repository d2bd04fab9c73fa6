import { get, HOST, request } from '../bytes.ts';
import type { Case, Group, Level } from '../case.ts';
import { anyOf, backendField, backendLines, refused, statuses } from '../checks.ts';

function badLine(id: string, title: string, line: string, level: Level = 'house'): Case {
  return {
    id: `line-${id}`,
    title: `${title} is refused`,
    section: 'RFC 9112 3',
    level,
    client: [request(line)],
    checks: refused(400),
  };
}

function version(name: string, allowed: readonly number[], level: Level): Case {
  return {
    id: `version-${name.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`,
    title: `${name} in a request line is refused`,
    section: allowed.includes(505) ? 'RFC 9110 15.6.6' : 'RFC 9112 2.3',
    level,
    client: [request(`GET / ${name}`)],
    checks: refused(...allowed),
  };
}

function target(id: string, title: string, sent: string, received: string, section = 'RFC 9112 3.2'): Case {
  return {
    id: `target-${id}`,
    title,
    section,
    level: 'must',
    client: [request(`GET ${sent} HTTP/1.1`)],
    checks: [statuses(200), backendLines(`GET ${received} HTTP/1.1`)],
  };
}

/** Byte for byte. */
function kept(id: string, title: string, sent: string, level: Level = 'should'): Case {
  return { ...target(id, title, sent, sent, 'RFC 9110 7.7'), level };
}

function absolute(id: string, title: string, uri: string, path: string, host: string): Case {
  return {
    id: `absolute-${id}`,
    title,
    section: 'RFC 9112 3.2.2',
    level: 'must',
    client: [`GET ${uri} HTTP/1.1\r\nHost: other.test\r\n\r\n`],
    checks: [statuses(200), backendLines(`GET ${path} HTTP/1.1`), backendField('Host', host)],
  };
}

export const requestLine: Group = {
  name: 'Request lines',
  cases: [
    badLine('two-spaces', 'Two spaces before the target', 'GET  / HTTP/1.1'),
    badLine('two-spaces-late', 'Two spaces after the target', 'GET /  HTTP/1.1'),
    badLine('tab', 'A tab in place of a space', 'GET\t/\tHTTP/1.1'),
    badLine('leading-space', 'A space before the method', ' GET / HTTP/1.1'),
    badLine('trailing-space', 'A space after the version', 'GET / HTTP/1.1 '),
    badLine('space-in-target', 'A space in the target', 'GET /a b HTTP/1.1', 'should'),
    badLine('method-missing', 'A line without a method', '/ HTTP/1.1', 'should'),
    badLine('method-delimiter', 'A method with a delimiter in it', 'G(T / HTTP/1.1', 'should'),
    badLine('method-obs-text', 'A method that is not ASCII', 'G\xcbT / HTTP/1.1', 'should'),
    badLine('method-control', 'A method with a control byte in it', 'GE\x01T / HTTP/1.1', 'should'),
    badLine('target-missing', 'A line without a target', 'GET HTTP/1.1', 'should'),
    badLine('target-relative', 'A target that is no path', 'GET path HTTP/1.1', 'should'),
    badLine('target-nul', 'A target with NUL in it', 'GET /a\0b HTTP/1.1', 'should'),
    badLine('target-delete', 'A target with DEL in it', 'GET /a\x7fb HTTP/1.1', 'should'),
    badLine('target-obs-text', 'A target that is not ASCII', 'GET /\xe4 HTTP/1.1'),
    badLine('target-fragment', 'A target with a fragment', 'GET /a#b HTTP/1.1'),
    badLine('target-bare-cr', 'A target with CR in it', 'GET /a\rb HTTP/1.1', 'should'),
    badLine('target-other-scheme', 'A target of another scheme', 'GET ftp://conformance.test/ HTTP/1.1'),
    badLine(
      'target-userinfo',
      'A target with user information',
      'GET http://user@conformance.test/ HTTP/1.1',
    ),
    badLine('target-empty-authority', 'A target without a host', 'GET http:///a HTTP/1.1', 'must'),
    badLine('asterisk-get', 'An asterisk for GET', 'GET * HTTP/1.1', 'should'),
    {
      id: 'version-1-2',
      title: 'HTTP/1.2 is served as the highest version known, or refused as unknown',
      section: 'RFC 9110 2.5',
      level: 'should',
      client: [request('GET / HTTP/1.2')],
      checks: [anyOf(refused(505), [statuses(200), backendLines('GET / HTTP/1.1')])],
    },
    version('HTTP/2.0', [505], 'should'),
    version('HTTP/3.0', [505], 'should'),
    version('http/1.1', [400, 505], 'should'),
    version('HTTP/1.10', [400, 505], 'should'),
    version('HTTP/01.1', [400, 505], 'should'),
    version('HTTP/1', [400, 505], 'should'),
    version('HTTP/1.x', [400, 505], 'should'),
    version('ICY/1.1', [400, 505], 'should'),
    {
      id: 'version-0-9',
      title: 'HTTP/0.9 is refused',
      section: 'RFC 9112 2.3',
      level: 'house',
      client: ['GET /\r\n\r\n'],
      checks: refused(400),
    },
    {
      id: 'preface-http2',
      title: 'The preface of HTTP/2 is refused',
      section: 'RFC 9113 3.4',
      level: 'house',
      client: ['PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
      checks: refused(400, 505),
    },
    {
      id: 'tls-handshake',
      title: 'A TLS handshake is not taken for a request',
      section: 'RFC 9112 2.2',
      level: 'should',
      client: ['\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n'],
      checks: refused(400),
    },
    {
      id: 'target-too-long',
      title: 'A target of 70,000 bytes is answered with 414, when it is not passed on',
      section: 'RFC 9112 3',
      level: 'must',
      client: [request(`GET /${'a'.repeat(70_000)} HTTP/1.1`)],
      checks: [statuses([200, 414])],
    },
    {
      id: 'target-over-8k',
      title: 'A target of 9,000 bytes is answered with 414',
      section: 'RFC 9110 15.5.15',
      level: 'house',
      client: [request(`GET /${'a'.repeat(9_000)} HTTP/1.1`)],
      checks: refused(414),
    },
    {
      id: 'target-7k',
      title: 'A target of 7,000 bytes is passed on',
      section: 'RFC 9112 3',
      level: 'should',
      client: [request(`GET /${'a'.repeat(7_000)} HTTP/1.1`)],
      checks: [statuses(200), backendLines(`GET /${'a'.repeat(7_000)} HTTP/1.1`)],
    },
    {
      id: 'empty-line-first',
      title: 'An empty line before the request is passed over',
      section: 'RFC 9112 2.2',
      level: 'should',
      client: [`\r\n${get()}`],
      checks: [statuses(200), backendLines('GET / HTTP/1.1')],
    },
    kept('query', 'Path and query are passed on', '/a/b?c=d&e=%20f'),
    kept('percent', 'Percent-encoding is not undone', '/%2e%2E/%2F%41?%zz'),
    kept('dots', 'Dot segments are not resolved', '/a/../b/./c'),
    kept('slashes', 'Double slashes are not merged', '//a///b'),
    kept('empty-query', 'An empty query keeps its mark', '/a?'),
    kept('case', 'A path keeps its case', '/AbC?DeF'),
    kept('browser-marks', 'Marks that browsers send unencoded are passed on', '/a|b?c={d}^', 'house'),
    absolute('host-wins', 'An absolute target overrides Host', `http://${HOST}/a?b`, '/a?b', HOST),
    absolute(
      'port',
      'An absolute target brings its port along',
      `http://${HOST}:8080/a`,
      '/a',
      `${HOST}:8080`,
    ),
    absolute('no-path', 'An absolute target without a path asks for /', `http://${HOST}`, '/', HOST),
    absolute(
      'query-only',
      'An absolute target with a query alone gets its slash',
      `http://${HOST}?a=b`,
      '/?a=b',
      HOST,
    ),
    absolute(
      'scheme-case',
      'The scheme of an absolute target is read in any case',
      `HTTP://${HOST}/a`,
      '/a',
      HOST,
    ),
  ],
};
