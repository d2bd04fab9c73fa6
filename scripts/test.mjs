// npm test: sets up what the tests need, then runs all of them; the first stage that fails ends it.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { electronSwitches, hasDisplay, thisMachine } from './display.mjs';
import { ensureLibraries } from './linux-libraries.mjs';
import { ensurePeers } from './peers.mjs';
import { exitWith, run } from './processes.mjs';
import { checkNode, ensureBuild, ensureDependencies, ROOT } from './project.mjs';
import { stage } from './stage.mjs';
import { countTests } from './test-report.mjs';

const isHeadless = !hasDisplay(process.platform, process.env);

await exitWith(async () => {
  checkNode();
  await ensureDependencies();
  const reports = mkdtempSync(join(tmpdir(), 'switchyard-test-'));
  let passed = 0;
  try {
    await stage('types', () => node(['node_modules/typescript/bin/tsc', '-b']));
    await stage('lint', () => node(['node_modules/@biomejs/biome/bin/biome', 'check', '.']));
    await stage('expressions', () => node(['scripts/lint-regexes.mjs']));
    await stage('unit', () => vitest(['unit', 'renderer']));
    await stage('build', ensureBuild);
    // Some tests ask nginx, HAProxy and curl themselves, where they are.
    await stage('peers', ensurePeers);
    await stage('integration', () => vitest(['integration']));
    await stage('fuzz', () => vitest(['fuzz'], fuzzEnvironment()));
    await stage('conformance', () => vitest(['conformance']));
    await stage('comparison', () => node(['test/conformance/run.mjs', '--compare']));
    await stage('cost of a request', () => node(['test/bench/run.mjs', '--guard']));
    /** @type {NodeJS.ProcessEnv} */
    let env = {};
    await stage('electron', async () => {
      env = await electronEnvironment();
    });
    await stage('package', () => node(['scripts/package.mjs'], env));
    // On the built and on the packaged app.
    const screen = isHeadless ? ['xvfb-run', '-a', '-s', '-screen 0 1600x1200x24'] : [];
    await stage('end to end', () => vitest(['e2e'], env, screen));
  } finally {
    rmSync(reports, { recursive: true });
  }
  console.log(`\n${passed} passed, 0 failed`);
  return 0;

  /**
   * @param {readonly string[]} projects
   * @param {NodeJS.ProcessEnv} [env]
   * @param {readonly string[]} [before] the command that runs the command
   */
  async function vitest(projects, env = process.env, before = []) {
    const report = join(reports, `${projects.join('-')}.json`);
    const wanted = projects.flatMap((project) => ['--project', project]);
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
    const runner = [process.execPath, 'node_modules/vitest/vitest.mjs', 'run'];
    const [command = '', ...args] = [...before, ...runner, ...wanted, ...reporters];
    const { code } = await run(command, args, { cwd: ROOT, env });
    if (code === 0) passed += countTests(report);
    return code;
  }
});

/** A few seconds of it, other ones each time; what it was is printed, so that it can be had again. */
function fuzzEnvironment() {
  const { FUZZ_SEED = String(Date.now() % 1_000_000), FUZZ_ROUNDS = '2000' } = process.env;
  console.log(`FUZZ_SEED=${FUZZ_SEED} FUZZ_ROUNDS=${FUZZ_ROUNDS}`);
  return { ...process.env, FUZZ_SEED, FUZZ_ROUNDS };
}

/** A real Electron and all it needs; where there is none the tests fail here, and say why. */
async function electronEnvironment() {
  const { findElectron } = await import('./find-electron.mjs');
  const { binary, folder, version } = await findElectron();
  await ensureLibraries(binary, { needsXvfb: isHeadless });
  console.log(`Electron ${version} in ${folder}`);
  return {
    ...process.env,
    ELECTRON_OVERRIDE_DIST_PATH: folder,
    SWITCHYARD_ELECTRON_SWITCHES: electronSwitches(thisMachine()).join(' '),
  };
}

/**
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 */
async function node(args, env = process.env) {
  return (await run(process.execPath, args, { cwd: ROOT, env })).code;
}
