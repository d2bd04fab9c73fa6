import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../../scripts/processes.mjs';
import { ROOT } from '../../scripts/project.mjs';

const PACKAGES = ['http-proxy', 'http-proxy-3', '@fastify/reply-from', 'ws'];
const PROGRAMS = /** @type {const} */ ([
  ['nginx', '-v', /nginx\/(\S+)/],
  ['haproxy', '-v', /version (\S+)/],
  ['go', 'version', /go(\d\S+)/],
]);

/** @returns {Promise<string[]>} name and version of what is compared, as far as it is here */
export async function findVersions() {
  const found = PACKAGES.map((name) => {
    const manifest = readFileSync(join(ROOT, 'node_modules', name, 'package.json'), 'utf8');
    return `${name} ${JSON.parse(manifest).version}`;
  });
  for (const [name, question, pattern] of PROGRAMS) {
    const version = pattern.exec((await run(name, [question], { quiet: true })).output)?.[1];
    if (version) found.push(`${name} ${version}`);
  }
  return found;
}
