import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CommandPlace, installCommand, planCommand } from '../../../electron/desktop/command-on-path.ts';

let home: string;
let resources: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'switchyard-home-'));
  resources = join(home, "it's the app");
  mkdirSync(resources);
  const launcher = join(resources, 'switchyard');
  writeFileSync(launcher, '#!/bin/sh\nfor one in "$@"; do echo "<$one>"; done\n');
  chmodSync(launcher, 0o755);
});
afterEach(() => rmSync(home, { recursive: true }));

const place = (env: NodeJS.ProcessEnv = {}, platform: NodeJS.Platform = 'linux'): CommandPlace => ({
  platform,
  env,
  home,
  resources,
});

describe('where the command goes', () => {
  it('is a folder of the user that is on the path', async () => {
    mkdirSync(join(home, 'bin'));
    const plan = await planCommand(place({ PATH: `/usr/bin:${join(home, 'bin')}` }));
    expect(plan).toMatchObject({ path: join(home, 'bin/switchyard'), isOnPath: true });
  });

  it('is the usual one where none is, and then it is said that it has to be added', async () => {
    const plan = await planCommand(place({ PATH: '/usr/bin' }));
    expect(plan).toMatchObject({ path: join(home, '.local/bin/switchyard'), isOnPath: false });
    expect(await installCommand(plan)).toMatchObject({ ok: true });
    expect(existsSync(plan.path)).toBe(true);
  });

  it('on Windows is a folder that every user has on the path', async () => {
    const plan = await planCommand(place({ LOCALAPPDATA: home, PATH: '' }, 'win32'));
    expect(plan.path).toBe(join(home, 'Microsoft/WindowsApps/switchyard.cmd'));
    expect(plan.text).toContain(`"${join(resources, 'switchyard.cmd')}" %*`);
  });
});

describe('the command', () => {
  it.skipIf(process.platform === 'win32')('hands its arguments on as they are', async () => {
    const plan = await planCommand(place({ PATH: '' }));
    await installCommand(plan);
    const said = execFileSync(plan.path, ['serve', '--config', "a b's.json", ''], { encoding: 'utf8' });
    expect(said).toBe("<serve>\n<--config>\n<a b's.json>\n<>\n");
  });

  it.skipIf(process.platform === 'win32')('calls an AppImage by its file', async () => {
    const image = join(home, 'Switchyard.AppImage');
    writeFileSync(image, '#!/bin/sh\necho "$@"\n');
    chmodSync(image, 0o755);
    const plan = await planCommand(place({ PATH: '', APPIMAGE: image }));
    await installCommand(plan);
    const said = execFileSync(plan.path, ['--version'], { encoding: 'utf8' });
    expect(said).toMatch(/ --cli -- --version\n$/);
  });

  it('is written again over its own, and never over another program', async () => {
    const plan = await planCommand(place({ PATH: '' }));
    expect(await installCommand(plan)).toMatchObject({ ok: true });
    expect(await installCommand(plan)).toMatchObject({ ok: true });
    writeFileSync(plan.path, '#!/bin/sh\necho mine\n');
    expect(await installCommand(plan)).toEqual({
      ok: false,
      error: `${plan.path} belongs to another program. Move it away, then try again.`,
    });
    expect(readFileSync(plan.path, 'utf8')).toContain('echo mine');
  });

  it('says why it could not be written', async () => {
    writeFileSync(join(home, '.local'), 'a file where a folder should be');
    const plan = await planCommand(place({ PATH: '' }));
    expect(await installCommand(plan)).toMatchObject({
      ok: false,
      error: expect.stringContaining('could not be written'),
    });
  });
});
