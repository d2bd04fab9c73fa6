import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { escapeControls } from '../../shared/text/control-characters.ts';
import { type CurlRequest, curlCommand } from '../../shared/text/curl.ts';
import { fieldsOf } from '../../shared/view/message-head.ts';
import { runs } from '../support/property.ts';
import { type RawBackend, startRawBackend } from '../support/raw-backend.ts';

const run = promisify(execFile);
let server: RawBackend;
/** Where the shells run: whatever a command did beside sending would be found here. */
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'switchyard-curl-'));
  server = await startRawBackend((socket, text) => {
    const end = text.indexOf('\r\n\r\n');
    const length = Number(/\r\ncontent-length: *(\d+)/i.exec(text)?.[1] ?? 0);
    const isWhole = /\r\ntransfer-encoding:/i.test(text)
      ? text.endsWith('0\r\n\r\n')
      : text.length === end + 4 + length;
    if (end !== -1 && isWhole) socket.end('HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n');
  });
});
afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true });
});

/** A shell that takes a command as its last argument. */
const SH = (command: string) => run('sh', ['-c', command], { cwd: folder });
const BASH = (command: string) => run('bash', ['--norc', '-c', command], { cwd: folder });
/** As in a terminal, where it also expands history: "!" anywhere and "^" at the start of a line. */
const INTERACTIVE_BASH = (command: string) => {
  const env = { ...process.env, HISTFILE: '', PS1: '' };
  const shell = run('bash', ['--norc', '-i'], { cwd: folder, env });
  shell.child.stdin?.end(`true before\n${command}\nexit\n`);
  return shell;
};

/** Runs the command in a shell, and reads what came. */
async function arrives(request: Omit<CurlRequest, 'url'>, withSecrets = true, shell = SH) {
  const command = curlCommand({ url: server.url, ...request }, withSecrets);
  server.received.length = 0;
  await shell(command.replace(/\bcurl /, 'curl -sS --max-time 20 '));
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

  it.each([
    ['sh', SH],
    ['bash', BASH],
    ['an interactive bash', INTERACTIVE_BASH],
  ])('sends exactly the bytes of hostile values from %s', { timeout: 60_000 }, async (_, shell) => {
    const target = "/a'b`id`$(id)$HOME!!;rm|&>x^1^2";
    const values = [
      "'; touch owned; '",
      '"$(touch owned)" `id` $HOME !! !-1 ^a^b \\ \\\\ %s %n',
      '-o owned',
      '@/etc/passwd',
      'caf\xc3\xa9 \xe2\x80\xaetxt.exe \xe2\x81\xa6!! \xc2\x9b31m',
      '\xff\xfe !! bytes',
      '~root *? [a-z] {a,b}',
    ];
    const text = `'${values.filter((value) => !value.includes('\xff')).join("'\n!!\n^a^b\n")}`;
    for (const body of [text, `${text}\0\x1b]0;owned\x07\r\n`]) {
      const head = headOf(
        `POST ${target} HTTP/1.1`,
        'Host: h',
        ...values.map((value, index) => `X-${index}: ${value}`),
        `Content-Length: ${body.length}`,
      );
      const got = await arrives({ method: 'POST', target, head, body }, true, shell);
      expect(got).toEqual({ line: `POST ${target} HTTP/1.1`, fields: sorted(head), body });
    }
    expect(await readdir(folder)).toEqual([]);
  });

  it('shows no control character in the command, so that it reads as what it does', () => {
    const head = headOf('GET / HTTP/1.1', 'Host: h', 'X-A: \xe2\x80\xaea', 'X-B: \xc2\x9b2J');
    const command = curlCommand(
      {
        url: 'https://h',
        certificatePath: '/c\u001b[2J\u202e.pem',
        method: 'GET',
        target: '/',
        head,
        body: null,
      },
      true,
    );
    expect(escapeControls(command, 'line-breaks')).toBe(command);
    expect(command).toContain(`-H "$(printf 'X-A: \\342\\200\\256a')"`);
    expect(command).toContain(`--cacert "$(printf '/c\\033[2J\\342\\200\\256.pem')"`);
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
