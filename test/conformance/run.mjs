// npm run conformance: the cases of this folder against this engine, another proxy, or nginx and HAProxy as well.
import { fileURLToPath } from 'node:url';
import { exitWith } from '../../scripts/processes.mjs';
import { checkNode, ensureDependencies, ROOT } from '../../scripts/project.mjs';

await exitWith(async () => {
  checkNode();
  await ensureDependencies();
  // The suite is TypeScript, which the oldest Node we run on does not read.
  const { runnerImport } = await import('vite');
  const path = fileURLToPath(new URL('main.ts', import.meta.url));
  const { module } = await runnerImport(path, { root: ROOT, configFile: false, logLevel: 'error' });
  return module.main(process.argv.slice(2));
});
