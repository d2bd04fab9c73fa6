import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type InstancesFolder,
  instancesFolder,
  runningInstances,
  writeInstanceFile,
} from '../../../../electron/services/control/instance-file.ts';

const NOBODY = 65_534;
const isRoot = process.getuid?.() === 0;

let base: string;
let folder: InstancesFolder;
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'switchyard-runtime-'));
  folder = { path: join(base, 'switchyard'), base };
});
afterEach(() => rmSync(base, { recursive: true }));

const instance = { pid: process.pid, url: 'http://127.0.0.1:9900', token: 't'.repeat(32) };
const fileOf = (pid: number) => join(folder.path, `control-${pid}.json`);
const plant = (text = JSON.stringify(instance)) => {
  mkdirSync(folder.path, { mode: 0o700 });
  writeFileSync(fileOf(instance.pid), text, { mode: 0o600 });
};

describe('the file of an instance', () => {
  it('can be read by its user alone, and is found', async () => {
    const written = await writeInstanceFile(folder, instance);
    expect(written).toEqual({ ok: true, value: fileOf(instance.pid) });
    expect(statSync(folder.path).mode & 0o777).toBe(0o700);
    expect(statSync(fileOf(instance.pid)).mode & 0o777).toBe(0o600);
    expect(await runningInstances(folder)).toEqual({ instances: [instance], ignored: [] });
  });

  it('of a folder from before, with other rights, is closed to others too', async () => {
    mkdirSync(folder.path);
    chmodSync(folder.path, 0o755);
    await writeInstanceFile(folder, instance);
    expect(statSync(folder.path).mode & 0o777).toBe(0o700);
  });

  it('is written anew, and not through a link that was there', async () => {
    mkdirSync(folder.path, { mode: 0o700 });
    const elsewhere = join(base, 'elsewhere');
    writeFileSync(elsewhere, 'kept');
    symlinkSync(elsewhere, fileOf(instance.pid));
    expect((await writeInstanceFile(folder, instance)).ok).toBe(true);
    expect(statSync(elsewhere).size).toBe(4);
  });

  it('of an instance that has ended is removed', async () => {
    const { pid } = spawnSync('true');
    await writeInstanceFile(folder, { ...instance, pid });
    expect(await runningInstances(folder)).toEqual({ instances: [], ignored: [] });
    expect(() => statSync(fileOf(pid))).toThrow();
  });
});

describe('a file that somebody else could have written is not believed', () => {
  const reason = async () => {
    const { instances, ignored } = await runningInstances(folder);
    expect(instances).toEqual([]);
    return ignored;
  };

  it('when others may write to the folder it is in', async () => {
    plant();
    chmodSync(folder.path, 0o722);
    expect(await reason()).toEqual([`${folder.path} is open to other users (mode 722; chmod go= mends it)`]);
  });

  it('when others may replace that folder', async () => {
    plant();
    chmodSync(base, 0o777);
    expect(await reason()).toEqual([`${base} is open to other users (mode 777; chmod go-w mends it)`]);
    expect(await writeInstanceFile(folder, instance)).toMatchObject({ ok: false });
  });

  it('when the folder is a link', async () => {
    mkdirSync(join(base, 'elsewhere'), { mode: 0o700 });
    symlinkSync(join(base, 'elsewhere'), folder.path);
    expect(await reason()).toEqual([`${folder.path} is not a folder`]);
    expect(await writeInstanceFile(folder, instance)).toEqual({
      ok: false,
      error: `${folder.path} is not a folder`,
    });
  });

  it('when others may read it, because then they could have its token', async () => {
    plant();
    chmodSync(fileOf(instance.pid), 0o640);
    expect(await reason()).toEqual([
      `${fileOf(instance.pid)} is open to other users (mode 640; chmod go= mends it)`,
    ]);
  });

  it('when it is a link', async () => {
    mkdirSync(folder.path, { mode: 0o700 });
    const elsewhere = join(base, 'elsewhere');
    writeFileSync(elsewhere, JSON.stringify(instance), { mode: 0o600 });
    symlinkSync(elsewhere, fileOf(instance.pid));
    expect(await reason()).toEqual([`${fileOf(instance.pid)} is a link`]);
  });

  it('when it is a named pipe, which is not waited for', async () => {
    mkdirSync(folder.path, { mode: 0o700 });
    spawnSync('mkfifo', ['-m', '600', fileOf(instance.pid)]);
    expect(await reason()).toEqual([`${fileOf(instance.pid)} is not a regular file`]);
  });

  it('when it is too long', async () => {
    plant('x'.repeat(70_000));
    expect(await reason()).toEqual([`${fileOf(instance.pid)} is longer than 64 KiB`]);
  });

  it.each([
    'http://192.0.2.1:9900',
    'https://127.0.0.1:1',
    'http://127.0.0.1.evil.example',
    'http://user@127.0.0.1:1',
  ])('when it leads to %s, which is no control server of this machine', async (url) => {
    plant(JSON.stringify({ ...instance, url }));
    expect(await reason()).toEqual([
      `${fileOf(instance.pid)} does not say where an instance on this machine is`,
    ]);
  });

  it('when it belongs to another user', async () => {
    plant();
    if (isRoot) {
      chownSync(fileOf(instance.pid), NOBODY, NOBODY);
      expect(await reason()).toEqual([`${fileOf(instance.pid)} belongs to another user (uid ${NOBODY})`]);
      chownSync(folder.path, NOBODY, NOBODY);
      expect(await reason()).toEqual([`${folder.path} belongs to another user (uid ${NOBODY})`]);
      expect(await writeInstanceFile(folder, instance)).toMatchObject({ ok: false });
      expect(statSync(folder.path).uid).toBe(NOBODY);
    } else {
      folder = { path: '/etc', base: null };
      expect(await reason()).toEqual(['/etc belongs to another user (uid 0)']);
    }
  });
});

it('the folder is that of the session, or in the user’s home', () => {
  expect(instancesFolder({ XDG_RUNTIME_DIR: '/run/user/7' }, 'linux')).toEqual({
    path: join('/run/user/7', 'switchyard'),
    base: '/run/user/7',
  });
  expect(instancesFolder({ XDG_STATE_HOME: '/s' }, 'linux')).toEqual({
    path: join('/s', 'switchyard'),
    base: null,
  });
  expect(instancesFolder({ LOCALAPPDATA: '/l', XDG_RUNTIME_DIR: '/r' }, 'win32')).toEqual({
    path: join('/l', 'switchyard'),
    base: null,
  });
});
