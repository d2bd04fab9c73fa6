import { answer, chunks, get, HOST, ok, post } from '../bytes.ts';
import type { Group } from '../case.ts';
import {
  anyOf,
  backendBody,
  backendField,
  backendLines,
  clientBody,
  clientField,
  clientFraming,
  clientHas,
  clientLacks,
  closed,
  interims,
  keptOpen,
  statuses,
  visiblyCut,
} from '../checks.ts';

function old(...lines: readonly string[]): string {
  return `GET / HTTP/1.0\r\n${lines.map((line) => `${line}\r\n`).join('')}\r\n`;
}

const CHUNKED = answer('200 OK', ['Transfer-Encoding: chunked'], chunks('abc', 'def'));

export const http10: Group = {
  name: 'HTTP/1.0',
  cases: [
    {
      id: 'http10-closes',
      title: 'A client of HTTP/1.0 is closed after its answer',
      section: 'RFC 9112 9.3',
      level: 'must',
      client: [old(`Host: ${HOST}`)],
      checks: [statuses(200), closed],
    },
    {
      id: 'http10-without-host',
      title: 'A client of HTTP/1.0 needs no Host',
      section: 'RFC 9112 3.2',
      level: 'must',
      client: [old()],
      checks: [statuses(200), closed],
    },
    {
      id: 'http10-backend-version',
      title: 'The backend is asked in HTTP/1.1, with a Host',
      section: 'RFC 9112 2.3',
      level: 'must',
      client: [old()],
      checks: [
        statuses(200),
        backendLines('GET / HTTP/1.1'),
        ({ requests }) => (/\r\nhost: \S/i.test(requests[0]?.raw ?? '') ? null : 'sent no Host'),
      ],
    },
    {
      id: 'http10-two-hosts',
      title: 'Two Host lines are refused in HTTP/1.0 as well',
      section: 'RFC 9112 3.2',
      level: 'must',
      client: [old(`Host: ${HOST}`, 'Host: other.test')],
      checks: [statuses(400), closed],
    },
    {
      id: 'http10-body',
      title: 'A body of HTTP/1.0 goes by its Content-Length',
      section: 'RFC 9112 6.3',
      level: 'must',
      client: [post(['Content-Length: 3'], 'abc').replace('HTTP/1.1', 'HTTP/1.0')],
      checks: [statuses(200), backendBody('abc'), closed],
    },
    {
      id: 'http10-keep-alive',
      title: 'A client of HTTP/1.0 that asks for it is kept, and told so',
      section: 'RFC 9112 9.3',
      level: 'should',
      client: [old('Connection: keep-alive'), { until: '\r\nok' }, old('Connection: keep-alive')],
      checks: [statuses(200, 200), keptOpen, keepAliveIsSaid],
    },
    {
      id: 'http10-keep-alive-not-to-backend',
      title: "A client's keep-alive of HTTP/1.0 ends at this hop",
      section: 'RFC 9112 C.2.2',
      level: 'must',
      client: [old('Connection: keep-alive', 'Keep-Alive: 300')],
      checks: [statuses(200), backendField('Keep-Alive')],
    },
    {
      id: 'http10-no-chunked',
      title: 'A client of HTTP/1.0 is never sent chunks',
      section: 'RFC 9112 6.1',
      level: 'must',
      client: [old()],
      backend: [CHUNKED],
      checks: [statuses(200), clientBody('abcdef'), clientField('Transfer-Encoding'), closed],
    },
    {
      id: 'http10-no-chunked-keep-alive',
      title: 'A client of HTTP/1.0 that asked to be kept is not kept after a body without length',
      section: 'RFC 9112 9.3',
      level: 'must',
      client: [old('Connection: keep-alive')],
      backend: [CHUNKED],
      checks: [
        statuses(200),
        clientBody('abcdef'),
        clientField('Transfer-Encoding'),
        anyOf([closed], [clientFraming('length')]),
      ],
    },
    {
      id: 'http10-cut-is-visible',
      title: 'A chunked answer that is cut does not look whole to a client of HTTP/1.0',
      section: 'RFC 9112 8',
      level: 'house',
      client: [old()],
      backend: [
        {
          on: 'request',
          steps: [
            answer('200 OK', ['Transfer-Encoding: chunked'], '3\r\nabc\r\n'),
            { clientUntil: 'abc' },
            'end',
          ],
        },
      ],
      checks: [visiblyCut],
    },
    {
      id: 'http10-no-interim',
      title: 'A client of HTTP/1.0 gets no interim answers',
      section: 'RFC 9110 15.2',
      level: 'must',
      client: [old()],
      backend: [answer('103 Early Hints', ['Link: </a>']) + ok()],
      checks: [statuses(200), interims()],
    },
    {
      id: 'http10-no-upgrade',
      title: 'Upgrade of a client of HTTP/1.0 is passed over',
      section: 'RFC 9110 7.8',
      level: 'must',
      client: [old('Connection: Upgrade', 'Upgrade: websocket')],
      checks: [statuses(200), backendField('Upgrade')],
    },
    {
      id: 'http10-no-continue',
      title: 'Expect of a client of HTTP/1.0 draws no 100',
      section: 'RFC 9110 10.1.1',
      level: 'must',
      client: [post(['Content-Length: 3', 'Expect: 100-continue'], 'abc').replace('HTTP/1.1', 'HTTP/1.0')],
      backend: [answer('100 Continue', []) + ok()],
      checks: [statuses(200), interims()],
    },
    {
      id: 'http10-backend',
      title: 'An answer in HTTP/1.0 reaches a client of HTTP/1.1 in its own version',
      section: 'RFC 9112 2.3',
      level: 'must',
      client: [get()],
      backend: [ok().replace('HTTP/1.1', 'HTTP/1.0')],
      checks: [statuses(200), clientBody('ok'), clientHas('HTTP/1.1 200'), keptOpen],
    },
    {
      id: 'http10-backend-until-close',
      title: 'An answer in HTTP/1.0 that its end delimits is delimited for the client too',
      section: 'RFC 9112 6.3',
      level: 'must',
      client: [get()],
      backend: [{ on: 'request', steps: ['HTTP/1.0 200 OK\r\n\r\nabc', 'end'] }],
      checks: [statuses(200), clientBody('abc'), clientLacks(/HTTP\/1\.0/, 'answered in HTTP/1.0')],
    },
  ],
};

function keepAliveIsSaid({ text }: { text: string }): string | null {
  return /\r\nconnection: keep-alive\r\n/i.test(text) ? null : 'did not say keep-alive';
}
