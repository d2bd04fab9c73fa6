import { describe, expect, it } from 'vitest';
import { formatDuration, parseDuration } from '../../../shared/config/duration.ts';
import { isReachableFromNetwork, parseListenAddress } from '../../../shared/config/listen-address.ts';
import { parseOrigin } from '../../../shared/config/origin.ts';
import { describeSocketError } from '../../../shared/text/socket-error.ts';

describe('durations', () => {
  it.each([
    ['500ms', 500],
    ['2s', 2_000],
    ['1m30s', 90_000],
    ['1.5h', 5_400_000],
    ['.5s', 500],
  ])('%s is %i ms', (text, ms) => {
    expect(parseDuration(text)).toEqual({ ok: true, value: ms });
  });

  it.each(['', '2', 's', '2 s', '-2s', '2x', '1s2', 'soon'])('%j is none', (text) => {
    expect(parseDuration(text).ok).toBe(false);
  });

  it.each([0, 1, 999, 1_000, 1_500, 90_000, 3_600_000, 5_400_001])('%i ms is written as it is read', (ms) => {
    expect(parseDuration(formatDuration(ms))).toEqual({ ok: true, value: ms });
  });
});

describe('addresses to listen on', () => {
  it.each([
    [':8080', null, 8080],
    [8080, null, 8080],
    ['8080', null, 8080],
    ['127.0.0.1:8080', '127.0.0.1', 8080],
    ['[::1]:8080', '::1', 8080],
    ['0.0.0.0:8080', '0.0.0.0', 8080],
    ['localhost:0', null, 0],
  ])('%j', (input, host, port) => {
    expect(parseListenAddress(input)).toEqual({ ok: true, value: { host, port } });
  });

  it.each(['', 'x', ':x', '::1:80', '[::1]', ':70000', 'http://a:1', 1.5, -1])('%j is none', (input) => {
    expect(parseListenAddress(input).ok).toBe(false);
  });

  it.each([
    [null, false],
    ['127.0.0.1', false],
    ['127.1.2.3', false],
    ['::1', false],
    ['localhost', false],
    ['0.0.0.0', true],
    ['::', true],
    ['192.168.1.5', true],
  ])('whether %s lets other machines in: %s', (host, expected) => {
    expect(isReachableFromNetwork(host)).toBe(expected);
  });
});

describe('origins', () => {
  it.each([
    ['http://localhost:5001', { url: 'http://localhost:5001', host: 'localhost', port: 5001, basePath: '' }],
    ['http://a', { url: 'http://a', port: 80, authority: 'a' }],
    ['https://a/', { url: 'https://a', port: 443, protocol: 'https' }],
    ['HTTP://A:80/Base/', { url: 'http://a/Base', basePath: '/Base', authority: 'a' }],
    ['http://[::1]:5001', { url: 'http://[::1]:5001', host: '::1', authority: '[::1]:5001' }],
  ])('%s', (text, origin) => {
    expect(parseOrigin(text)).toMatchObject({ ok: true, value: origin });
  });

  it.each([
    '',
    'localhost:1',
    'ftp://a',
    'http://',
    'http://u:p@a',
    'http://a?b',
    'http://a#b',
    'http://a b',
    'http://a:99999',
  ])('%j is none', (text) => {
    expect(parseOrigin(text).ok).toBe(false);
  });
});

it('what went wrong with a socket is said in words, the last of several tries too', () => {
  const error = (code: string) => Object.assign(new Error('m'), { code });
  expect(describeSocketError(error('ECONNREFUSED'))).toBe('connection refused');
  expect(describeSocketError(new AggregateError([error('ETIMEDOUT'), error('ECONNREFUSED')]))).toBe(
    'connection refused',
  );
  expect(describeSocketError(error('EODD'))).toBe('m');
});
