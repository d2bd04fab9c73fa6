// npm test: sets up what the tests need, then runs all of them; the first stage that fails ends it.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { electronSwitches, hasDisplay } from './display.mjs';
import { ensureLibraries } from './linux-libraries.mjs';
import { exitWith, run, say } from './processes.mjs';
import { checkNode, ensureBuild, ensureDependencies, ROOT } from './project.mjs';

await exitWith(async () => {
  checkNode();
  await ensureDependencies();
  const reports = mkdtempSync(join(tmpdir(), 'switchyard-test-'));
  let passed = 0;
  try {
    await stage('types', () => node(['node_modules/typescript/bin/tsc', '-b']));
    await stage('lint', () => node(['node_modules/@biomejs/biome/bin/biome', 'check', '.']));
    await stage('unit', () => vitest(['unit', 'renderer']));
    await stage('build', ensureBuild);
    await stage('integration', () => vitest(['integration']));
    const { findElectron } = await import('./find-electron.mjs');
    const electron = await findElectron();
    const isHeadless = !hasDisplay(process.platform, process.env);
    await ensureLibraries(electron.binary, { needsXvfb: isHeadless });
    const switches = electronSwitches({
      platform: process.platform,
      isRoot: process.getuid?.() === 0,
      hasGpu: existsSync('/dev/dri'),
    });
    const env = {
      ...process.env,
      ELECTRON_OVERRIDE_DIST_PATH: electron.folder,
      SWITCHYARD_ELECTRON_SWITCHES: switches.join(' '),
    };
    const screen = isHeadless ? ['xvfb-run', '-a', '-s', '-screen 0 1600x1200x24'] : [];
    await stage('package', () => node(['scripts/package.mjs'], env));
    await stage('end to end', () => vitest(['e2e'], env, screen));
  } finally {
    rmSync(reports, { recursive: true });
  }
  say(`\n${passed} passed, 0 failed`);
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
    const command = [
      ...before,
      process.execPath,
      'node_modules/vitest/vitest.mjs',
      'run',
      ...wanted,
      ...reporters,
    ];
    const { code } = await run(command[0] ?? '', command.slice(1), { cwd: ROOT, env });
    if (code !== 0) return code;
    passed += JSON.parse(readFileSync(report, 'utf8')).numPassedTests;
    return 0;
  }
});

/**
 * @param {string} name
 * @param {() => Promise<number | void>} work its result, when it has one, is an exit code
 */
async function stage(name, work) {
  say(`\n── ${name} ──`);
  const started = performance.now();
  const code = (await work()) ?? 0;
  const seconds = ((performance.now() - started) / 1_000).toFixed(1);
  if (code !== 0) {
    say(`── ${name} failed after ${seconds} s`);
    process.exit(code);
  }
  say(`── ${name}: ${seconds} s`);
}

/**
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 */
async function node(args, env = process.env) {
  return (await run(process.execPath, args, { cwd: ROOT, env })).code;
}
