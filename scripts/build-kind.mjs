/**
 * Whether what is built may call itself a release: it is made for a tag, and signed wherever there is something to sign
 * with. Everything else is a dev build, and says so in its version.
 *
 * @param {string} platform
 * @param {NodeJS.ProcessEnv} env
 * @returns {{ kind: 'release' | 'dev build', missing: string[] }} what a release would need besides
 */
export function buildKind(platform, env) {
  const missing = [['SWITCHYARD_RELEASE'], ...needed(platform)]
    .filter((choices) => !choices.some((names) => names.split('+').every((name) => env[name])))
    .map((choices) => choices.join(' or '));
  return { kind: missing.length === 0 ? 'release' : 'dev build', missing };
}

/**
 * @param {string} version of package.json
 * @param {'release' | 'dev build'} kind
 */
export function versionOf(version, kind) {
  return kind === 'release' ? version : `${version}-dev-build`;
}

/**
 * Linux has no signature that a desktop would look for; there the published checksums stand for the file.
 *
 * @param {string} platform
 * @returns {string[][]} of each, one has to be set
 */
function needed(platform) {
  if (platform === 'darwin') {
    return [
      ['CSC_LINK', 'CSC_NAME'],
      [
        'APPLE_API_KEY+APPLE_API_KEY_ID+APPLE_API_ISSUER',
        'APPLE_ID+APPLE_APP_SPECIFIC_PASSWORD+APPLE_TEAM_ID',
      ],
    ];
  }
  return platform === 'win32' ? [['WIN_CSC_LINK', 'CSC_LINK']] : [];
}
