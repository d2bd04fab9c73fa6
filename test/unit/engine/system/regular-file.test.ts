import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readRegularFile } from '../../../../electron/engine/system/regular-file.ts';

const isWindows = process.platform === 'win32';
const MAX_BYTES = 100_000;

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'switchyard-'));
  path = join(folder, 'file');
});
afterEach(() => rmSync(folder, { recursive: true }));

const troubleOf = async (from = path) => {
  const read = await readRegularFile(from, MAX_BYTES);
  return read.ok ? null : read.error.trouble;
};

it.each([0, 1, 65_536, 65_537, MAX_BYTES])('reads a file of %d bytes whole', async (length) => {
  const bytes = Buffer.alloc(length, 'abc');
  writeFileSync(path, bytes);
  const read = await readRegularFile(path, MAX_BYTES);
  expect(read.ok && read.value.equals(bytes)).toBe(true);
});

it('reads through a link', async () => {
  writeFileSync(join(folder, 'there'), 'text');
  symlinkSync('there', path);
  expect(await readRegularFile(path, MAX_BYTES)).toEqual({ ok: true, value: Buffer.from('text') });
});

it('refuses a file that is one byte too large', async () => {
  writeFileSync(path, Buffer.alloc(MAX_BYTES + 1));
  expect(await troubleOf()).toBe('too-large');
});

it('refuses a missing file, a folder and a link to itself', async () => {
  expect(await troubleOf()).toBe('missing');
  expect(await troubleOf(join(path, 'below'))).toBe('missing');
  expect(await troubleOf(folder)).toBe('folder');
  mkdirSync(join(folder, 'loop'));
  symlinkSync('loop', join(folder, 'loop', 'loop'));
  expect(await troubleOf(join(folder, 'loop', 'loop'))).toBe('link-loop');
});

it.skipIf(isWindows)('refuses a pipe that nobody writes to, without waiting', async () => {
  execFileSync('mkfifo', [path]);
  expect(await troubleOf()).toBe('not-regular');
});

it.skipIf(isWindows)('refuses a device that never ends, and a socket', async () => {
  expect(await troubleOf('/dev/zero')).toBe('not-regular');
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(path, resolve));
  expect(await troubleOf()).toBe('not-regular');
  await new Promise((resolve) => server.close(resolve));
});

it.skipIf(process.platform !== 'linux')('stops at the limit in a file that says it is empty', async () => {
  // Of the system's own files the size is 0, whatever is in them.
  expect(await readRegularFile('/proc/self/status', 10)).toMatchObject({ error: { trouble: 'too-large' } });
  expect(await readRegularFile('/proc/self/status', MAX_BYTES)).toMatchObject({ ok: true });
});
