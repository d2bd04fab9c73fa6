import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RecentFiles } from '../../../electron/desktop/recent-files.ts';

let folder: string;
let told: (readonly string[])[];
const store = () => join(folder, 'recent.json');
const open = () => new RecentFiles(store(), (files) => told.push(files));

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'switchyard-'));
  told = [];
});
afterEach(() => rm(folder, { recursive: true }));

describe('recent files', () => {
  it('has the newest first, each once, ten at most, also after a restart', async () => {
    const files = open();
    for (let n = 0; n < 12; n++) await files.add(`/${n}.json`);
    await files.add('/5.json');
    const paths = ['/5.json', ...[11, 10, 9, 8, 7, 6, 4, 3, 2].map((n) => `/${n}.json`)];
    expect((await files.list()).map(({ path }) => path)).toEqual(paths);
    expect(told.at(-1)).toEqual(paths);
    const again = open();
    await again.start();
    expect(told.at(-1)).toEqual(paths);
  });

  it('knows which are not there any more, and forgets one', async () => {
    const here = join(folder, 'here.json');
    await writeFile(here, '{}');
    const files = open();
    await Promise.all([files.add('/not/there.json'), files.add(here)]);
    expect(await files.list()).toEqual([
      { path: here, isMissing: false },
      { path: '/not/there.json', isMissing: true },
    ]);
    await files.remove('/not/there.json');
    expect(await files.list()).toEqual([{ path: here, isMissing: false }]);
    expect(JSON.parse(await readFile(store(), 'utf8'))).toEqual({ files: [here] });
  });

  it.each(['', 'no JSON', '{ "files": "x" }'])('takes what it cannot read for nothing: %j', async (text) => {
    await writeFile(store(), text);
    expect(await open().list()).toEqual([]);
  });
});
