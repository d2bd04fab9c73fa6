import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { SettingsFile } from '../../../electron/desktop/settings-file.ts';
import { ok } from '../../../shared/calls/result.ts';
import { DEFAULT_SETTINGS } from '../../../shared/config/settings-schema.ts';

let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'switchyard-'));
  path = join(folder, 'settings.json');
});

afterEach(() => rm(folder, { recursive: true }));

it('has the defaults before anything was set, and writes no file for them', async () => {
  const file = new SettingsFile(path);
  expect(await file.load()).toBeNull();
  expect(file.current).toEqual(DEFAULT_SETTINGS);
  expect(await readdir(folder)).toEqual([]);
});

it('finds again what was set', async () => {
  const file = new SettingsFile(path);
  expect(await file.change({ keepInTray: true })).toEqual(ok({ ...DEFAULT_SETTINGS, keepInTray: true }));
  await file.change({ updateChannel: 'beta' });
  const again = new SettingsFile(path);
  expect(await again.load()).toBeNull();
  expect(again.current).toEqual({ ...DEFAULT_SETTINGS, keepInTray: true, updateChannel: 'beta' });
});

it('takes changes one after the other', async () => {
  const file = new SettingsFile(path);
  await Promise.all([file.change({ keepInTray: true }), file.change({ updateChannel: 'beta' })]);
  expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({
    keepInTray: true,
    updateChannel: 'beta',
  });
});

it('uses what can be used of a file, says what could not, and keeps the file aside', async () => {
  const text = '{ "keepInTray": true, "updateChannel": "nightly", "controlAddress": 9900 }';
  await writeFile(path, text);
  const file = new SettingsFile(path);
  expect(await file.load()).toBe(
    'In the settings file, updateChannel, controlAddress could not be used and has its default. The file was kept as settings.json.broken.',
  );
  expect(file.current).toEqual({ ...DEFAULT_SETTINGS, keepInTray: true });
  expect(await readFile(`${path}.broken`, 'utf8')).toBe(text);
});

it.each(['', 'not JSON', '[]', 'null'])('has the defaults where the file is %j', async (text) => {
  await writeFile(path, text);
  const file = new SettingsFile(path);
  expect(await file.load()).toContain('every setting has its default. The file was kept as');
  expect(file.current).toEqual(DEFAULT_SETTINGS);
  expect(await readFile(`${path}.broken`, 'utf8')).toBe(text);
});

it('keeps settings that another version has written', async () => {
  await writeFile(path, '{ "fromTheFuture": 1 }');
  const file = new SettingsFile(path);
  expect(await file.load()).toBeNull();
  await file.change({ keepInTray: true });
  expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({ fromTheFuture: 1, keepInTray: true });
});

it('changes nothing when it cannot be saved', async () => {
  const file = new SettingsFile(join(folder, 'settings.json', 'below-a-file'));
  await writeFile(path, '{}');
  const changed = await file.change({ keepInTray: true });
  expect(changed).toEqual({ ok: false, error: expect.stringContaining('could not be saved') });
  expect(file.current.keepInTray).toBe(false);
});
