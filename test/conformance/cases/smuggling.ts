import { chunks, get, HOST, ok, post, request } from '../bytes.ts';
import type { Case, Check, Group } from '../case.ts';
import {
  anyOf,
  backendBody,
  backendField,
  backendLacks,
  closed,
  refused,
  refusedMidway,
  statuses,
} from '../checks.ts';

const HIDDEN = request('GET /hidden HTTP/1.1');
const SIZE = HIDDEN.length.toString(16);

/** The backend never reads the hidden request as one: it is refused, or stays within the body it is in. */
const neverARequest: Check = ({ requests }) =>
  requests.some((one) => one.startLine.includes('/hidden')) ? 'made a request of the hidden one' : null;

function attack(id: string, title: string, section: string, bytes: string): Case {
  return {
    id: `smuggle-${id}`,
    title: `${title} hides no request`,
    section,
    level: 'must',
    client: [bytes],
    checks: [neverARequest, anyOf(refusedMidway(400, 413, 501), [statuses(200)], [statuses(200), closed])],
  };
}

/** Refused by us, whatever the RFC lets others make of it. */
function refusedAttack(id: string, title: string, section: string, bytes: string): Case {
  return {
    id: `smuggle-${id}-refused`,
    title: `${title} is refused`,
    section,
    level: 'house',
    client: [bytes],
    checks: refused(400, 501),
  };
}

const CL_TE = post(
  [`Content-Length: ${HIDDEN.length + 5}`, 'Transfer-Encoding: chunked'],
  `0\r\n\r\n${HIDDEN}`,
);
const TE_CL = post(['Content-Length: 4', 'Transfer-Encoding: chunked'], `${SIZE}\r\n${HIDDEN}\r\n0\r\n\r\n`);
const TE_OBFUSCATED = post(['Transfer-Encoding: xchunked', 'Content-Length: 5'], `0\r\n\r\n${HIDDEN}`);
const TE_SPACE = post(['Transfer-Encoding : chunked', 'Content-Length: 5'], `0\r\n\r\n${HIDDEN}`);
const TE_TAB = post(['Transfer-Encoding:\tchunked', 'Content-Length: 5'], `0\r\n\r\n${HIDDEN}`);
const TE_FOLDED = post(['X: y\r\n Transfer-Encoding: chunked', 'Content-Length: 5'], `0\r\n\r\n${HIDDEN}`);
const TE_LF = post(['X: y\nTransfer-Encoding: chunked', 'Content-Length: 5'], `0\r\n\r\n${HIDDEN}`);
const CL_CL = post(['Content-Length: 0', `Content-Length: ${HIDDEN.length}`], HIDDEN);
const CL_NUL = post([`Content-Length: ${HIDDEN.length}\0`], HIDDEN);
const CL_UNDERSCORE = post([`Content_Length: ${HIDDEN.length}`, 'Content-Length: 0'], '');
const WITHIN_BODY = post([`Content-Length: ${HIDDEN.length}`], HIDDEN);
const WITHIN_CHUNK = post(['Transfer-Encoding: chunked'], chunks(HIDDEN));
const CHUNK_TERMINATOR = post(['Transfer-Encoding: chunked'], `3\r\nabcXY0\r\n\r\n${HIDDEN}`);

export const smuggling: Group = {
  name: 'Request smuggling',
  cases: [
    {
      ...attack('cl-te', 'Content-Length over Transfer-Encoding', 'RFC 9112 11.2', CL_TE),
      // By Transfer-Encoding alone the hidden request is a request of its own; by both it is nobody's.
      checks: [anyOf(refused(400), [closed, statuses(200)])],
    },
    refusedAttack('cl-te', 'Content-Length over Transfer-Encoding', 'RFC 9112 11.2', CL_TE),
    {
      ...attack('te-cl', 'Transfer-Encoding over Content-Length', 'RFC 9112 11.2', TE_CL),
      checks: [neverARequest, anyOf(refused(400), [statuses(200), backendField('Content-Length')])],
    },
    refusedAttack('te-cl', 'Transfer-Encoding over Content-Length', 'RFC 9112 11.2', TE_CL),
    refusedAttack('te-obfuscated', 'An unknown coding beside a length', 'RFC 9112 11.2', TE_OBFUSCATED),
    refusedAttack('te-space', 'A coding with a space before its colon', 'RFC 9112 5.1', TE_SPACE),
    refusedAttack('te-tab', 'A coding after a tab, beside a length', 'RFC 9112 11.2', TE_TAB),
    refusedAttack('te-folded', 'A coding in a folded line', 'RFC 9112 5.2', TE_FOLDED),
    refusedAttack('te-lf', 'A coding behind LF', 'RFC 9112 2.2', TE_LF),
    refusedAttack('cl-cl', 'A second length', 'RFC 9112 6.3', CL_CL),
    refusedAttack('cl-nul', 'A length with NUL behind it', 'RFC 9110 5.5', CL_NUL),
    {
      id: 'smuggle-underscore',
      title: 'Content_Length is not taken for Content-Length',
      section: 'RFC 9110 5.1',
      level: 'must',
      client: [CL_UNDERSCORE + get()],
      checks: [statuses(200, 200)],
    },
    {
      ...attack(
        'chunk-terminator',
        'A chunk followed by two bytes that are not CRLF',
        'RFC 9112 7.1',
        CHUNK_TERMINATOR,
      ),
      checks: [neverARequest, ...refusedMidway(400)],
    },
    {
      ...attack('within-body', 'A body that is a request', 'RFC 9112 6.3', WITHIN_BODY),
      checks: [neverARequest, statuses(200), backendBody(HIDDEN)],
    },
    {
      ...attack('within-chunk', 'A chunk that is a request', 'RFC 9112 7.1', WITHIN_CHUNK),
      checks: [neverARequest, statuses(200), backendBody(HIDDEN)],
    },
    {
      id: 'smuggle-overlong-body',
      title: 'A body that ends early leaves the rest to the next request, not to the last one',
      section: 'RFC 9112 6.3',
      level: 'must',
      client: [post(['Content-Length: 3'], 'abcGARBAGE\r\n\r\n')],
      checks: [statuses(200, 400), closed, backendLacks(/GARBAGE/, 'passed the rest on')],
    },
    {
      id: 'smuggle-header-in-value',
      title: 'CR and LF in a target do not become a header line',
      section: 'RFC 9112 11.1',
      level: 'must',
      client: [`GET /%0d%0aX-Injected:%20a HTTP/1.1\r\nHost: ${HOST}\r\n\r\n`],
      checks: [statuses(200), backendLacks(/^X-Injected/m, 'made a header line of it')],
    },
    {
      id: 'smuggle-absolute-authority',
      title: 'An authority with CRLF in it is refused',
      section: 'RFC 9112 11.1',
      level: 'must',
      client: [`GET http://a\r\nX: y/ HTTP/1.1\r\nHost: ${HOST}\r\n\r\n`],
      checks: refused(400),
    },
    {
      id: 'smuggle-answer-splitting',
      title: 'An answer after a HEAD with a body goes to nobody',
      section: 'RFC 9112 11.1',
      level: 'must',
      client: [request('HEAD / HTTP/1.1'), { until: '\r\n\r\n' }, get()],
      methods: ['HEAD', 'GET'],
      backend: [`HTTP/1.1 200 OK\r\nContent-Length: 60\r\n\r\n${ok('X-Hidden: a')}`, ok()],
      checks: [
        statuses(200, 200),
        ({ text }) => (/x-hidden/i.test(text) ? 'delivered the hidden answer' : null),
      ],
    },
  ],
};
