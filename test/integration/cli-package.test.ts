import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { BackendProcess } from '../support/backend-process.ts';
import { CliRun } from '../support/cli-run.ts';
import { loadScript } from '../unit/scripts/load-script.ts';

const ROOT = join(import.meta.dirname, '../..');
const { layOutCliPackage } = await loadScript('cli-package.mjs');
const { importedFiles } = await loadScript('imported-files.mjs');
const { npmCommand } = await loadScript('npm-command.mjs');

let folder: string;
const installed = (...path: string[]) => join(folder, 'project/node_modules/switchyard-cli', ...path);

/** Without a network: the package has nothing to fetch. */
async function npm(workingFolder: string, ...args: string[]): Promise<string> {
  const { command, before, shell } = npmCommand({
    execPath: process.env['npm_execpath'],
    platform: process.platform,
  });
  const flags = ['--offline', '--no-audit', '--no-fund', '--cache', join(folder, 'cache')];
  const { stdout } = await promisify(execFile)(command, [...before, ...flags, ...args], {
    cwd: workingFolder,
    shell,
  });
  return stdout;
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'switchyard-package-'));
  await layOutCliPackage(ROOT, join(folder, 'package'));
  await npm(join(folder, 'package'), 'pack', '--pack-destination', folder);
  const [tarball = ''] = readdirSync(folder).filter((name) => name.endsWith('.tgz'));
  mkdirSync(join(folder, 'project'));
  writeFileSync(join(folder, 'project/package.json'), '{ "private": true }');
  await npm(join(folder, 'project'), 'install', join(folder, tarball));
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the npm package of the command line, installed in an empty folder', () => {
  const runs: CliRun[] = [];
  const backends: BackendProcess[] = [];
  const run = (...args: string[]) => {
    const env = { ...process.env, XDG_RUNTIME_DIR: folder };
    const started = new CliRun(args, env, installed('dist/cli.js'));
    runs.push(started);
    return started;
  };
  afterEach(async () => {
    for (const one of runs.splice(0)) {
      one.child.kill('SIGKILL');
      await one.exited;
    }
    for (const one of backends.splice(0)) await one.kill();
  });

  it('brings the command line and the chunks it imports, and nothing else', async () => {
    const names = readdirSync(installed(), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) =>
        join(entry.parentPath, entry.name)
          .slice(installed().length + 1)
          .replaceAll('\\', '/'),
      )
      .sort();
    const isChunk = (name: string) => name.startsWith('dist/chunks/');
    expect(names.filter((name) => !isChunk(name))).toEqual([
      'LICENSE',
      'README.md',
      'config.schema.json',
      'dist/cli.js',
      'package.json',
    ]);
    const imported: string[] = await importedFiles(installed('dist'), 'cli.js');
    expect(names.filter(isChunk)).toEqual(
      imported.filter((name) => name.startsWith('chunks/')).map((name) => `dist/${name}`),
    );
    expect(names.filter(isChunk).length).toBeGreaterThan(0);
  });

  it('needs no other package, and no Electron', () => {
    expect(readdirSync(join(folder, 'project/node_modules')).filter((name) => !name.startsWith('.'))).toEqual(
      ['switchyard-cli'],
    );
    const manifest = JSON.parse(readFileSync(installed('package.json'), 'utf8'));
    expect(Object.keys(manifest).filter((name) => /dependencies/i.test(name))).toEqual([]);
    expect(manifest).toMatchObject({ bin: { switchyard: 'dist/cli.js' }, license: 'MIT' });
    expect(manifest).not.toHaveProperty('private');
  });

  it('is run by npx', async () => {
    expect(await npm(join(folder, 'project'), 'exec', '--', 'switchyard', '--version')).toMatch(
      /^\d+\.\d+\.\d+\n$/,
    );
    expect(await npm(join(folder, 'project'), 'exec', '--', 'switchyard', '--help')).toContain(
      'switchyard serve',
    );
  });

  it('balances its demo', async () => {
    const demo = run('serve', '--demo');
    const url = await demo.listening();
    const names = new Set<string>();
    for (let index = 0; index < 5; index++) names.add(await (await fetch(url)).text());
    expect(names.size).toBe(5);
    demo.child.kill('SIGTERM');
    expect(await demo.exited).toBe(0);
  });

  it('checks a config and serves it', async () => {
    for (const name of ['a', 'b']) backends.push(await new BackendProcess(name).start());
    const path = join(folder, 'config.json');
    writeFileSync(path, JSON.stringify({ port: '127.0.0.1:0', servers: backends.map(({ url }) => url) }));
    const check = run('check', '--config', path);
    expect(await check.exited).toBe(0);
    const url = await run('serve', '--config', path).listening();
    const answers = [];
    for (let index = 0; index < 4; index++) answers.push(await (await fetch(url)).text());
    expect(answers).toEqual(['a GET /\n', 'b GET /\n', 'a GET /\n', 'b GET /\n']);
  });
});
