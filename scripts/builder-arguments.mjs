import { buildKind, versionOf } from './build-kind.mjs';
import { SetupError } from './processes.mjs';

/**
 * `folder` is the app as a folder that the tests can drive, `hardened` the same as it is shipped, `installers` all that
 * people install it from on this platform.
 *
 * @typedef {'folder' | 'hardened' | 'installers'} Product
 */

/**
 * What electron-builder is to do, beyond what electron-builder.yml says.
 *
 * @param {{ product: Product, output: string | null }} wish output: a folder in place of release/
 * @param {import('./find-electron.mjs').ElectronFound} electron
 * @param {{ version: string, electronVersion: string, platform: string, env: NodeJS.ProcessEnv }} machine version: of
 *   package.json, electronVersion: of package-lock.json
 * @returns {string[]}
 * @throws {SetupError} for a release with any other Electron
 */
export function builderArguments({ product, output }, electron, { version, electronVersion, platform, env }) {
  const { kind } = buildKind(platform, env);
  if (kind === 'release') refuseOther(electron, electronVersion);
  return [
    '--publish=never',
    ...(product === 'installers' ? [] : ['--dir']),
    ...(output === null ? [] : [`-c.directories.output=${output}`]),
    `-c.extraMetadata.version=${versionOf(version, kind)}`,
    // Playwright starts the app with --inspect.
    ...(product === 'folder' ? ['-c.electronFuses.enableNodeCliInspectArguments=true'] : []),
    // The file is updated where it is, and its command and its icon go by its name: that stays the same.
    // biome-ignore lint/suspicious/noTemplateCurlyInString: electron-builder fills it in.
    ...(kind === 'release' ? ['-c.appImage.artifactName=Switchyard-${arch}.${ext}'] : []),
    ...signing(platform, kind),
    ...origin(env['GITHUB_REPOSITORY'], kind),
    ...electronOptions(electron),
  ];
}

/**
 * @param {string} platform
 * @param {'release' | 'dev build'} kind
 */
function signing(platform, kind) {
  if (platform !== 'darwin') return [];
  // A signature for this machine alone, without which Apple's own processors run nothing.
  return kind === 'release' ? ['-c.mac.notarize=true'] : ['-c.mac.identity=-', '-c.mac.notarize=false'];
}

/**
 * The repository it is built from: its homepage, and where a release looks for the next one. What a dev build would
 * leave for that must not be found by anybody.
 *
 * @param {string | undefined} repository `owner/name`
 * @param {'release' | 'dev build'} kind
 */
function origin(repository, kind) {
  const [owner, repo] = repository?.split('/') ?? [];
  if (!owner || !repo) return [];
  const homepage = `-c.extraMetadata.homepage=https://github.com/${owner}/${repo}`;
  if (kind === 'dev build') return [homepage];
  return [homepage, '-c.publish.provider=github', `-c.publish.owner=${owner}`, `-c.publish.repo=${repo}`];
}

/**
 * A release carries the Electron of package-lock.json, as its makers publish it. What stands in for it where it cannot be
 * downloaded is old and comes from somebody else: it is for tests.
 *
 * @param {import('./find-electron.mjs').ElectronFound} electron
 * @param {string} wanted
 */
function refuseOther({ source, folder, version }, wanted) {
  if (source === 'official' && version === wanted) return;
  throw new SetupError(
    `A release is built with Electron ${wanted} of package-lock.json, as Electron publishes it, but ${folder} is ${version || 'unknown'} (${source}). Make that version available, or unset SWITCHYARD_RELEASE for a dev build.`,
  );
}

/**
 * The official Electron is electron-builder's to fetch; any other is named to it.
 *
 * @param {import('./find-electron.mjs').ElectronFound} electron
 */
function electronOptions({ source, folder, version }) {
  if (source === 'official') return [];
  if (version === '') throw new SetupError(`${folder} has no file "version", so it cannot be packaged.`);
  return [`-c.electronDist=${folder}`, `-c.electronVersion=${version}`];
}
