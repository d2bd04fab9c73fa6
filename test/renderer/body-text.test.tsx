import { describe, expect, it } from 'vitest';
import { bodyText } from '../../renderer/features/requests/body-text.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const body = (given: Uint8Array, change: object = {}) => ({
  bytes: given,
  decoded: null,
  codings: [],
  isWhole: true,
  ...change,
});

describe('a body is shown', () => {
  it('as JSON with its lines broken, where it is whole and is that', () => {
    const json = bytes('{"a":[1]}');
    const broken = { kind: 'json', text: '{\n  "a": [\n    1\n  ]\n}' };
    expect(bodyText(body(json), 'application/problem+json')).toEqual(broken);
    expect(bodyText(body(json), null)).toEqual(broken);
    expect(bodyText(body(json, { isWhole: false }), 'application/json').kind).toBe('text');
    expect(bodyText(body(bytes('{no')), 'application/json')).toEqual({ kind: 'text', text: '{no' });
  });

  it('as text, up to a character that was cut', () => {
    expect(bodyText(body(bytes('a\tcafé\r\n')), 'text/plain').text).toBe('a\tcafé\r\n');
    const cut = bytes('café').subarray(0, 4);
    expect(bodyText(body(cut, { isWhole: false }), 'text/plain')).toEqual({ kind: 'text', text: 'caf' });
  });

  it('as bytes, where it is no text or could not be decoded', () => {
    const dump = bodyText(body(new Uint8Array([0, 72, 105, 255])), 'image/png');
    expect(dump.kind).toBe('bytes');
    expect(dump.text.replace(/ +/g, ' ')).toBe('0000 00 48 69 ff .Hi.');
    expect(bodyText(body(bytes('zzzz'), { codings: ['zstd'] }), 'text/plain').kind).toBe('bytes');
    expect(bodyText(body(bytes('zip'), { codings: ['gzip'], decoded: bytes('text') }), null).text).toBe(
      'text',
    );
  });
});
