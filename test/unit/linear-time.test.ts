import { expect, it } from 'vitest';
import { listMembers } from '../../electron/http/grammar.ts';
import { parseRequestHead } from '../../electron/http/request-head.ts';
import { parseResponseHead } from '../../electron/http/response-head.ts';
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

const cases: readonly Case[] = [
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
