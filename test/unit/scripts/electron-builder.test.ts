import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

const ROOT = join(import.meta.dirname, '../../..');
const config = parse(readFileSync(join(ROOT, 'electron-builder.yml'), 'utf8'), { merge: true });

describe('what the app is packaged as', () => {
  it('is everything people install from', () => {
    expect(config.linux.target).toEqual(['AppImage', 'deb', 'rpm']);
    expect(config.mac.target).toEqual([
      { target: 'dmg', arch: 'universal' },
      { target: 'zip', arch: 'universal' },
    ]);
    expect(config.win.target).toEqual(['nsis', 'portable']);
  });

  it('is hardened, unless a test asks for less', () => {
    expect(config.electronFuses).toMatchObject({
      runAsNode: false,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
    });
  });

  it('names files that are there', () => {
    const brought = [config.linux, config.mac, config.win].flatMap(({ extraResources }) => extraResources);
    const files = [
      ...brought.map(({ from }: { from: string }) => from),
      ...[config.deb, config.rpm].flatMap((one) => [one.afterInstall, one.afterRemove]),
      ...[config.deb, config.rpm].flatMap((one) => one.fpm.map((mapping: string) => mapping.split('=')[0])),
      config.nsis.include,
    ].filter((path) => !path.startsWith('build/generated/'));
    expect(files.length).toBeGreaterThan(8);
    expect(files.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });

  it.skipIf(process.platform === 'win32')('brings a command that may be run', () => {
    for (const path of ['linux/switchyard', 'linux/usr-bin-switchyard', 'mac/switchyard']) {
      expect(statSync(join(ROOT, 'build', path)).mode & 0o111).toBe(0o111);
    }
  });

  it.skipIf(process.platform === 'win32')(
    'runs scripts that a shell can read, on installing and removing',
    () => {
      for (const name of ['after-install', 'after-remove']) {
        const template = readFileSync(join(ROOT, `build/linux/${name}.sh`), 'utf8');
        const macros = [...template.matchAll(/\$\{([a-zA-Z]+)\}/g)].map(([, macro]) => macro);
        expect(macros.filter((one) => one !== 'executable' && one !== 'sanitizedProductName')).toEqual([]);
        execFileSync('bash', ['-n'], { input: template });
      }
    },
  );

  it('calls the app by the names under which it is installed', () => {
    const folder = `/opt/${config.productName}`;
    const command = readFileSync(join(ROOT, 'build/linux/usr-bin-switchyard'), 'utf8');
    expect(command).toContain(`exec ${folder}/resources/switchyard "$@"`);
    const launcher = readFileSync(join(ROOT, 'build/linux/switchyard'), 'utf8');
    expect(launcher).toContain(`/${config.linux.executableName}" --no-sandbox`);
  });
});
