// What `electron FOLDER` runs: loads the app in that folder, as Electron's own default app does.
import { readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { app as publicApp } from 'electron';
import { readCommandLine } from './command-line.mjs';

/**
 * Two of its methods are there for the default app alone, and so are not declared.
 *
 * @typedef {typeof publicApp & { setAppPath(path: string): void, setVersion(version: string): void }} DefaultAppHost
 */
const app = /** @type {DefaultAppHost} */ (publicApp);

const wanted = readCommandLine(process.argv.slice(1));
if (wanted.wantsVersion) {
  process.stdout.write(`v${process.versions['electron']}\n`);
  app.exit(0);
} else if (wanted.app === null) {
  process.stderr.write('Name the folder of the app to run.\n');
  app.exit(1);
} else {
  // Apps tell by it that they were started by `electron FOLDER`. The arguments stay as they are: a preload,
  // such as Playwright's, may have taken its own out of them.
  Object.defineProperty(process, 'defaultApp', { value: true, enumerable: true });
  const require = createRequire(import.meta.url);
  for (const file of wanted.preloads) require(resolve(file));
  await import(pathToFileURL(entryOf(resolve(wanted.app))).href);
}

/**
 * @param {string} path a folder with a manifest, or a script
 * @returns {string} the script to run
 */
function entryOf(path) {
  if (!statSync(path).isDirectory()) {
    app.setAppPath(dirname(path));
    return path;
  }
  const manifest = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8'));
  app.setAppPath(path);
  app.setName(manifest.productName ?? manifest.name);
  app.setVersion(manifest.version ?? '0.0.0');
  return join(path, manifest.main ?? 'index.js');
}
