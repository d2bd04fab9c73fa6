import { describe, expect, it } from 'vitest';
import { RequestTraits } from '../../../../electron/engine/http/client/request-traits.ts';
import { Malformed } from '../../../../electron/engine/http/message/malformed.ts';
import { parseRequestHead } from '../../../../electron/engine/http/message/request-head.ts';

function headOf(target: string, ...lines: readonly string[]) {
  const text = [`GET ${target} HTTP/1.1`, 'Host: h', ...lines, ''].join('\r\n');
  const head = parseRequestHead(text, { target: 1_000, headers: 50 });
  if (head instanceof Malformed) throw new Error('the test is wrong');
  return head;
}
const traits = (target: string, ...lines: readonly string[]) =>
  new RequestTraits((forwardedFor) => forwardedFor ?? '::1').of(headOf(target, ...lines));

describe('what a policy may ask of a request', () => {
  it.each([
    ['/a/b?c=/d?e', '/a/b'],
    ['/', '/'],
    ['/?', '/'],
    ['http://h/x?y', '/x'],
  ])('the path of %s', (target, path) => {
    expect(traits(target).path).toBe(path);
  });

  it('a header by its name in any case, all of its lines as one', () => {
    const request = traits('/', 'X-User: a', 'x-other: b', 'x-uSER: c', 'X-Empty:');
    expect(request.header('x-User')).toBe('a, c');
    expect(request.header('X-Empty')).toBe('');
    expect(request.header('user')).toBeNull();
    expect(request.header('h')).toBeNull();
  });

  it.each<[string, readonly string[], string | null]>([
    ['alone', ['Cookie: id=1'], '1'],
    ['among others', ['Cookie: a=b; id=2; c=d'], '2'],
    ['without spaces, and with more', ['Cookie: a=b;id=3 ;  c=d'], '3'],
    ['on a second line', ['Cookie: a=b', 'COOKIE: id=4'], '4'],
    ['the first of two', ['Cookie: id=5; id=6'], '5'],
    ['with = in its value, and quotes', ['Cookie: id="x=y=="'], '"x=y=="'],
    ['empty', ['Cookie: id='], ''],
    ['another case is another cookie', ['Cookie: ID=7'], null],
    ['part of another name', ['Cookie: xid=8; idx=9'], null],
    ['without a value', ['Cookie: id'], null],
    ['none at all', [], null],
  ])('a cookie: %s', (_name, lines, value) => {
    expect(traits('/', ...lines).cookie('id')).toBe(value);
  });

  it('one object serves the requests of a connection one after the other', () => {
    const own = new RequestTraits(() => '10.0.0.1');
    expect(own.of(headOf('/1', 'X: 1')).header('x')).toBe('1');
    const next = own.of(headOf('/2'));
    expect([next.path, next.header('x'), next.clientAddress]).toEqual(['/2', null, '10.0.0.1']);
  });
});
