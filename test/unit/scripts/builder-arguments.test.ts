import { describe, expect, it } from 'vitest';
import { loadScript } from './load-script.ts';

const { buildKind, versionOf } = await loadScript('build-kind.mjs');
const { builderArguments } = await loadScript('builder-arguments.mjs');

const RELEASE = { SWITCHYARD_RELEASE: '1' };
const APPLE_KEY = { APPLE_API_KEY: 'key', APPLE_API_KEY_ID: 'id', APPLE_API_ISSUER: 'issuer' };

describe('a build is a release', () => {
  it.each([
    ['linux', {}, ['SWITCHYARD_RELEASE']],
    ['linux', RELEASE, []],
    ['win32', RELEASE, ['WIN_CSC_LINK or CSC_LINK']],
    ['win32', { ...RELEASE, CSC_LINK: 'x' }, []],
    ['win32', { CSC_LINK: 'x' }, ['SWITCHYARD_RELEASE']],
    ['win32', { ...RELEASE, CSC_LINK: '' }, ['WIN_CSC_LINK or CSC_LINK']],
    ['darwin', { ...RELEASE, CSC_LINK: 'x', ...APPLE_KEY }, []],
    [
      'darwin',
      { ...RELEASE, CSC_NAME: 'x', APPLE_ID: 'a', APPLE_APP_SPECIFIC_PASSWORD: 'b', APPLE_TEAM_ID: 'c' },
      [],
    ],
  ])('on %s with %j it lacks %j', (platform, env, missing) => {
    expect(buildKind(platform, env)).toEqual({ kind: missing.length ? 'dev build' : 'release', missing });
  });

  it('on macOS only when Apple has seen it too', () => {
    const signed = { ...RELEASE, CSC_LINK: 'x', APPLE_API_KEY: 'key' };
    expect(buildKind('darwin', signed).missing).toEqual([
      expect.stringMatching(/^APPLE_API_KEY\+.* or APPLE_ID\+/),
    ]);
  });

  it('and anything else says in its version what it is', () => {
    expect(versionOf('1.2.3', 'release')).toBe('1.2.3');
    expect(versionOf('1.2.3', 'dev build')).toBe('1.2.3-dev-build');
  });
});

describe('electron-builder is told', () => {
  const official = { folder: '/e/dist', binary: '/e/dist/electron', version: '45.0.0', source: 'official' };
  const machine = { version: '1.2.3', electronVersion: '45.0.0', platform: 'linux', env: {} };
  const told = (wish: object, electron: object = official, change: object = {}): string[] =>
    builderArguments({ product: 'folder', output: null, ...wish }, electron, { ...machine, ...change });

  it('to leave the inspector to the tests alone', () => {
    const inspect = '-c.electronFuses.enableNodeCliInspectArguments=true';
    expect(told({ product: 'folder' })).toContain(inspect);
    expect(told({ product: 'hardened' })).not.toContain(inspect);
    expect(told({ product: 'installers' })).not.toContain(inspect);
  });

  it('to make a folder or all the packages, and never to publish', () => {
    expect(told({ product: 'hardened', output: '/out' })).toEqual([
      '--publish=never',
      '--dir',
      '-c.directories.output=/out',
      '-c.extraMetadata.version=1.2.3-dev-build',
    ]);
    expect(told({ product: 'installers' }, official, { env: RELEASE })).toEqual([
      '--publish=never',
      '-c.extraMetadata.version=1.2.3',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: electron-builder fills it in.
      '-c.appImage.artifactName=Switchyard-${arch}.${ext}',
    ]);
  });

  it.each([
    ['the fallback', { folder: '/e', binary: '/e/electron', version: '33.2.1', source: 'fallback' }],
    ['another version', { ...official, version: '45.0.1' }],
    ['one that the user names', { ...official, source: 'override' }],
    ['one of no known version', { ...official, version: '' }],
  ])('nothing for a release with %s', (_, electron) => {
    expect(() => told({ product: 'installers' }, electron, { env: RELEASE })).toThrow(
      /^A release is built with Electron 45\.0\.0 of package-lock\.json, /,
    );
    if (electron.version !== '') expect(told({}, electron)).toContain('--dir');
  });

  it('which Electron it is, where it is not the one electron-builder would fetch', () => {
    const other = { folder: '/e', binary: '/e/electron', version: '33.2.1', source: 'fallback' };
    expect(told({}, other)).toEqual(
      expect.arrayContaining(['-c.electronDist=/e', '-c.electronVersion=33.2.1']),
    );
    expect(() => told({}, { ...other, version: '' })).toThrow('/e has no file "version"');
  });

  it('where a release looks for updates, and a dev build nowhere', () => {
    const env = { ...RELEASE, GITHUB_REPOSITORY: 'someone/switchyard' };
    const homepage = '-c.extraMetadata.homepage=https://github.com/someone/switchyard';
    expect(told({}, official, { env })).toEqual(
      expect.arrayContaining([
        homepage,
        '-c.publish.provider=github',
        '-c.publish.owner=someone',
        '-c.publish.repo=switchyard',
      ]),
    );
    const dev = told({}, official, { env: { ...env, SWITCHYARD_RELEASE: '' } });
    expect(dev).toContain(homepage);
    expect(dev.filter((one) => one.startsWith('-c.publish'))).toEqual([]);
  });

  it('to sign for this machine alone, where there is no certificate and Apple wants a signature', () => {
    expect(told({}, official, { platform: 'darwin' })).toEqual(
      expect.arrayContaining(['-c.mac.identity=-', '-c.mac.notarize=false']),
    );
    const env = { ...RELEASE, CSC_LINK: 'x', ...APPLE_KEY };
    const args = told({ product: 'installers' }, official, { platform: 'darwin', env });
    expect(args).toContain('-c.mac.notarize=true');
    expect(args.some((one) => one.startsWith('-c.mac.identity'))).toBe(false);
  });
});
