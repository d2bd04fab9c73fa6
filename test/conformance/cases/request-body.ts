import { chunks, get, postChunked, request } from '../bytes.ts';
import type { Case, Group, Level } from '../case.ts';
import {
  backendBody,
  backendHas,
  backendLacks,
  firstBackendBody,
  keptOpen,
  refusedMidway,
  statuses,
} from '../checks.ts';

/** RFC 9112 section 2.2: what does not match the grammar SHOULD be refused. */
function badChunk(id: string, title: string, body: string, level: Level = 'should'): Case {
  return {
    id: `chunk-${id}`,
    title: `${title} is refused`,
    section: 'RFC 9112 7.1',
    level,
    client: [postChunked(`${body}\r\n0\r\n\r\n`)],
    checks: refusedMidway(400, 413),
  };
}

function goodBody(id: string, title: string, bytes: string, body: string, section = 'RFC 9112 7.1'): Case {
  return {
    id: `body-${id}`,
    title,
    section,
    level: 'must',
    client: [bytes, { until: '\r\nok' }, get()],
    checks: [statuses(200, 200), keptOpen, firstBackendBody(body)],
  };
}

const EVERY_BYTE = String.fromCharCode(...Array.from({ length: 256 }, (_, byte) => byte));
const LARGE = 'abcdefgh'.repeat(40_000);

export const requestBody: Group = {
  name: 'Request bodies',
  cases: [
    badChunk('size-missing', 'A chunk without a size', '\r\nabc'),
    badChunk('size-words', 'A chunk size that is no number', 'xyz\r\nabc'),
    badChunk('size-prefix', 'A chunk size with 0x before it', '0x3\r\nabc'),
    badChunk('size-plus', 'A chunk size with a plus sign', '+3\r\nabc'),
    badChunk('size-minus', 'A chunk size below zero', '-3\r\nabc'),
    badChunk('size-underscore', 'A chunk size with an underscore in it', '0_3\r\nabc'),
    badChunk('size-leading-space', 'A space before a chunk size', ' 3\r\nabc'),
    badChunk('size-trailing-space', 'A space after a chunk size', '3 \r\nabc', 'house'),
    badChunk('size-trailing-tab', 'A tab after a chunk size', '3\t\r\nabc', 'house'),
    badChunk('size-overflow', 'A chunk size that wraps round in 64 bits', '10000000000000003\r\nabc', 'must'),
    badChunk('size-huge', 'A chunk size of a hundred digits', `${'f'.repeat(100)}\r\nabc`, 'must'),
    badChunk('size-zeros', 'A chunk size of a thousand zeros', `${'0'.repeat(1_000)}3\r\nabc`, 'house'),
    badChunk('size-bare-lf', 'A chunk size ended by LF alone', '3\nabc'),
    badChunk('size-bare-cr', 'A chunk size ended by CR alone', '3\rabc'),
    badChunk('data-bare-lf', 'A chunk ended by LF alone', '3\r\nabc\n0\r\n\r\n'),
    badChunk('data-longer', 'A chunk longer than its size', '3\r\nabcd'),
    badChunk('data-shorter', 'A chunk shorter than its size', '5\r\nabc'),
    badChunk('data-end-missing', 'A chunk without CRLF after it', '3\r\nabc0'),
    badChunk('extension-bare-lf', 'A chunk extension with LF in it', '3;a=\nb\r\nabc'),
    badChunk('extension-bare-cr', 'A chunk extension with CR in it', '3;a=\rb\r\nabc'),
    badChunk('extension-nul', 'A chunk extension with NUL in it', '3;a=\0b\r\nabc'),
    badChunk(
      'extension-too-long',
      'A chunk extension of 10,000 bytes',
      `3;a=${'b'.repeat(10_000)}\r\nabc`,
      'should',
    ),
    goodBody('chunked', 'Chunks arrive as one body', postChunked(chunks('abc', 'defg')), 'abcdefg'),
    goodBody(
      'hex-case',
      'Chunk sizes may be in either case',
      postChunked('A\r\n0123456789\r\nb\r\n0123456789a\r\n0\r\n\r\n'),
      '01234567890123456789a',
    ),
    goodBody(
      'size-zero-padded',
      'A chunk size may have zeros before it',
      postChunked('0003\r\nabc\r\n0\r\n\r\n'),
      'abc',
    ),
    goodBody(
      'last-chunk-zeros',
      'The last chunk may be many zeros',
      postChunked('3\r\nabc\r\n000\r\n\r\n'),
      'abc',
    ),
    goodBody(
      'extension',
      'A chunk extension that is not known is read over',
      postChunked('3;name=value;flag\r\nabc\r\n0;last\r\n\r\n'),
      'abc',
      'RFC 9112 7.1.1',
    ),
    goodBody(
      'extension-quoted',
      'A quoted chunk extension is read over',
      postChunked('3;name="a;b c"\r\nabc\r\n0\r\n\r\n'),
      'abc',
      'RFC 9112 7.1.1',
    ),
    goodBody('empty-chunked', 'A chunked body may be empty', postChunked('0\r\n\r\n'), ''),
    goodBody(
      'every-byte-chunked',
      'Every byte value passes in a chunk',
      postChunked(chunks(EVERY_BYTE)),
      EVERY_BYTE,
    ),
    goodBody(
      'every-byte-length',
      'Every byte value passes in a body of known length',
      request('POST / HTTP/1.1', ['Content-Length: 256'], EVERY_BYTE),
      EVERY_BYTE,
      'RFC 9112 6.2',
    ),
    goodBody(
      'large-length',
      'A body of 320,000 bytes arrives whole',
      request('POST / HTTP/1.1', ['Content-Length: 320000'], LARGE),
      LARGE,
      'RFC 9112 6.2',
    ),
    goodBody('large-chunked', 'A chunk of 320,000 bytes arrives whole', postChunked(chunks(LARGE)), LARGE),
    goodBody(
      'on-get',
      'A GET with a body is passed on with it',
      request('GET / HTTP/1.1', ['Content-Length: 3'], 'abc'),
      'abc',
      'RFC 9110 9.3.1',
    ),
    goodBody(
      'on-delete',
      'A DELETE with a body is passed on with it',
      request('DELETE / HTTP/1.1', ['Content-Length: 3'], 'abc'),
      'abc',
      'RFC 9110 9.3.5',
    ),
    goodBody(
      'looks-like-request',
      'A body that looks like a request is a body',
      request('POST / HTTP/1.1', [`Content-Length: ${get().length}`], get()),
      get(),
      'RFC 9112 6.3',
    ),
    {
      id: 'chunk-extension-not-forwarded',
      title: 'A chunk extension ends at this hop',
      section: 'RFC 9112 7.1.1',
      level: 'house',
      client: [postChunked('3;secret=1\r\nabc\r\n0\r\n\r\n')],
      checks: [statuses(200), backendBody('abc'), backendLacks(/secret/, 'passed the extension on')],
    },
    {
      id: 'body-byte-by-byte',
      title: 'A chunked request that comes in pieces is put together',
      section: 'RFC 9112 2.2',
      level: 'must',
      client: [
        'POST / HT',
        'TP/1.1\r',
        '\nHost: conformance.test\r\nTransfer-Enc',
        'oding: chunked\r\n\r',
        '\n3',
        '\r\na',
        'bc\r\n0\r\n',
        '\r\n',
      ],
      checks: [statuses(200), backendBody('abc')],
    },
    {
      id: 'body-streams',
      title: 'The beginning of a body goes out before its end has come',
      section: 'RFC 9110 7.6',
      level: 'house',
      client: [postChunked('5\r\nbegin\r\n'), { backendUntil: 'begin' }, '3\r\nend\r\n0\r\n\r\n'],
      checks: [statuses(200), backendBody('beginend')],
    },
    {
      id: 'body-cut-by-client',
      title: 'A body that the client leaves unfinished is never made whole',
      section: 'RFC 9112 8',
      level: 'must',
      client: [
        request('POST / HTTP/1.1', ['Content-Length: 10'], 'begin'),
        { backendUntil: 'begin' },
        'leave',
      ],
      checks: [({ requests }) => (requests.some((one) => one.isWhole) ? 'made the body whole' : null)],
    },
    {
      id: 'chunked-body-cut-by-client',
      title: 'A chunked body without its last chunk is never given one',
      section: 'RFC 9112 8',
      level: 'must',
      client: [postChunked('5\r\nbegin\r\n'), { backendUntil: 'begin' }, 'leave'],
      checks: [backendHas('begin'), backendLacks(/\r\n0\r\n\r\n/, 'gave it a last chunk')],
    },
  ],
};
