// What `electron FOLDER` runs: loads the app in that folder, as Electron's own default app does.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from 'electron';

const argv = process.argv.slice(1);
const preloads = [];
let folder;
for (let at = 0; at < argv.length && folder === undefined; at++) {
  if (argv[at] === '-r' || argv[at] === '--require') preloads.push(argv[++at]);
  else if (!argv[at].startsWith('-')) folder = resolve(argv[at]);
}
if (folder === undefined) {
  process.stderr.write('Name the folder of the app to run.\n');
  app.exit(1);
} else {
  const require = createRequire(import.meta.url);
  for (const file of preloads) require(resolve(file));
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  app.setAppPath(folder);
  app.setName(manifest.productName ?? manifest.name);
  app.setVersion(manifest.version ?? '0.0.0');
  // As Electron does it: the app sees itself as the first argument.
  process.argv.splice(1, argv.indexOf(argv.find((one) => resolve(one) === folder)) + 1, folder);
  await import(pathToFileURL(join(folder, manifest.main)).href);
}
