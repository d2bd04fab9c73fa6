import { mkdir, mkdtemp, readFile, realpath, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CommandTrust } from '../../../electron/desktop/command-trust.ts';
import { parseConfig } from '../../../electron/services/config/parse.ts';

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'switchyard-'));
  path = join(folder, 'allowed.json');
});
afterEach(() => rm(folder, { recursive: true }));

const SERVICE = { command: 'node server.js', name: 'users', cwd: 'api', env: { MODE: 'fast' }, instances: 2 };

function configOf(...servers: (object | string)[]) {
  const config = parseConfig(JSON.stringify({ servers }));
  if (!config.ok) throw new Error(config.error.map(({ message }) => message).join());
  return config.value;
}

async function mayRun(changes: object, from = '/home/me'): Promise<boolean> {
  const allowed = await new CommandTrust(path).allowedOnly(configOf({ ...SERVICE, ...changes }), from);
  return allowed.pools[0]?.commands.length === 1;
}

describe('CommandTrust', () => {
  it('shows all that decides what would run, and allows nothing by itself', async () => {
    const trust = new CommandTrust(path);
    const config = configOf('http://a', SERVICE);
    expect(await trust.toAllow(config, '/home/me')).toEqual([
      {
        pool: 'default',
        name: 'users',
        command: 'node server.js',
        instances: 2,
        cwd: '/home/me/api',
        env: { MODE: 'fast' },
      },
    ]);
    const allowed = await trust.allowedOnly(config, '/home/me');
    expect(allowed.pools[0]?.commands).toEqual([]);
    expect(allowed.pools[0]?.backends).toHaveLength(1);
  });

  it('allows nothing that it cannot remember', async () => {
    await mkdir(path);
    const trust = new CommandTrust(path);
    const commands = await trust.toAllow(configOf(SERVICE), '/home/me');
    await expect(trust.allow(commands)).rejects.toThrow();
    expect(await trust.toAllow(configOf(SERVICE), '/home/me')).toEqual(commands);
  });

  it('remembers what was allowed, in a file of the user alone', async () => {
    const trust = new CommandTrust(path);
    await trust.allow(await trust.toAllow(configOf(SERVICE), '/home/me'));
    expect(await trust.toAllow(configOf(SERVICE), '/home/me')).toEqual([]);
    expect(await mayRun({})).toBe(true);
    expect((await stat(path)).mode & 0o077).toBe(0);
  });

  it.each([
    ['other words', { command: 'node server.js; curl x' }, '/home/me', false],
    ['another folder', { cwd: '.' }, '/home/me', false],
    ['a folder of the same name elsewhere', {}, '/tmp', false],
    ['another variable', { env: { MODE: 'fast', NODE_OPTIONS: '--require x' } }, '/home/me', false],
    ['another value', { env: { MODE: 'slow' } }, '/home/me', false],
    ['another name and more of it', { name: 'people', instances: 5 }, '/home/me', true],
    ['other settings as a backend', { weight: 3, url: 'http://localhost:{port}/v1' }, '/home/me', true],
  ])('%s: asks again, or not', async (_what, changes, from, expected) => {
    const trust = new CommandTrust(path);
    await trust.allow(await trust.toAllow(configOf(SERVICE), '/home/me'));
    expect(await mayRun(changes, from)).toBe(expected);
  });

  it.each(['', '{', '{"allowed":true}', '{"allowed":["*"]}'])(
    'allows nothing by a file of %j',
    async (text) => {
      await writeFile(path, text);
      expect(await mayRun({})).toBe(false);
      const trust = new CommandTrust(path);
      await trust.allow(await trust.toAllow(configOf(SERVICE), '/home/me'));
      expect(JSON.parse(await readFile(path, 'utf8')).allowed).toHaveLength(1);
    },
  );
});

describe('a folder behind a link', () => {
  it('is shown, allowed and run as what it is, so that a link that leads elsewhere asks again', async () => {
    await mkdir(join(folder, 'good'));
    await mkdir(join(folder, 'bad'));
    await symlink('good', join(folder, 'api'));
    const trust = new CommandTrust(path);
    const waiting = await trust.toAllow(configOf(SERVICE), folder);
    const real = join(await realpath(folder), 'good');
    expect(waiting).toMatchObject([{ cwd: real }]);
    await trust.allow(waiting);
    const allowed = await trust.allowedOnly(configOf(SERVICE), folder);
    expect(allowed.pools[0]?.commands).toMatchObject([{ cwd: real }]);
    await rm(join(folder, 'api'));
    await symlink('bad', join(folder, 'api'));
    expect(await mayRun({}, folder)).toBe(false);
  });
});
