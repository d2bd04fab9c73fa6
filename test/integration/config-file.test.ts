import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ConfigFile } from '../../electron/services/config/config-file.ts';
import type { Result } from '../../shared/calls/result.ts';
import { until } from '../support/until.ts';

let folder: string;
let path: string;
let file: ConfigFile;
let told: Result<string, string>[];

beforeEach(async () => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'switchyard-config-')));
  path = join(folder, 'switchyard.json');
  writeFileSync(path, 'first');
  file = new ConfigFile(path);
  told = [];
});
afterEach(async () => {
  await file.stop();
  chmodSync(folder, 0o755);
  rmSync(folder, { recursive: true });
});

async function watched(): Promise<void> {
  await file.load();
  file.watch((read) => told.push(read));
}

const texts = () => told.map((read) => (read.ok ? read.value : read.error));
const isToldLast = (text: string) => until(`told ${text}, was ${texts()}`, () => texts().at(-1) === text);

describe('load', () => {
  it('gives the text as it is, a byte order mark included', async () => {
    writeFileSync(path, '\uFEFF{}\r\n');
    expect(await file.load()).toEqual({ ok: true, value: '\uFEFF{}\r\n' });
  });

  it.each<[string, () => void, string]>([
    ['a missing file', () => rmSync(path), 'does not exist.'],
    [
      'a folder',
      () => {
        rmSync(path);
        mkdirSync(path);
      },
      'is a folder, not a file.',
    ],
    [
      'a file that is no text',
      () => writeFileSync(path, Buffer.from([0x7b, 0xff, 0x7d])),
      'is not UTF-8 text.',
    ],
    ['a huge file', () => writeFileSync(path, ' '.repeat(5_000_000)), 'is too large to be a config.'],
    [
      'a link to nowhere',
      () => {
        rmSync(path);
        symlinkSync('nowhere', path);
      },
      'does not exist.',
    ],
  ])('%s has a sentence', async (_name, prepare, words) => {
    prepare();
    expect(await file.load()).toEqual({ ok: false, error: `${path} ${words}` });
  });

  it.skipIf(process.platform === 'win32')('a device has a sentence, and is not read to its end', async () => {
    expect(await new ConfigFile('/dev/zero').load()).toEqual({
      ok: false,
      error: '/dev/zero is not a file of text.',
    });
  });

  it.skipIf(process.platform === 'win32')('a file that may not be read has a sentence', async () => {
    chmodSync(path, 0o000);
    // Root may read anything, so for a moment this is somebody else.
    const isRoot = process.geteuid?.() === 0;
    if (isRoot) process.seteuid?.(65_534);
    const read = await file.load();
    if (isRoot) process.seteuid?.(0);
    expect(read).toEqual({ ok: false, error: `${path} may not be read by you; check its permissions.` });
  });
});

describe('save', () => {
  it('replaces the file as a whole, keeps its mode and leaves nothing beside it', async () => {
    chmodSync(path, 0o640);
    await file.load();
    expect(await file.save('second')).toEqual({ ok: true, value: null });
    expect(readFileSync(path, 'utf8')).toBe('second');
    if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o640);
    expect(readdirSync(folder)).toEqual(['switchyard.json']);
  });

  it.skipIf(process.platform === 'win32')('says at once what may not be written', async () => {
    await file.load();
    chmodSync(folder, 0o555);
    // Root may write anywhere, so for a moment this is somebody else.
    const isRoot = process.geteuid?.() === 0;
    if (isRoot) process.seteuid?.(65_534);
    const startMs = performance.now();
    const saved = await file.save('second');
    const tookMs = performance.now() - startMs;
    if (isRoot) process.seteuid?.(0);
    chmodSync(folder, 0o755);
    expect(saved).toEqual({
      ok: false,
      error: `${path} may not be written by you; check its permissions.`,
    });
    expect(tookMs).toBeLessThan(5_000);
    expect(readFileSync(path, 'utf8')).toBe('first');
    expect(readdirSync(folder)).toEqual(['switchyard.json']);
  });

  it('says that its folder is none', async () => {
    const inside = new ConfigFile(join(path, 'inside.json'));
    expect(await inside.refusal()).toBe(
      `${join(path, 'inside.json')} cannot be written: its folder does not exist.`,
    );
    expect(await file.refusal()).toBeNull();
    expect(await new ConfigFile(join(folder, 'new.json')).refusal()).toBeNull();
  });

  it('follows a link', async () => {
    const link = join(folder, 'link.json');
    symlinkSync(path, link);
    file = new ConfigFile(link);
    await file.load();
    await file.save('second');
    expect(readFileSync(path, 'utf8')).toBe('second');
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
  });

  it('does not write over what somebody else has written meanwhile', async () => {
    await file.load();
    writeFileSync(path, 'theirs');
    expect(await file.isUnchanged()).toBe(false);
    expect(await file.save('mine')).toEqual({
      ok: false,
      error: `${path} was changed by another program meanwhile.`,
    });
    expect(readFileSync(path, 'utf8')).toBe('theirs');
    await file.load();
    expect(await file.save('mine')).toMatchObject({ ok: true });
  });

  it('makes a file that is missing, and its folder', async () => {
    file = new ConfigFile(join(folder, 'new', 'switchyard.json'));
    expect(await file.save('text')).toMatchObject({ ok: true });
    expect(readFileSync(file.path, 'utf8')).toBe('text');
  });

  it('says why it cannot', async () => {
    rmSync(path);
    mkdirSync(path);
    expect(await file.save('text')).toEqual({ ok: false, error: expect.stringContaining(path) });
    await until('nothing is left beside it', () => readdirSync(folder).join() === 'switchyard.json');
  });
});

describe('watch', () => {
  it('tells the text written into the file, in pieces too', async () => {
    await watched();
    writeFileSync(path, '');
    writeFileSync(path, 'second');
    await isToldLast('second');
  });

  it('tells the text of another file put in its place, as editors save', async () => {
    await watched();
    for (const text of ['second', 'third']) {
      writeFileSync(`${path}.tmp`, text);
      renameSync(`${path}.tmp`, path);
      await isToldLast(text);
    }
    renameSync(path, `${path}~`);
    writeFileSync(path, 'fourth');
    await isToldLast('fourth');
  });

  it('tells that the file has gone, and that it is back, even the same', async () => {
    await watched();
    rmSync(path);
    await isToldLast(`${path} does not exist.`);
    writeFileSync(path, 'first');
    await isToldLast('first');
  });

  it('does not go deaf when the file comes and goes', async () => {
    await watched();
    for (let round = 0; round < 40; round++) {
      writeFileSync(path, `round ${round}`);
      await new Promise((resolve) => setTimeout(resolve, round % 7));
      rmSync(path);
    }
    writeFileSync(path, 'last');
    await isToldLast('last');
  });

  it('finds a folder that was replaced as a whole', async () => {
    const inner = join(folder, 'inner');
    mkdirSync(inner);
    writeFileSync(join(inner, 'c.json'), 'first');
    file = new ConfigFile(join(inner, 'c.json'));
    await watched();
    renameSync(inner, join(folder, 'before'));
    mkdirSync(inner);
    writeFileSync(join(inner, 'c.json'), 'second');
    await isToldLast('second');
  });

  it('does not tell what was saved here, nor of other files', async () => {
    await watched();
    await file.save('mine');
    writeFileSync(join(folder, 'other.json'), 'x');
    await file.save('mine again');
    // Whatever came of those would be told before this.
    writeFileSync(path, 'theirs');
    await isToldLast('theirs');
    expect(texts()).toEqual(['theirs']);
  });

  it('tells what was written before the watcher was ready', async () => {
    await file.load();
    writeFileSync(path, 'second');
    file.watch((read) => told.push(read));
    await isToldLast('second');
  });

  it('follows a link to where the file is, and sees it replaced there', async () => {
    const link = join(folder, 'links', 'link.json');
    mkdirSync(join(folder, 'links'));
    symlinkSync(path, link);
    file = new ConfigFile(link);
    await watched();
    writeFileSync(`${path}.tmp`, 'second');
    renameSync(`${path}.tmp`, path);
    await isToldLast('second');
    writeFileSync(path, 'third');
    await isToldLast('third');
  });

  it('tells nothing after it was stopped', async () => {
    await watched();
    await file.stop();
    writeFileSync(path, 'second');
    const other = new ConfigFile(path);
    const seen: unknown[] = [];
    other.watch((read) => seen.push(read));
    await until('another watcher has seen it', () => seen.length > 0);
    await other.stop();
    expect(told).toEqual([]);
  });
});
