import { describe, expect, it } from 'vitest';
import { escapeControls } from '../../../shared/text/control-characters.ts';

describe('text from somebody else', () => {
  it.each([
    ['an escape', 'a\u001b[31mb', 'a\\u001b[31mb'],
    ['a bell', '\u0007', '\\u0007'],
    ['a carriage return, which would write over the line', 'safe\rowned', 'safe\\u000downed'],
    ['a line feed, which would forge a line', 'a\nswitchyard: b', 'a\\u000aswitchyard: b'],
    ['DEL', '\u007f', '\\u007f'],
    ['C1', '\u009b31m\u009d0;x\u009c', '\\u009b31m\\u009d0;x\\u009c'],
    ['an override of direction', 'txt.\u202eexe', 'txt.\\u202eexe'],
    ['isolates and marks', '\u2066\u2069\u200e\u200f\u061c', '\\u2066\\u2069\\u200e\\u200f\\u061c'],
    ['line breaks of Unicode', 'a\u2028b\u2029', 'a\\u2028b\\u2029'],
    ['NUL', '\u0000', '\\u0000'],
  ])('shows %s by its number', (_, text, shown) => {
    expect(escapeControls(text)).toBe(shown);
  });

  it('keeps printable characters of every script, and tabs', () => {
    const text = 'plain\tÄ – 日本語 עברית 🙂 \u00a0';
    expect(escapeControls(text)).toBe(text);
  });

  it('keeps line feeds, and no other line break, where there are several lines', () => {
    expect(escapeControls('a\nb\r\n\u2028', 'line-breaks')).toBe('a\nb\\u000d\n\\u2028');
  });

  it('leaves no control character of C0, C1 and bidirectional text', () => {
    const all = Array.from({ length: 0xffff }, (_, code) => String.fromCharCode(code)).join('');
    expect(escapeControls(all)).not.toMatch(/[\p{Bidi_Control}\p{Zl}\p{Zp}]|(?!\t)\p{Cc}/u);
  });

  it('keeps the meaning of JSON', () => {
    const value = { name: 'a\u202e\u009b\u007f\u001b\n' };
    expect(JSON.parse(escapeControls(JSON.stringify(value)))).toEqual(value);
  });
});
