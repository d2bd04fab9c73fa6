import { expect, it } from 'vitest';
import { TrustedProxies } from '../../electron/engine/http/client/trusted-proxies.ts';
import { ChunkedDecoder } from '../../electron/engine/http/message/chunked-decoder.ts';
import { clientOrigin } from '../../electron/engine/http/message/client-origin.ts';
import { listMembers } from '../../electron/engine/http/message/grammar.ts';
import { type Addresses, mapBack } from '../../electron/engine/http/message/map-back.ts';
import { PendingBytes } from '../../electron/engine/http/message/pending-bytes.ts';
import { parseRequestHead } from '../../electron/engine/http/message/request-head.ts';
import { HeadProgress, takeRequest } from '../../electron/engine/http/message/request-reader.ts';
import { parseResponseHead } from '../../electron/engine/http/message/response-head.ts';
import { takeResponse } from '../../electron/engine/http/message/response-reader.ts';
import { forwardableTrailers } from '../../electron/engine/http/message/trailers.ts';
import { forwardableUpgrade, isOffered } from '../../electron/engine/http/message/upgrade.ts';
import { parseConfig } from '../../electron/services/config/parse.ts';
import { parseDuration } from '../../shared/config/duration.ts';
import { parseListenAddress } from '../../shared/config/listen-address.ts';
import { parseOrigin } from '../../shared/config/origin.ts';
import { parseStep } from '../../shared/config/scenario-schema.ts';
import { readFaultText } from '../../shared/text/fault-text.ts';
import { trimEnd } from '../../shared/text/trim-end.ts';
import { growthOf, LINEAR_GROWTH } from '../support/growth.ts';

// Every parser that bytes of a stranger reach, with the input that costs it most, as large as its limit allows.

interface Case {
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  readonly input: (size: number) => string;
  readonly run: (input: string) => unknown;
}

const LIMITS = { target: 1_048_576, headers: 10_000 };
const request = (lines: string) => `GET / HTTP/1.1\r\nHost: h\r\n${lines}`;
const parseRequest = (text: string) => parseRequestHead(text, LIMITS);
const parseResponse = (text: string) => parseResponseHead(text, 'GET', 512);

/** Each byte in a piece of its own, as a client sends that wants to cost time. */
function drip(text: string, take: (pending: Buffer) => unknown): void {
  const pending = new PendingBytes();
  for (const byte of Buffer.from(text, 'latin1')) take(pending.append(Buffer.of(byte)));
}

function dripRequest(text: string): void {
  const progress = new HeadProgress();
  drip(text, (bytes) => takeRequest(bytes, { ...LIMITS, head: 1_048_576 }, progress));
}

function dripResponse(text: string): void {
  let checked = 0;
  drip(text, (bytes) => {
    takeResponse(bytes, checked, 'GET');
    checked = bytes.length;
  });
}

function decodeTrailers(text: string): void {
  const decoder = new ChunkedDecoder();
  const sink = { bodyData: () => undefined };
  for (const byte of Buffer.from(`0\r\n${text}`, 'latin1')) decoder.decode(Buffer.of(byte), 0, sink);
}

const proxies = new TrustedProxies(['10.0.0.0/8']);

const backend = parseOrigin('http://127.0.0.1:5001/base');
if (!backend.ok) throw new Error(backend.error);
const addresses: Addresses = {
  backend: backend.value,
  sentHost: 'localhost:8080',
  client: { scheme: 'http', authority: 'localhost:8080' },
  prefix: { backend: '/base', client: '/sub' },
};

const cases: readonly Case[] = [
  {
    name: 'Set-Cookie with many paths',
    size: 64_000,
    input: (size) => `a=1${'; Path=/base/x'.repeat(size / 14)}`,
    run: (text) => mapBack('set-cookie', text, addresses),
  },
  {
    name: 'Set-Cookie with many domains',
    size: 64_000,
    input: (size) => `a=1${';Domain=127.0.0.1'.repeat(size / 17)}`,
    run: (text) => mapBack('set-cookie', text, addresses),
  },
  {
    name: 'Location with many slashes',
    size: 64_000,
    input: (size) => `http://127.0.0.1:5001/base${'/'.repeat(size)}x`,
    run: (text) => mapBack('location', text, addresses),
  },
  {
    name: 'Location with a long host',
    size: 64_000,
    input: (size) => `http://${'a.'.repeat(size / 2)}:5001/`,
    run: (text) => mapBack('location', text, addresses),
  },
  {
    name: 'Refresh with many blanks',
    size: 64_000,
    input: (size) => `0; url="${' '.repeat(size)}x`,
    run: (text) => mapBack('refresh', text, addresses),
  },
  {
    name: 'Upgrade with many protocols',
    size: 15_000,
    input: (size) => 'websocket, '.repeat(size / 11),
    run: (text) => isOffered(text, forwardableUpgrade(text, ['websocket']) ?? ''),
  },
  {
    name: 'X-Forwarded-Host with many members',
    size: 15_000,
    input: (size) => 'a:1,'.repeat(size / 4),
    run: (text) => clientOrigin({ host: text, proto: text, port: text }),
  },
  {
    name: 'a trailer name of marks',
    size: 8_000,
    input: (size) => '_'.repeat(size),
    run: (text) => forwardableTrailers([text, ''], { connectionOptions: new Set(), edits: null }),
  },
  {
    name: 'a request head of single bytes',
    size: 64_000,
    input: (size) => request(`A: ${'b'.repeat(size)}`),
    run: dripRequest,
  },
  {
    name: 'a request line of single bytes',
    size: 64_000,
    input: (size) => `GET /${'a'.repeat(size)}`,
    run: dripRequest,
  },
  {
    name: 'a response head of single bytes',
    size: 60_000,
    input: (size) => `HTTP/1.1 200 OK\r\n${'A: b\r\n'.repeat(size / 6)}`,
    run: dripResponse,
  },
  {
    name: 'trailers of single bytes',
    size: 8_000,
    input: (size) => 'A: b\r\n'.repeat(size / 6),
    run: decodeTrailers,
  },
  {
    name: 'hops of X-Forwarded-For',
    size: 16_000,
    input: (size) => '10.0.0.1, '.repeat(size / 10),
    run: (hops) => proxies.clientOf('10.0.0.1', hops),
  },
  { name: 'a duration of digits', size: 60_000, input: (size) => '1'.repeat(size), run: parseDuration },
  {
    name: 'a duration of parts',
    size: 100,
    input: (size) => `${'1.1h'.repeat(size / 4 - 1)}x`,
    run: parseDuration,
  },
  {
    name: 'slashes at the end',
    size: 60_000,
    input: (size) => `a${'/'.repeat(size)}b`,
    run: (text) => trimEnd(text, '/'),
  },
  {
    name: 'a URL of slashes',
    size: 2_000,
    input: (size) => `http://a/${'/'.repeat(size - 20)}x`,
    run: parseOrigin,
  },
  {
    name: 'a URL of colons',
    size: 2_000,
    input: (size) => `http://a${':1'.repeat((size - 20) / 2)}x`,
    run: parseOrigin,
  },
  {
    name: 'an address of slashes',
    size: 280,
    input: (size) => `http://${'/'.repeat(size)}x`,
    run: parseListenAddress,
  },
  {
    name: 'an address of colons',
    size: 280,
    input: (size) => `${':'.repeat(size)}x`,
    run: parseListenAddress,
  },
  {
    name: 'a step of spaces',
    size: 2_000,
    input: (size) => `at 1s: a${' '.repeat(size - 20)}b`,
    run: parseStep,
  },
  {
    name: 'a step of commas',
    size: 2_000,
    input: (size) => `at 1s: a error${' ,'.repeat((size - 20) / 2)}x`,
    run: parseStep,
  },
  {
    name: 'a fault of quotes',
    size: 60_000,
    input: (size) => `a "${'\\"'.repeat(size / 2)}`,
    run: readFaultText,
  },
  { name: 'a fault of words', size: 60_000, input: (size) => 'a='.repeat(size / 2), run: readFaultText },
  {
    name: 'unknown fields of a config',
    size: 400_000,
    input: (size) =>
      `{ "servers": ["http://a"],\n${Array.from({ length: size / 12 }, (_, at) => `"x${at}": 1`).join(',\n')} }`,
    run: parseConfig,
  },
  {
    name: 'fields of a config given twice',
    size: 400_000,
    input: (size) => `{ "servers": ["http://a"]${',\n"servers": 1'.repeat(size / 14)} }`,
    run: parseConfig,
  },
  {
    name: 'one long unknown field of a config',
    size: 400_000,
    input: (size) => `{ "servers": ["http://a"], "${'x'.repeat(size)}": 1 }`,
    run: parseConfig,
  },
  {
    name: 'servers of a config',
    size: 200_000,
    input: (size) =>
      JSON.stringify({ servers: Array.from({ length: size / 25 }, (_, at) => `http://h${at}`) }),
    run: parseConfig,
  },
  {
    name: 'listeners of a config',
    size: 800_000,
    input: (size) =>
      JSON.stringify({
        pools: { a: { servers: ['http://h'] } },
        listeners: Array.from({ length: size / 40 }, (_, at) => ({ name: `l${at}`, address: `:${at + 1}` })),
      }),
    run: parseConfig,
  },
  {
    name: 'routes of a config',
    size: 800_000,
    input: (size) =>
      JSON.stringify({
        pools: { a: { servers: ['http://h'] } },
        listeners: [
          {
            address: ':8080',
            routes: Array.from({ length: size / 40 }, (_, at) => ({ path: `/${at}`, pool: 'a' })),
          },
        ],
      }),
    run: parseConfig,
  },
  { name: 'a list of blanks', size: 64_000, input: (size) => `a${' '.repeat(size)}b`, run: listMembers },
  { name: 'a list of commas', size: 64_000, input: (size) => ' ,'.repeat(size / 2), run: listMembers },
  {
    name: 'Connection full of blanks',
    size: 64_000,
    input: (size) => request(`Connection: a${' '.repeat(size)}b\r\n`),
    run: parseRequest,
  },
  {
    name: 'TE full of tabs',
    size: 64_000,
    input: (size) => request(`TE: a${'\t'.repeat(size)}b\r\n`),
    run: parseRequest,
  },
  {
    name: 'many Connection lines',
    size: 64_000,
    input: (size) => request('Connection: a, b\r\n'.repeat(size / 18)),
    run: parseRequest,
  },
  {
    name: 'Connection of a response full of blanks',
    size: 64_000,
    input: (size) => `HTTP/1.1 200 OK\r\nConnection: a${' '.repeat(size)}b\r\n`,
    run: parseResponse,
  },
];

it.each(cases)('takes time in proportion to its size: $name', ({ size, input, run }) => {
  expect(growthOf(size, input, run)).toBeLessThan(LINEAR_GROWTH);
});

it('tells quadratic work from linear work', () => {
  const pairs = (text: string) => {
    let count = 0;
    for (let from = 0; from < text.length; from++)
      for (let at = from; at < text.length; at++) count += text.charCodeAt(at);
    return count;
  };
  expect(growthOf(4_000, (size) => 'a'.repeat(size), pairs)).toBeGreaterThan(LINEAR_GROWTH);
});
