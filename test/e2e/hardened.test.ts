import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../support/until.ts';
import { machineSwitches, packagedBinary, ROOT } from './support/launch.ts';
import { sendRequests, threeBackends } from './support/story.ts';

const OFF = '0'.charCodeAt(0);
const ON = '1'.charCodeAt(0);
const PATIENCE_MS = 60_000;
const isWindows = process.platform === 'win32';

let folder: string;
let binary: string;
const children: ChildProcess[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'switchyard-hardened-'));
  const script = join(ROOT, 'scripts/package.mjs');
  await promisify(execFile)(process.execPath, [script, '--hardened', '--output', folder], { cwd: ROOT });
  binary = packagedBinary(folder);
}, 300_000);
afterAll(async () => {
  for (const child of children) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
});

const launcher = () =>
  process.platform === 'darwin'
    ? join(dirname(binary), '../Resources/switchyard')
    : join(dirname(binary), 'resources/switchyard');
/** As on a server: there is nothing to draw on. */
const withoutDisplay = (): NodeJS.ProcessEnv => {
  const { DISPLAY: _, WAYLAND_DISPLAY: __, ...env } = process.env;
  return { ...env, XDG_RUNTIME_DIR: folder };
};

interface Said {
  readonly child: ChildProcess;
  out: string;
  err: string;
  readonly exited: Promise<number | null>;
}

function start(command: string, args: readonly string[], env: NodeJS.ProcessEnv): Said {
  const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  children.push(child);
  const said: Said = { child, out: '', err: '', exited: once(child, 'close').then(([code]) => code) };
  child.stdout.on('data', (bytes) => {
    said.out += String(bytes);
  });
  child.stderr.on('data', (bytes) => {
    said.err += String(bytes);
  });
  return said;
}

describe('the app as it is shipped', () => {
  it('has its fuses blown', async () => {
    const wire = await getCurrentFuseWire(binary);
    expect(wire).toMatchObject({
      [FuseV1Options.RunAsNode]: OFF,
      [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: OFF,
      [FuseV1Options.EnableNodeCliInspectArguments]: OFF,
      [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: ON,
      [FuseV1Options.OnlyLoadAppFromAsar]: ON,
      [FuseV1Options.EnableCookieEncryption]: ON,
      [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: OFF,
      [FuseV1Options.GrantFileProtocolExtraPrivileges]: OFF,
    });
  });

  it('opens a config that the desktop hands it, and balances', async () => {
    const { backends, path, port } = await threeBackends();
    const config = join(dirname(path), 'my own.switchyard.json');
    renameSync(path, config);
    const profile = join(folder, 'profile');
    const app = start(
      binary,
      [...machineSwitches(), `--user-data-dir=${profile}`, pathToFileURL(config).href],
      process.env,
    );
    await until(
      () => `it listens; it said ${app.err}`,
      () => fetch(`http://127.0.0.1:${port}/`).then(Boolean, () => false),
      PATIENCE_MS,
    );
    expect(await sendRequests(port, 30)).toEqual({ 200: 30 });
    app.child.kill('SIGTERM');
    expect(await app.exited).toBe(isWindows ? null : 0);
    await Promise.all(backends.map((one) => one.kill()));
  });

  it.skipIf(isWindows)('is no Node, whatever the environment says', async () => {
    const marker = join(folder, 'marker');
    const script = join(folder, 'marker.cjs');
    writeFileSync(script, `require('node:fs').writeFileSync(${JSON.stringify(marker)}, '')`);
    const env = { ...withoutDisplay(), ELECTRON_RUN_AS_NODE: '1', NODE_OPTIONS: `--require ${script}` };
    const run = start(launcher(), ['--version'], env);
    expect(await run.exited).toBe(0);
    expect(run.out).toMatch(/^\d+\.\d+\.\d+\n$/);
    expect(existsSync(marker)).toBe(false);
  });

  it.skipIf(isWindows)('lets no debugger in', async () => {
    const run = start(
      binary,
      ['--inspect=0', ...machineSwitches(), '--cli', '--', 'serve', '--demo'],
      withoutDisplay(),
    );
    await until(
      () => `it listens; it said ${run.err}`,
      () => run.out.includes('listening on'),
      PATIENCE_MS,
    );
    expect(run.err).not.toContain('Debugger listening');
    run.child.kill('SIGTERM');
    expect(await run.exited).toBe(0);
  });
});

describe.skipIf(isWindows)('its command line, without a display', () => {
  it('serves, through a link too, and stops on SIGTERM with 0', async () => {
    mkdirSync(join(folder, 'bin'));
    symlinkSync(launcher(), join(folder, 'bin/switchyard'));
    const run = start(join(folder, 'bin/switchyard'), ['serve', '--demo'], withoutDisplay());
    const url = await until(
      () => `it listens; it said ${run.err}`,
      () => /http:\/\/[\d.]+:\d+/.exec(run.out)?.[0],
      PATIENCE_MS,
    );
    expect(await (await fetch(url)).text()).toContain('demo-');
    run.child.kill('SIGTERM');
    expect(await run.exited).toBe(0);
    // Nothing of Chromium's.
    expect(run.err).toBe('stopping\n');
  });

  it('hands on what it is told and what comes of it', async () => {
    const run = start(launcher(), ['check', '--config', join(folder, 'none.json')], withoutDisplay());
    expect(await run.exited).toBe(1);
    expect(run.err).toMatch(/^switchyard: .*none\.json does not exist\.\n$/);
    const other = start(launcher(), ['serve', '--headless'], withoutDisplay());
    expect(await other.exited).toBe(2);
    expect(other.err).toMatch(/^switchyard: Unknown option '--headless'/);
  });
});
