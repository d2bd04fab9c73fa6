import { describe, expect, it } from 'vitest';
import { Route } from '../../../../electron/engine/http/client/router.ts';
import { ForwardedLines } from '../../../../electron/engine/http/message/forwarded-lines.ts';
import { Malformed } from '../../../../electron/engine/http/message/malformed.ts';
import { parseRequestHead } from '../../../../electron/engine/http/message/request-head.ts';
import { parseResponseHead } from '../../../../electron/engine/http/message/response-head.ts';
import {
  hasUnexpectedBody,
  type RequestHop,
  rewriteRequest,
} from '../../../../electron/engine/http/message/rewrite-request.ts';
import {
  type AnswerOptions,
  rewriteResponse,
} from '../../../../electron/engine/http/message/rewrite-response.ts';
import { parseOrigin } from '../../../../shared/config/origin.ts';
import { routeSchema } from '../../../../shared/config/route-schema.ts';

const HOP = {
  client: {
    address: '127.0.0.1',
    isTrusted: true,
    proto: 'http',
    forwardedLines: new ForwardedLines('127.0.0.1', 'http'),
  },
  listener: { forwarded: false, via: false, rehearsal: false },
  pool: { hostHeader: 'preserve' },
  route: null,
  upgrade: null,
  closes: false,
  loopLine: '',
} as const satisfies RequestHop;

function request(text: string, url = 'http://localhost:5001', hop: Partial<RequestHop> = {}): string[] {
  const head = parseRequestHead(text, { target: 1_000, headers: 50 });
  const origin = parseOrigin(url);
  if (head instanceof Malformed || !origin.ok) throw new Error('the test is wrong');
  return rewriteRequest(head, origin.value, { ...HOP, ...hop })
    .split('\r\n')
    .slice(0, -2);
}

function response(text: string, options: Partial<AnswerOptions> = {}): string[] {
  const head = parseResponseHead(text, 'GET', 50);
  if (head instanceof Malformed) throw new Error('the test is wrong');
  const defaults = {
    framing: head.framing,
    isPersistent: true,
    isHttp10Client: false,
    exposedBackend: null,
    setCookie: null,
    mapBack: null,
    via: false,
    edits: null,
    date: DATE,
  };
  return rewriteResponse(head, { ...defaults, ...options })
    .split('\r\n')
    .slice(0, -2);
}

/** Less the Date, which has a test of its own. */
const undated = (text: string, options: Partial<AnswerOptions> = {}) =>
  response(text, options).filter((line) => line !== `Date: ${DATE}`);

function routeTo(settings: object): Route {
  return new Route(routeSchema.parse({ path: '/', pool: 'p', ...settings }));
}

const DATE = 'Tue, 15 Nov 1994 08:12:31 GMT';
const FORWARDED = [
  'X-Forwarded-For: 127.0.0.1',
  'X-Forwarded-Host: x',
  'X-Forwarded-Port: 80',
  'X-Forwarded-Proto: http',
];

describe('rewriteRequest', () => {
  it('keeps order, case and duplicates, and says who asked', () => {
    expect(request('GET /a HTTP/1.1\r\nB: 1\r\nHost: x\r\na: 2\r\nA: 3\r\n')).toEqual([
      'GET /a HTTP/1.1',
      'B: 1',
      'Host: x',
      'a: 2',
      'A: 3',
      ...FORWARDED,
    ]);
  });

  it('strips what ends at this hop, and what Connection names', () => {
    const lines = [
      'Connection: close, X-Secret',
      'X-Secret: 1',
      'Keep-Alive: 5',
      'Proxy-Connection: close',
      'Proxy-Authorization: y',
      'TE: gzip',
      'Upgrade: h2c',
      'Trailer: X',
      'Accept: a',
    ];
    expect(request(`GET / HTTP/1.1\r\nHost: x\r\n${lines.join('\r\n')}\r\n`)).toEqual([
      'GET / HTTP/1.1',
      'Host: x',
      'Accept: a',
      ...FORWARDED,
    ]);
  });

  it('never lets Connection take away the Host or the length', () => {
    const kept = request(
      'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nConnection: host, content-length\r\n',
    );
    expect(kept).toContain('Host: x');
    expect(kept).toContain('Content-Length: 3');
  });

  it('takes off what a client says that nobody vouches for', () => {
    const lines =
      'X-Forwarded-For: 1.1.1.1\r\nX-Forwarded-Host: o\r\nx-forwarded-proto: https\r\nX-Forwarded-Port: 1\r\n' +
      'X-Forwarded-Server: s\r\nForwarded: for=1.1.1.1\r\nX-Real: 1\r\n';
    const client = { ...HOP.client, isTrusted: false };
    expect(request(`GET / HTTP/1.1\r\nHost: x\r\n${lines}`, undefined, { client })).toEqual([
      'GET / HTTP/1.1',
      'Host: x',
      'X-Real: 1',
      ...FORWARDED,
    ]);
  });

  it.each([
    ['10.0.0.9', 'x', 'for=10.0.0.9;host="x";proto=http'],
    ['2001:db8::1', '[::1]:8080', 'for="[2001:db8::1]";host="[::1]:8080";proto=http'],
  ])('says who asked in Forwarded when told to: %s', (address, host, element) => {
    const lines = request(`GET / HTTP/1.1\r\nHost: ${host}\r\nForwarded: for=a\r\n`, undefined, {
      client: { ...HOP.client, address, forwardedLines: new ForwardedLines(address, 'http') },
      listener: { forwarded: true, via: false, rehearsal: false },
    });
    expect(lines.filter((line) => line.startsWith('Forwarded'))).toEqual([
      'Forwarded: for=a',
      `Forwarded: ${element}`,
    ]);
  });

  it.each([
    ['HTTP/1.1', '1.1'],
    ['HTTP/1.0', '1.0'],
  ])('adds this hop to Via when told to, by the version it was asked in: %s', (version, via) => {
    const lines = request(`GET / ${version}\r\nHost: x\r\nVia: 1.1 other\r\n`, undefined, {
      listener: { forwarded: false, via: true, rehearsal: false },
    });
    expect(lines.filter((line) => line.startsWith('Via'))).toEqual([
      'Via: 1.1 other',
      `Via: ${via} switchyard`,
    ]);
  });

  it("names the backend as Host when told to, and the client's in X-Forwarded-Host", () => {
    const lines = request('GET / HTTP/1.1\r\nHost: x\r\n', 'http://localhost:5001', {
      pool: { hostHeader: 'backend' },
    });
    expect(lines).toContain('Host: localhost:5001');
    expect(lines).toContain('X-Forwarded-Host: x');
  });

  it('appends to the X-Forwarded fields that are there', () => {
    const lines =
      'X-Forwarded-For: 1.1.1.1\r\nX-Forwarded-For: 2.2.2.2\r\nX-Forwarded-Host: o\r\nX-Forwarded-Proto: https\r\n';
    expect(request(`GET / HTTP/1.1\r\nHost: x\r\n${lines}`)).toEqual([
      'GET / HTTP/1.1',
      'Host: x',
      'X-Forwarded-Host: o',
      'X-Forwarded-Proto: https',
      'X-Forwarded-For: 1.1.1.1, 2.2.2.2, 127.0.0.1',
      'X-Forwarded-Port: 443',
    ]);
  });

  it.each([
    ['X_Forwarded_For', false],
    ['x_forwarded-host', false],
    ['X.Forwarded.Proto', false],
    ['X~Forwarded-Anything', false],
    ['X_Forwarded_For', true],
    ['X_FORWARDED_PORT', true],
    ['Content_Length', true],
    ['Transfer_Encoding', true],
    ['CDN_Loop', true],
    ['X_Switchyard_Fault', true],
  ])(
    'takes off %s, which servers read as the header itself (from a trusted client: %s)',
    (name, isTrusted) => {
      const client = { ...HOP.client, isTrusted };
      expect(request(`GET / HTTP/1.1\r\nHost: x\r\n${name}: 6.6.6.6\r\n`, undefined, { client })).toEqual([
        'GET / HTTP/1.1',
        'Host: x',
        ...FORWARDED,
      ]);
    },
  );

  it('keeps names with marks that are nobody’s but the two ends’', () => {
    const lines = request('GET / HTTP/1.1\r\nHost: x\r\nX_API_Key: k\r\nsession.id: 1\r\n');
    expect(lines).toContain('X_API_Key: k');
    expect(lines).toContain('session.id: 1');
  });

  it('takes off and replaces what a route says in every spelling', () => {
    const route = routeTo({ requestHeaders: { set: { 'X-Role': 'guest' }, remove: ['X-Admin'] } });
    const lines = 'x_role: admin\r\nX_Admin: 1\r\nX.ADMIN: 2\r\nX-Other: 3\r\n';
    expect(request(`GET / HTTP/1.1\r\nHost: x\r\n${lines}`, undefined, { route }).slice(2)).toEqual([
      'X-Other: 3',
      'X-Role: guest',
      ...FORWARDED,
    ]);
  });

  it.each([
    ['x:8080', 'http', '', '8080'],
    ['x', 'http', '', '80'],
    ['x', 'https', '', '443'],
    ['[::1]:8443', 'https', '', '8443'],
    ['[::1]', 'http', '', '80'],
    ['x:', 'http', '', '80'],
    // A trusted proxy in front: what it says of the client counts, not the Host it sends.
    ['127.0.0.1:8080', 'http', 'X-Forwarded-Host: shop.test\r\nX-Forwarded-Proto: https\r\n', '443'],
    ['127.0.0.1:8080', 'http', 'X-Forwarded-Host: shop.test:8443, inner:81\r\n', '8443'],
    ['shop.test', 'http', 'X-Forwarded-Proto: https, http\r\n', '443'],
  ] as const)('says which port the client reached: %s over %s with %j', (host, proto, lines, port) => {
    const forwardedLines = new ForwardedLines('127.0.0.1', proto);
    const client = { ...HOP.client, proto, forwardedLines };
    const text = `GET / HTTP/1.1\r\nHost: ${host}\r\n${lines}`;
    expect(request(text, undefined, { client })).toContain(`X-Forwarded-Port: ${port}`);
  });

  it('keeps the port that a trusted proxy or a route says', () => {
    const told = request('GET / HTTP/1.1\r\nHost: x:1\r\nX-Forwarded-Port: 9\r\n');
    expect(told.filter((line) => /port/i.test(line))).toEqual(['X-Forwarded-Port: 9']);
    const route = routeTo({ requestHeaders: { set: { 'X-Forwarded-Port': '7' } } });
    const set = request('GET / HTTP/1.1\r\nHost: x:1\r\n', undefined, { route });
    expect(set.filter((line) => /port/i.test(line))).toEqual(['X-Forwarded-Port: 7']);
  });

  it('adds its mark to CDN-Loop, which no Connection takes off', () => {
    const lines = request(
      'GET / HTTP/1.1\r\nHost: x\r\nConnection: cdn-loop\r\nCDN-Loop: other\r\n',
      undefined,
      { client: { ...HOP.client, isTrusted: false }, loopLine: 'CDN-Loop: me\r\n' },
    );
    expect(lines.filter((line) => /loop/i.test(line))).toEqual(['CDN-Loop: other', 'CDN-Loop: me']);
  });

  it('puts the base path before the path, and the host of an absolute target in Host', () => {
    expect(request('GET http://y/a HTTP/1.1\r\nHost: x\r\n', 'http://h:1/base/').slice(0, 2)).toEqual([
      'GET /base/a HTTP/1.1',
      'Host: y',
    ]);
  });

  it('gives a client of HTTP/1.0 without a Host the backend as Host', () => {
    expect(request('GET / HTTP/1.0\r\n')).toContain('Host: localhost:5001');
  });

  it('asks for the end of the connection, beside TE', () => {
    const lines = (more = '') =>
      request(`GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n${more}`, 'http://localhost:5001', {
        closes: true,
      });
    expect(lines()).toContain('Connection: close');
    expect(lines('Connection: TE\r\nTE: trailers\r\n')).toContain('Connection: close, TE');
  });

  it.each([
    ['GET', 2, true],
    ['HEAD', 2, true],
    ['DELETE', 2, true],
    ['OPTIONS', 2, true],
    ['GET', 0, false],
    ['POST', 2, false],
    ['PUT', 2, false],
  ])('%s with a body of %i bytes: unexpected %s', (method, length, isUnexpected) => {
    const head = parseRequestHead(`${method} / HTTP/1.1\r\nHost: x\r\nContent-Length: ${length}\r\n`, {
      target: 100,
      headers: 10,
    });
    expect(head instanceof Malformed || hasUnexpectedBody(head)).toBe(isUnexpected);
  });

  it('passes an upgrade on, and TE: trailers', () => {
    const asking = 'GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n';
    expect(request(asking, undefined, { upgrade: 'websocket' })).toEqual(
      expect.arrayContaining(['Connection: Upgrade', 'Upgrade: websocket']),
    );
    expect(request(asking, undefined, { upgrade: null }).join()).not.toMatch(/upgrade/i);
    expect(request('GET / HTTP/1.1\r\nHost: x\r\nTE: trailers, gzip\r\n')).toContain('TE: trailers');
  });

  it('frames a chunked body anew', () => {
    expect(request('POST / HTTP/1.1\r\nHost: x\r\ntransfer-encoding: chunked\r\n')).toContain(
      'Transfer-Encoding: chunked',
    );
  });
});

describe('rewriteResponse', () => {
  it('adds the time to an answer that has none, and to no interim one', () => {
    expect(response('HTTP/1.1 200 OK\r\n')).toContain(`Date: ${DATE}`);
    expect(response('HTTP/1.1 200 OK\r\nDate: then\r\n').filter((line) => /^date/i.test(line))).toEqual([
      'Date: then',
    ]);
    expect(response('HTTP/1.1 103 Early Hints\r\n')).not.toContain(`Date: ${DATE}`);
  });

  it('keeps order, case and duplicates, and strips what ends at this hop', () => {
    const lines =
      'Set-Cookie: a\r\nset-cookie: b\r\nConnection: keep-alive, X-Hop\r\nX-Hop: 1\r\nKeep-Alive: timeout=5\r\nContent-Length: 0\r\n';
    expect(undated(`HTTP/1.1 200 Fine\r\n${lines}`)).toEqual([
      'HTTP/1.1 200 Fine',
      'Set-Cookie: a',
      'set-cookie: b',
      'Content-Length: 0',
    ]);
  });

  it('names the backend in place of what it said itself', () => {
    const text = 'HTTP/1.1 200 OK\r\nX-Forwarded-Server: other\r\nContent-Length: 0\r\n';
    expect(undated(text, { exposedBackend: 'http://b:1' })).toEqual([
      'HTTP/1.1 200 OK',
      'Content-Length: 0',
      'X-Forwarded-Server: http://b:1',
    ]);
  });

  it("adds a cookie of this hop's own to those of the backend", () => {
    const text = 'HTTP/1.1 200 OK\r\nSet-Cookie: a=b\r\nContent-Length: 0\r\n';
    expect(undated(text, { setCookie: 'seat=1; Path=/' })).toEqual([
      'HTTP/1.1 200 OK',
      'Set-Cookie: a=b',
      'Content-Length: 0',
      'Set-Cookie: seat=1; Path=/',
    ]);
  });

  it('drops a length where there may be none', () => {
    expect(undated('HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n')).toEqual(['HTTP/1.1 204 No Content']);
  });

  it('says how the connection goes on', () => {
    const text = 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n';
    expect(undated(text, { isPersistent: false })).toContain('Connection: close');
    expect(undated(text, { isHttp10Client: true })).toContain('Connection: keep-alive');
  });
});
