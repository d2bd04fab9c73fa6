import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { ROOT } from '../../scripts/project.mjs';

/** The engine's thread as the build made it. */
export const WORKER = join(ROOT, 'dist/worker.js');

/**
 * Bundles the program that hosts the engine in a thread.
 *
 * @param {string} work
 * @returns {Promise<string>} its folder, which Node and Electron can both run
 */
export async function buildEngineThread(work) {
  const outDir = join(work, 'engine-thread');
  await build({
    root: ROOT,
    configFile: false,
    logLevel: 'warn',
    ssr: { noExternal: true },
    build: {
      ssr: fileURLToPath(new URL('servers/switchyard-thread.ts', import.meta.url)),
      outDir,
      emptyOutDir: true,
      target: 'node20',
      rolldownOptions: { output: { format: 'es', entryFileNames: 'main.js' } },
    },
  });
  const manifest = { name: 'switchyard-bench', type: 'module', main: 'main.js' };
  writeFileSync(join(outDir, 'package.json'), JSON.stringify(manifest));
  return outDir;
}
