import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { importedFiles } from './imported-files.mjs';

/** `switchyard` alone is somebody else's package in the npm registry. The command is called so all the same. */
export const CLI_PACKAGE = 'switchyard-cli';

/**
 * Lays out the npm package of the command line: what was built of it, and nothing of Electron or the window.
 *
 * @param {string} root of the checkout, with its build in dist/
 * @param {string} folder for the package; what is there is replaced
 * @param {string} [repository] `owner/name` at GitHub, from which the npm registry shows where the package came from
 */
export async function layOutCliPackage(root, folder, repository = '') {
  await rm(folder, { recursive: true, force: true });
  const built = await importedFiles(join(root, 'dist'), 'cli.js');
  /** @type {readonly (readonly [from: string, to: string])[]} */
  const files = [
    ...built.map((name) => /** @type {const} */ ([`dist/${name}`, `dist/${name}`])),
    ['config.schema.json', 'config.schema.json'],
    ['docs/command-line.md', 'README.md'],
    ['LICENSE', 'LICENSE'],
  ];
  for (const [from, to] of files) {
    await mkdir(dirname(join(folder, to)), { recursive: true });
    await cp(join(root, from), join(folder, to));
  }
  const manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  await writeFile(
    join(folder, 'package.json'),
    `${JSON.stringify(cliManifest(manifest, repository), null, 2)}\n`,
  );
}

/**
 * @param {{ version: string, license: string, author: string, engines: object }} app its manifest
 * @param {string} repository
 * @returns {object} without dependencies, since all of them are bundled
 */
export function cliManifest({ version, license, author, engines }, repository) {
  return {
    name: CLI_PACKAGE,
    version,
    description:
      'A load balancer for local development: spread requests over backends, and break one on purpose.',
    keywords: ['load-balancer', 'reverse-proxy', 'development', 'health-check', 'fault-injection'],
    license,
    author,
    ...(repository && { repository: { type: 'git', url: `git+https://github.com/${repository}.git` } }),
    type: 'module',
    bin: { switchyard: 'dist/cli.js' },
    files: ['dist', 'config.schema.json'],
    engines,
  };
}
