import { answer, get, ok, post, request } from '../bytes.ts';
import type { Group } from '../case.ts';
import {
  anyOf,
  backendConnections,
  backendField,
  backendLetGo,
  backendLines,
  clientField,
  clientHas,
  clientLacks,
  closed,
  keptOpen,
  refused,
  statuses,
} from '../checks.ts';

const PIPELINE = ['/1', '/2', '/3'].map((path) => request(`GET ${path} HTTP/1.1`)).join('');
const PIPELINE_LINES = ['/1', '/2', '/3'].map((path) => `GET ${path} HTTP/1.1`);
const NUMBERED = ['one', 'two', 'six'].map((word) => answer('200 OK', ['Content-Length: 3'], word));
const slowly = { on: 'head', steps: [{ until: 'abc' }, ok()] } as const;

export const persistence: Group = {
  name: 'Persistence and pipelining',
  cases: [
    {
      id: 'keep-alive-default',
      title: 'A connection stays open after an answer, for the next request',
      section: 'RFC 9112 9.3',
      level: 'should',
      client: [get(), { until: '\r\nok' }, get()],
      checks: [statuses(200, 200), keptOpen],
    },
    {
      id: 'close-asked-for',
      title: 'Connection: close from the client closes after the answer, and says so',
      section: 'RFC 9112 9.6',
      level: 'must',
      client: [get('Connection: close')],
      checks: [statuses(200), closed, clientField('Connection', 'close')],
    },
    {
      id: 'close-among-options',
      title: 'Close is found among other options, in any case',
      section: 'RFC 9110 7.6.1',
      level: 'must',
      client: [get('Connection: x-one, CLOSE ,x-two')],
      checks: [statuses(200), closed],
    },
    {
      id: 'close-on-second-line',
      title: 'Close is found on a second Connection line',
      section: 'RFC 9110 5.3',
      level: 'must',
      client: [get('Connection: x-one', 'Connection: close')],
      checks: [statuses(200), closed],
    },
    {
      id: 'nothing-after-close',
      title: 'What follows a request with Connection: close is never read as another',
      section: 'RFC 9112 9.6',
      level: 'must',
      client: [get('Connection: close') + request('GET /second HTTP/1.1')],
      checks: [statuses(200), closed, backendLines('GET / HTTP/1.1')],
    },
    {
      id: 'nothing-after-refusal',
      title: 'What follows a refused request is never read as another',
      section: 'RFC 9112 9.6',
      level: 'must',
      client: [post(['Content-Length: x'], request('GET /second HTTP/1.1'))],
      checks: refused(400),
    },
    {
      id: 'pipeline-order',
      title: 'Pipelined requests are answered in their order',
      section: 'RFC 9112 9.3.2',
      level: 'must',
      client: [PIPELINE],
      backend: NUMBERED,
      checks: [statuses(200, 200, 200), backendLines(...PIPELINE_LINES), inOrder('one', 'two', 'six')],
    },
    {
      id: 'pipeline-bodies',
      title: 'Pipelined requests with bodies are taken apart where they end',
      section: 'RFC 9112 9.3.2',
      level: 'must',
      client: [
        post(['Content-Length: 3'], 'abc') +
          post(['Transfer-Encoding: chunked'], '3\r\ndef\r\n0\r\n\r\n') +
          get(),
      ],
      checks: [statuses(200, 200, 200), backendLines('POST / HTTP/1.1', 'POST / HTTP/1.1', 'GET / HTTP/1.1')],
    },
    {
      id: 'pipeline-then-bad',
      title: 'A bad request behind a good one is refused after the good one is answered',
      section: 'RFC 9112 9.3.2',
      level: 'must',
      client: [get() + post(['Content-Length: x'], '')],
      checks: [statuses(200, 400), closed, backendLines('GET / HTTP/1.1')],
    },
    {
      id: 'pipeline-head',
      title: 'An answer to HEAD does not take the next answer for its body',
      section: 'RFC 9112 6.3',
      level: 'must',
      client: [request('HEAD / HTTP/1.1') + get()],
      methods: ['HEAD', 'GET'],
      backend: [answer('200 OK', ['Content-Length: 2']), ok()],
      checks: [statuses(200, 200), keptOpen],
    },
    {
      id: 'half-close-after-close',
      title: 'A client that sends no more still gets its answer',
      section: 'RFC 9112 9.6',
      level: 'house',
      client: [post(['Content-Length: 3', 'Connection: close'], 'abc'), 'half-close'],
      backend: [slowly],
      checks: [statuses(200), closed],
    },
    {
      id: 'backend-reused',
      title: 'A second request goes over the same connection to the backend',
      section: 'RFC 9112 9.3',
      level: 'should',
      client: [get(), { until: '\r\nok' }, get()],
      checks: [statuses(200, 200), backendConnections(1)],
    },
    {
      id: 'backend-reused-after-chunked',
      title: 'A connection is reused after a chunked answer',
      section: 'RFC 9112 9.3',
      level: 'should',
      client: [get(), { until: '\r\n0\r\n\r\n' }, get()],
      backend: [answer('200 OK', ['Transfer-Encoding: chunked'], '2\r\nok\r\n0\r\n\r\n')],
      checks: [statuses(200, 200), backendConnections(1)],
    },
    {
      id: 'backend-close-kept-from-client',
      title: 'Connection: close from the backend does not close the client',
      section: 'RFC 9110 7.6.1',
      level: 'must',
      client: [get(), { until: '\r\nok' }, get()],
      backend: [{ on: 'request', steps: [ok('Connection: close'), 'end'] }],
      checks: [statuses(200, 200), keptOpen, backendConnections(2)],
    },
    {
      id: 'backend-close-respected',
      title: 'No second request goes over a connection that the backend said it would close',
      section: 'RFC 9112 9.6',
      level: 'must',
      client: [get(), { until: '\r\nok' }, get()],
      backend: [ok('Connection: close')],
      checks: [statuses(200, 200), backendConnections(2)],
    },
    {
      id: 'backend-http10-not-reused',
      title: 'A connection of an HTTP/1.0 backend is not reused unless it offers to be',
      section: 'RFC 9112 9.3',
      level: 'must',
      client: [get(), { until: '\r\nok' }, get()],
      backend: [ok().replace('HTTP/1.1', 'HTTP/1.0')],
      checks: [statuses(200, 200), backendConnections(2)],
    },
    {
      id: 'client-close-kept-from-backend',
      title: 'Connection: close from the client does not close the backend',
      section: 'RFC 9110 7.6.1',
      level: 'house',
      client: [get('Connection: close'), { until: '\r\nok' }, 'reconnect', get()],
      checks: [statuses(200, 200), backendConnections(1)],
    },
    {
      id: 'stale-connection-retried',
      title: 'A GET that meets a connection just closed is sent again over a new one',
      section: 'RFC 9112 9.3.1',
      level: 'house',
      client: [get(), { until: '\r\nok' }, get()],
      backend: [ok(), { on: 'request', steps: ['end'] }, ok()],
      checks: [statuses(200, 200), backendConnections(2)],
    },
    {
      id: 'post-not-repeated',
      title: 'A POST that may have been processed is not sent twice',
      section: 'RFC 9110 9.2.2',
      level: 'must',
      client: [get(), { until: '\r\nok' }, post(['Content-Length: 3'], 'abc')],
      backend: [ok(), { on: 'request', steps: ['end'] }, ok()],
      checks: [
        anyOf([statuses(200, [502, 503])], [statuses(200), closed]),
        backendLines('GET / HTTP/1.1', 'POST / HTTP/1.1'),
      ],
    },
    {
      id: 'client-gone-backend-let-go',
      title: 'When the client leaves, the backend is told by the end of its connection',
      section: 'RFC 9112 9.6',
      level: 'house',
      client: [get(), { backendUntil: '\r\n\r\n' }, 'leave'],
      backend: [{ on: 'request', steps: [] }],
      checks: [backendLetGo],
    },
    {
      id: 'keep-alive-field-of-backend',
      title: 'Keep-Alive and Connection of the backend are kept from the client',
      section: 'RFC 9110 7.6.1',
      level: 'must',
      client: [get()],
      backend: [ok('Connection: keep-alive', 'Keep-Alive: timeout=5, max=7')],
      checks: [statuses(200), keptOpen, clientField('Keep-Alive')],
    },
    {
      id: 'proxy-connection',
      title: 'Proxy-Connection: close does not close the connection',
      section: 'RFC 9112 C.2.2',
      level: 'should',
      client: [get('Proxy-Connection: close'), { until: '\r\nok' }, get()],
      checks: [statuses(200, 200), backendField('Proxy-Connection')],
    },
    {
      id: 'answers-never-mixed',
      title: 'Each of two clients gets its own answer',
      section: 'RFC 9112 9.3',
      level: 'must',
      client: [get(), { until: 'one' }, 'reconnect', get(), { until: 'two' }],
      backend: NUMBERED,
      checks: [
        statuses(200, 200),
        clientHas('one'),
        clientHas('two'),
        clientLacks(/six/, 'got a third answer'),
      ],
    },
  ],
};

function inOrder(...words: readonly string[]) {
  return ({ answers }: { answers: readonly { body: string }[] }) => {
    const got = answers.map((one) => one.body).join();
    return got === words.join() ? null : `delivered ${got}`;
  };
}
