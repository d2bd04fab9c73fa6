import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import { describe, expect, it } from 'vitest';
import { answerFrom } from '../../../electron/desktop/protocol.ts';
import { resolveRendererFile } from '../../../electron/desktop/renderer-files.ts';

const FOLDER = join(sep, 'app', 'dist', 'renderer');

const SERVED: readonly (readonly [string, string, string])[] = [
  ['app://switchyard/', 'index.html', 'text/html; charset=utf-8'],
  ['app://switchyard/index.html', 'index.html', 'text/html; charset=utf-8'],
  ['app://switchyard/index.html?x=1#y', 'index.html', 'text/html; charset=utf-8'],
  ['app://switchyard/assets/main-1a2b.js', 'assets/main-1a2b.js', 'text/javascript; charset=utf-8'],
  ['app://switchyard/assets/a%20b.css', 'assets/a b.css', 'text/css; charset=utf-8'],
  ['app://switchyard/assets/inter.woff2', 'assets/inter.woff2', 'font/woff2'],
  ['app://switchyard/assets/icon.svg', 'assets/icon.svg', 'image/svg+xml'],
  // URLs are taken apart before they get here: dots at the front lead nowhere.
  ['app://switchyard/../../index.html', 'index.html', 'text/html; charset=utf-8'],
];

const REFUSED = [
  'app://switchyard/%2e%2e%2fmain.js',
  'app://switchyard/..%2f..%2f..%2fetc%2fpasswd.html',
  'app://switchyard/%2fetc%2fpasswd',
  'app://switchyard/..%5c..%5cmain.js',
  'app://switchyard/C:%5cWindows%5cwin.html',
  'app://switchyard/index.html%00.js',
  'app://switchyard/%E0%A4%A',
  'app://switchyard/.env',
  'app://switchyard/main.ts',
  'app://switchyard/assets',
  'app://other/index.html',
  'app://switchyard.evil/index.html',
  'app://user@switchyard/index.html',
  'file:///etc/passwd.html',
  'https://switchyard/index.html',
  'not a URL',
];

describe('the file behind an app:// URL', () => {
  it.each(SERVED)('of %s is %s, as %s', (url, path, contentType) => {
    expect(resolveRendererFile(url, FOLDER)).toEqual({ path: join(FOLDER, path), contentType });
  });

  it.each(REFUSED)('of %s is none', (url) => {
    expect(resolveRendererFile(url, FOLDER)).toBeNull();
  });
});

describe('an answer', () => {
  it('carries the policy and its type, and only to GET', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'switchyard-'));
    await mkdir(join(folder, 'assets'));
    await writeFile(join(folder, 'index.html'), '<meta name="style-nonce" content=""><p>hello');
    const page = await answerFrom(folder, { url: 'app://switchyard/', method: 'GET' });
    const policy = page.headers.get('Content-Security-Policy') ?? '';
    const nonce = /style-src-elem 'self' 'nonce-([\w+/]{22}==)';/.exec(policy)?.[1];
    expect([page.status, await page.text()]).toEqual([
      200,
      `<meta name="style-nonce" content="${nonce}"><p>hello`,
    ]);
    const next = await answerFrom(folder, { url: 'app://switchyard/', method: 'GET' });
    expect(next.headers.get('Content-Security-Policy')).not.toBe(policy);
    expect(policy).toContain("default-src 'none'; script-src 'self';");
    expect(policy).toContain("connect-src 'none'");
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
    expect(page.headers.get('X-Content-Type-Options')).toBe('nosniff');
    const post = await answerFrom(folder, { url: 'app://switchyard/', method: 'POST' });
    const missing = await answerFrom(folder, { url: 'app://switchyard/assets/x.js', method: 'GET' });
    const directory = await answerFrom(folder, { url: 'app://switchyard/assets/', method: 'GET' });
    expect([post.status, missing.status, directory.status]).toEqual([404, 404, 404]);
  });
});
