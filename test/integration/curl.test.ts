import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CurlRequest, curlCommand } from '../../shared/curl.ts';
import { fieldsOf } from '../../shared/message-head.ts';
import { runs } from '../support/property.ts';
import { type RawBackend, startRawBackend } from '../support/raw-backend.ts';

const run = promisify(execFile);
let server: RawBackend;
beforeAll(async () => {
  server = await startRawBackend((socket, text) => {
    const end = text.indexOf('\r\n\r\n');
    const length = Number(/\r\ncontent-length: *(\d+)/i.exec(text)?.[1] ?? 0);
    const isWhole = /\r\ntransfer-encoding:/i.test(text)
      ? text.endsWith('0\r\n\r\n')
      : text.length === end + 4 + length;
    if (end !== -1 && isWhole) socket.end('HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n');
  });
});
afterAll(() => server.stop());

/** Runs the command in a shell, and reads what came. */
async function arrives(request: Omit<CurlRequest, 'url'>, withSecrets = true) {
  const command = curlCommand({ url: server.url, ...request }, withSecrets);
  server.received.length = 0;
  await run('sh', ['-c', `${command.replace(/\bcurl /, 'curl -sS --max-time 20 ')}`]);
  const [received = ''] = server.received;
  const end = received.indexOf('\r\n\r\n');
  const head = received.slice(0, end + 2);
  return { line: head.slice(0, head.indexOf('\r\n')), fields: sorted(head), body: received.slice(end + 4) };
}

const sorted = (head: string) =>
  fieldsOf(head)
    .map(({ name, value }) => `${name}: ${value}`)
    .sort();

const headOf = (line: string, ...fields: readonly string[]) => `${[line, ...fields].join('\r\n')}\r\n`;

describe('the command for curl, run by a shell', () => {
  it('sends a browser’s request as it was, and nothing that curl would say of itself', async () => {
    const head = headOf(
      'GET /a%20b?q=[1]{2}&x=$HOME&y=`id` HTTP/1.1',
      'Host: shop.localhost',
      'user-agent: it\'s "me" \\ $(id)',
      'Cookie: a=1; b=!!',
      'X-Empty:',
      'X-Twice: 1',
      'X-Twice: 2',
      'X-Dash: -n %s',
      'X-Cafe: caf\xc3\xa9',
    );
    const got = await arrives({ method: 'GET', target: '/a%20b?q=[1]{2}&x=$HOME&y=`id`', head, body: null });
    expect(got).toEqual({ line: head.slice(0, head.indexOf('\r\n')), fields: sorted(head), body: '' });
  });

  it('sends a body of text, and one of bytes, as they were', async () => {
    const json = '@{"a": "it\'s 100 % caf\xc3\xa9",\n\t"b": "$x\\n"}';
    const bytes = String.fromCharCode(...Array.from({ length: 256 }, (_, at) => at));
    for (const [method, body] of [
      ['POST', json],
      ['PUT', bytes],
      ['GET', 'x'],
      ['DELETE', ''],
      ['POST', `-${bytes}\r\n`],
    ] as const) {
      const head = headOf(`${method} /p HTTP/1.1`, 'Host: h', `Content-Length: ${body.length}`);
      const got = await arrives({ method, target: '/p', head, body });
      expect(got).toEqual({ line: `${method} /p HTTP/1.1`, fields: sorted(head), body });
    }
  });

  it('sends in chunks what came in chunks', async () => {
    const head = headOf('POST / HTTP/1.1', 'Host: h', 'Transfer-Encoding: chunked');
    const got = await arrives({
      method: 'POST',
      target: '/',
      head,
      body: 'abc',
    });
    expect([got.fields, got.body]).toEqual([
      ['Host: h', 'Transfer-Encoding: chunked'],
      '3\r\nabc\r\n0\r\n\r\n',
    ]);
  });

  it('asks for what is no path, for dots that stay, by HEAD and in HTTP/1.0', async () => {
    const ask = async (method: string, target: string, version = '1.1') =>
      (
        await arrives({
          method,
          target,
          head: headOf(`${method} ${target} HTTP/${version}`, 'Host: h'),
          body: null,
        })
      ).line;
    expect(await ask('OPTIONS', '*')).toBe('OPTIONS * HTTP/1.1');
    expect(await ask('GET', '/a/../b/.')).toBe('GET /a/../b/. HTTP/1.1');
    expect(await ask('HEAD', '/')).toBe('HEAD / HTTP/1.1');
    expect(await ask("X'Y|Z", '/')).toBe("X'Y|Z / HTTP/1.1");
    expect(await ask('GET', '/', '1.0')).toBe('GET / HTTP/1.0');
  });

  it('has no secrets in it unless they are wanted', async () => {
    const head = headOf('GET / HTTP/1.1', 'Host: h', 'Authorization: Bearer abc', 'Cookie: id=7');
    const request = { method: 'GET', target: '/', head, body: null };
    expect((await arrives(request, false)).fields).toEqual([
      'Authorization: Bearer REDACTED',
      'Cookie: id=REDACTED',
      'Host: h',
    ]);
    expect((await arrives(request)).fields).toContain('Authorization: Bearer abc');
  });

  it('sends whatever a head and a body may hold', { timeout: 120_000 }, async () => {
    const bytesOf = (from: number, to: number) =>
      fc.integer({ min: from, max: to }).map((code) => String.fromCharCode(code));
    const value = fc
      .string({ unit: fc.oneof(bytesOf(0x20, 0x7e), bytesOf(0x80, 0xff), fc.constant('\t')), maxLength: 20 })
      .map((text) => text.replace(/^[ \t]+|[ \t]+$/g, ''));
    const target = fc
      .string({ unit: bytesOf(0x21, 0x7e).filter((one) => one !== '#'), maxLength: 20 })
      .map((text) => `/${text}`);
    const body = fc.string({ unit: bytesOf(0, 0xff), minLength: 1, maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(value, target, fc.option(body), async (one, path, sent) => {
        const method = sent === null ? 'GET' : 'POST';
        const length = sent === null ? [] : [`Content-Length: ${sent.length}`];
        const head = headOf(`${method} ${path} HTTP/1.1`, 'Host: h', `X-Value: ${one}`, ...length);
        const got = await arrives({ method, target: path, head, body: sent });
        expect(got).toEqual({ line: `${method} ${path} HTTP/1.1`, fields: sorted(head), body: sent ?? '' });
      }),
      runs(40),
    );
  });
});
