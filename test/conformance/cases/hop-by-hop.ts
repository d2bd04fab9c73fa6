import { answer, chunks, get, ok } from '../bytes.ts';
import type { Case, Group, Level } from '../case.ts';
import { backendField, backendHas, backendLacks, clientBody, clientField, statuses } from '../checks.ts';
import { valuesOf } from '../message.ts';

interface Stripped {
  readonly id: string;
  readonly title: string;
  readonly lines: readonly string[];
  readonly name: string;
  readonly level: Level;
}

function toBackend({ id, title, lines, name, level }: Stripped): Case {
  return {
    id: `hop-request-${id}`,
    title,
    section: 'RFC 9110 7.6.1',
    level,
    client: [get(...lines)],
    checks: [statuses(200), backendField(name)],
  };
}

function toClient({ id, title, lines, name, level }: Stripped): Case {
  return {
    id: `hop-answer-${id}`,
    title,
    section: 'RFC 9110 7.6.1',
    level,
    client: [get()],
    backend: [ok(...lines)],
    checks: [statuses(200), clientBody('ok'), clientField(name)],
  };
}

function forwarded(
  id: string,
  title: string,
  lines: readonly string[],
  field: readonly [string, string],
): Case {
  return {
    id: `forwarded-${id}`,
    title,
    section: 'RFC 7239 1',
    level: 'house',
    client: [get(...lines)],
    checks: [statuses(200), backendField(...field)],
  };
}

export const hopByHop: Group = {
  name: 'Hop-by-hop fields',
  cases: [
    toBackend({
      id: 'named',
      title: 'A field that Connection names ends here',
      lines: ['Connection: X-Hop', 'X-Hop: a'],
      name: 'X-Hop',
      level: 'must',
    }),
    toBackend({
      id: 'named-before',
      title: 'So does one that comes before the Connection that names it',
      lines: ['X-Hop: a', 'Connection: X-Hop'],
      name: 'X-Hop',
      level: 'must',
    }),
    toBackend({
      id: 'named-case',
      title: 'Connection names fields in any case',
      lines: ['Connection: x-hop', 'X-HOP: a'],
      name: 'X-Hop',
      level: 'must',
    }),
    toBackend({
      id: 'named-list',
      title: 'Connection names several fields',
      lines: ['Connection: keep-alive , X-Hop,', 'X-Hop: a'],
      name: 'X-Hop',
      level: 'must',
    }),
    toBackend({
      id: 'named-second-line',
      title: 'A second Connection line counts as well',
      lines: ['Connection: keep-alive', 'Connection: X-Hop', 'X-Hop: a'],
      name: 'X-Hop',
      level: 'must',
    }),
    toBackend({
      id: 'named-repeated',
      title: 'Every line of a field that Connection names ends here',
      lines: ['Connection: X-Hop', 'X-Hop: a', 'X-Hop: b'],
      name: 'X-Hop',
      level: 'must',
    }),
    toBackend({
      id: 'keep-alive',
      title: 'Keep-Alive of a client ends here',
      lines: ['Keep-Alive: timeout=5'],
      name: 'Keep-Alive',
      level: 'should',
    }),
    toBackend({
      id: 'proxy-connection',
      title: 'Proxy-Connection of a client ends here',
      lines: ['Proxy-Connection: keep-alive'],
      name: 'Proxy-Connection',
      level: 'should',
    }),
    toBackend({
      id: 'te-other',
      title: 'TE of a client for a coding ends here',
      lines: ['Connection: TE', 'TE: gzip'],
      name: 'TE',
      level: 'must',
    }),
    toBackend({
      id: 'upgrade',
      title: 'Upgrade without Connection: upgrade ends here',
      lines: ['Upgrade: websocket'],
      name: 'Upgrade',
      level: 'should',
    }),
    toBackend({
      id: 'http2-settings',
      title: 'Connection takes HTTP2-Settings with it',
      lines: ['Connection: Upgrade, HTTP2-Settings', 'Upgrade: h2c', 'HTTP2-Settings: AAMAAABk'],
      name: 'HTTP2-Settings',
      level: 'must',
    }),
    toBackend({
      id: 'proxy-authorization',
      title: "Proxy-Authorization is not the backend's business",
      lines: ['Proxy-Authorization: Basic dTpw'],
      name: 'Proxy-Authorization',
      level: 'house',
    }),
    toClient({
      id: 'named',
      title: 'A field of an answer that Connection names ends here',
      lines: ['Connection: X-Hop', 'X-Hop: a'],
      name: 'X-Hop',
      level: 'must',
    }),
    toClient({
      id: 'named-case',
      title: 'Connection of an answer names fields in any case',
      lines: ['Connection: x-hop', 'X-HOP: a'],
      name: 'X-Hop',
      level: 'must',
    }),
    toClient({
      id: 'keep-alive',
      title: 'Keep-Alive of a backend ends here',
      lines: ['Keep-Alive: timeout=5'],
      name: 'Keep-Alive',
      level: 'should',
    }),
    toClient({
      id: 'proxy-connection',
      title: 'Proxy-Connection of a backend ends here',
      lines: ['Proxy-Connection: keep-alive'],
      name: 'Proxy-Connection',
      level: 'should',
    }),
    toClient({
      id: 'upgrade',
      title: 'Upgrade of a backend ends here',
      lines: ['Upgrade: h2c'],
      name: 'Upgrade',
      level: 'should',
    }),
    {
      id: 'hop-named-framing',
      title: 'Connection cannot take the framing away',
      section: 'RFC 9110 7.6.1',
      level: 'must',
      client: [
        `POST / HTTP/1.1\r\nHost: conformance.test\r\nConnection: Content-Length\r\nContent-Length: 3\r\n\r\nabc`,
      ],
      checks: [statuses([200, 400]), framedWhole],
    },
    {
      id: 'hop-named-host',
      title: 'Connection cannot take Host away',
      section: 'RFC 9110 7.6.1',
      level: 'should',
      client: [get('Connection: Host')],
      checks: [
        statuses([200, 400]),
        ({ requests }) =>
          requests.length === 0 || requests.every((one) => /\r\nhost: /i.test(one.raw))
            ? null
            : 'sent no Host',
      ],
    },
    {
      id: 'hop-named-framing-of-answer',
      title: 'Connection of an answer cannot take its framing away',
      section: 'RFC 9110 7.6.1',
      level: 'must',
      client: [get()],
      backend: [
        answer('200 OK', ['Connection: Transfer-Encoding', 'Transfer-Encoding: chunked'], chunks('ok')),
      ],
      checks: [statuses(200), clientBody('ok')],
    },
    {
      id: 'hop-te-trailers',
      title: 'TE: trailers is offered to the backend together with Connection: TE',
      section: 'RFC 9110 10.1.4',
      level: 'house',
      client: [get('Connection: TE', 'TE: trailers')],
      checks: [
        statuses(200),
        backendHas('TE: trailers\r\n'),
        ({ requests }) =>
          /\r\nconnection: [^\r]*te/i.test(requests[0]?.raw ?? '') ? null : 'did not name TE in Connection',
      ],
    },
    {
      id: 'hop-www-authenticate',
      title: 'WWW-Authenticate reaches the client',
      section: 'RFC 9110 11.6.1',
      level: 'must',
      client: [get()],
      backend: [answer('401 Unauthorized', ['WWW-Authenticate: Basic realm="a"', 'Content-Length: 0'])],
      checks: [statuses(401), clientField('WWW-Authenticate', 'Basic realm="a"')],
    },
    forwarded('for', "X-Forwarded-For gets the client's address", [], ['X-Forwarded-For', '127.0.0.1']),
    {
      id: 'forwarded-for-underscored',
      title: 'X_Forwarded_For, which servers read as X-Forwarded-For, is not passed on',
      section: 'RFC 3875 4.1.18',
      level: 'house',
      client: [get('X_Forwarded_For: 192.0.2.1')],
      checks: [statuses(200), backendField('X_Forwarded_For')],
    },
    {
      id: 'forwarded-for-appended',
      title: 'X-Forwarded-For is appended to',
      section: 'RFC 7239 1',
      level: 'house',
      client: [get('X-Forwarded-For: 192.0.2.1')],
      checks: [
        statuses(200),
        // On one line or on two, which is the same (RFC 9110 section 5.3).
        ({ requests }) => {
          const got = requests.flatMap((one) => valuesOf(one, 'X-Forwarded-For')).join(', ');
          return got === '192.0.2.1, 127.0.0.1' ? null : `sent ${got || 'none'}`;
        },
      ],
    },
    forwarded('proto', 'X-Forwarded-Proto names the scheme', [], ['X-Forwarded-Proto', 'http']),
    forwarded(
      'host',
      'X-Forwarded-Host names the host asked for',
      [],
      ['X-Forwarded-Host', 'conformance.test'],
    ),
    {
      id: 'forwarded-standard-kept',
      title: 'A Forwarded field is passed on untouched',
      section: 'RFC 7239 4',
      level: 'must',
      client: [get('Forwarded: for=192.0.2.1;proto=https')],
      checks: [statuses(200), backendField('Forwarded', 'for=192.0.2.1;proto=https')],
    },
    {
      id: 'via-kept',
      title: 'A Via of earlier hops is passed on',
      section: 'RFC 9110 7.6.3',
      level: 'must',
      client: [get('Via: 1.1 earlier')],
      checks: [statuses(200), backendHas('1.1 earlier'), backendLacks(/^via:\s*$/im, 'emptied it')],
    },
  ],
};

function framedWhole({ requests }: { requests: readonly { body: string }[] }): string | null {
  return requests.length === 0 || requests[0]?.body === 'abc' ? null : 'lost the body';
}
