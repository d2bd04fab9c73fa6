import { answer, chunks, get, ok, post } from '../bytes.ts';
import type { Group } from '../case.ts';
import {
  anyOf,
  backendBody,
  backendField,
  backendNothing,
  clientBody,
  clientHas,
  clientLacks,
  closed,
  interims,
  keptOpen,
  statuses,
} from '../checks.ts';

const EXPECTING = post(['Content-Length: 3', 'Expect: 100-continue'], '');
const CONTINUE = answer('100 Continue', []);
const HINTS = answer('103 Early Hints', ['Link: </a.css>; rel=preload']);

export const expectAndInterim: Group = {
  name: 'Expect and interim answers',
  cases: [
    {
      id: 'expect-forwarded',
      title: 'Expect: 100-continue reaches the backend',
      section: 'RFC 9110 10.1.1',
      level: 'must',
      client: [EXPECTING, { until: '100 Continue' }, 'abc'],
      backend: [{ on: 'head', steps: [CONTINUE, { until: 'abc' }, ok()] }],
      checks: [statuses(200), backendField('Expect', '100-continue')],
    },
    {
      id: 'expect-continue',
      title: 'The 100 of the backend reaches the client, and the body follows',
      section: 'RFC 9110 10.1.1',
      level: 'must',
      client: [EXPECTING, { until: '100 Continue' }, 'abc'],
      backend: [{ on: 'head', steps: [CONTINUE, { until: 'abc' }, ok()] }],
      checks: [statuses(200), continued, backendBody('abc'), keptOpen],
    },
    {
      id: 'expect-case',
      title: '100-Continue is read in any case',
      section: 'RFC 9110 10.1.1',
      level: 'must',
      client: [post(['Content-Length: 3', 'Expect: 100-CONTINUE'], ''), { until: '100 Continue' }, 'abc'],
      backend: [{ on: 'head', steps: [CONTINUE, { until: 'abc' }, ok()] }],
      checks: [statuses(200), backendBody('abc')],
    },
    {
      id: 'expect-refused',
      title: 'A backend that refuses is passed on without a 100',
      section: 'RFC 9110 10.1.1',
      level: 'must',
      client: [EXPECTING],
      backend: [{ on: 'head', steps: [answer('417 Expectation Failed', ['Content-Length: 0'])] }],
      checks: [statuses(417), interims()],
    },
    {
      id: 'expect-refused-closes',
      title: 'A connection whose body is in doubt is closed after the refusal',
      section: 'RFC 9110 10.1.1',
      level: 'house',
      client: [EXPECTING],
      backend: [{ on: 'head', steps: [answer('401 Unauthorized', ['Content-Length: 0'])] }],
      checks: [statuses(401), closed],
    },
    {
      id: 'expect-impatient',
      title: 'A client that does not wait for the 100 is served',
      section: 'RFC 9110 10.1.1',
      level: 'must',
      client: [`${EXPECTING}abc`],
      backend: [{ on: 'request', steps: [ok()] }],
      checks: [statuses(200), backendBody('abc')],
    },
    {
      id: 'expect-chunked',
      title: 'A chunked body waits for the 100 as well',
      section: 'RFC 9110 10.1.1',
      level: 'must',
      client: [
        post(['Transfer-Encoding: chunked', 'Expect: 100-continue'], ''),
        { until: '100 Continue' },
        chunks('abc'),
      ],
      backend: [{ on: 'head', steps: [CONTINUE, { until: '\r\n0\r\n' }, ok()] }],
      checks: [statuses(200), backendBody('abc')],
    },
    {
      id: 'expect-bad-request',
      title: 'A bad request that expects a 100 gets none',
      section: 'RFC 9110 10.1.1',
      level: 'must',
      client: [post(['Content-Length: x', 'Expect: 100-continue'], '')],
      checks: [statuses(400), interims(), closed, backendNothing],
    },
    {
      id: 'expect-then-next',
      title: 'After an answered expectation the connection serves the next request',
      section: 'RFC 9112 9.3',
      level: 'should',
      client: [EXPECTING, { until: '100 Continue' }, 'abc', { until: '\r\nok' }, get()],
      backend: [{ on: 'head', steps: [CONTINUE, { until: 'abc' }, ok()] }, ok()],
      checks: [statuses(200, 200), keptOpen],
    },
    {
      id: 'interim-unasked-100',
      title: 'A 100 that nobody asked for does not become the answer',
      section: 'RFC 9110 15.2',
      level: 'must',
      client: [get()],
      backend: [CONTINUE + ok()],
      checks: [statuses(200), clientBody('ok'), keptOpen],
    },
    {
      id: 'interim-103',
      title: 'A 103 is passed on with its fields',
      section: 'RFC 8297 2',
      level: 'must',
      client: [get()],
      backend: [HINTS + ok()],
      checks: [statuses(200), interims(103), clientHas('</a.css>; rel=preload')],
    },
    {
      id: 'interim-103-at-once',
      title: 'A 103 is passed on before the answer has come',
      section: 'RFC 8297 2',
      level: 'house',
      client: [get()],
      backend: [{ on: 'request', steps: [HINTS, { clientUntil: '103 Early Hints' }, ok()] }],
      checks: [statuses(200), interims(103)],
    },
    {
      id: 'interim-several',
      title: 'Several interim answers are passed on in their order',
      section: 'RFC 9110 15.2',
      level: 'must',
      client: [get()],
      backend: [answer('102 Processing', []) + HINTS + answer('104 Odd', []) + ok()],
      checks: [statuses(200), interims(102, 103, 104), clientBody('ok')],
    },
    {
      id: 'interim-framing-passed-over',
      title: 'A length on an interim answer frames nothing, and is not passed on',
      section: 'RFC 9110 8.6',
      level: 'must',
      client: [get()],
      backend: [answer('103 Early Hints', ['Content-Length: 5']) + ok()],
      checks: [
        anyOf(
          [statuses(200), clientBody('ok'), clientLacks(/content-length: 5/i, 'passed the length on')],
          [statuses(502)],
        ),
      ],
    },
    {
      id: 'interim-hop-by-hop',
      title: 'Hop-by-hop fields of an interim answer end here',
      section: 'RFC 9110 7.6.1',
      level: 'must',
      client: [get()],
      backend: [answer('103 Early Hints', ['Connection: X-Hop', 'X-Hop: a', 'Link: </a>']) + ok()],
      checks: [statuses(200), clientLacks(/x-hop/i, 'passed it on')],
    },
    {
      id: 'interim-without-end',
      title: 'A backend that ends after an interim answer is a 502 or 503',
      section: 'RFC 9110 15.2',
      level: 'should',
      client: [get()],
      backend: [{ on: 'request', steps: [HINTS, 'end'] }],
      checks: [statuses([502, 503])],
    },
  ],
};

/** A proxy may say so itself as well. */
function continued({ interims }: { interims: readonly { status: number }[] }): string | null {
  return interims.some(({ status }) => status === 100) ? null : 'no 100';
}
