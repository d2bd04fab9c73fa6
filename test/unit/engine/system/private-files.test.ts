import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CommandTrust } from '../../../../electron/desktop/command-trust.ts';
import { exportHar } from '../../../../electron/desktop/har-export.ts';
import { RecentFiles } from '../../../../electron/desktop/recent-files.ts';
import { writeReport } from '../../../../electron/desktop/report-file.ts';
import { SettingsFile } from '../../../../electron/desktop/settings-file.ts';
import { FIRST_STATE, saveWindowState } from '../../../../electron/desktop/window-state.ts';
import { writePrivateFile } from '../../../../electron/engine/system/private-files.ts';
import { ConfigFile } from '../../../../electron/services/config/config-file.ts';
import { ok } from '../../../../shared/calls/result.ts';
import { sampleReport } from '../../../support/sample-report.ts';

let folder: string;
let path: string;
let umask: number;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'switchyard-'));
  path = join(folder, 'file.json');
  umask = process.umask(0);
});
afterEach(() => {
  process.umask(umask);
  rmSync(folder, { recursive: true });
});

const modeOf = (file: string) => (statSync(file).mode & 0o777).toString(8);

/** Each writes `path`. */
const WRITERS: readonly (readonly [string, () => Promise<unknown>])[] = [
  ['any file of the user alone', () => writePrivateFile(path, 'text')],
  [
    'a HAR file, which may hold secrets',
    () =>
      exportHar(
        {
          find: async () => ok([]),
          choosePath: async () => path,
          now: () => 0,
          version: '1',
          listeners: () => [],
        },
        { ids: [], withSecrets: true },
      ),
  ],
  ['a report', () => writeReport(sampleReport(), path)],
  ['the settings', () => new SettingsFile(path).change({ keepInTray: true })],
  ['the state of the window', () => saveWindowState(path, FIRST_STATE)],
  ['the recent files', () => new RecentFiles(path, () => undefined).add('/a.json')],
  [
    'the commands that may run',
    () =>
      new CommandTrust(path).allow([
        { pool: 'p', name: 'a', command: 'true', instances: 1, cwd: '/', env: {} },
      ]),
  ],
  [
    'the config of the app',
    async () => {
      const file = new ConfigFile(path, { isPrivate: true });
      await file.load();
      return file.save('{ }');
    },
  ],
];

describe('a file that only its user can read', () => {
  it.each(WRITERS)('is written for %s', async (_, write) => {
    await write();
    expect(modeOf(path)).toBe('600');
  });

  it.each(WRITERS)('is closed to others if it was open to them: %s', async (_, write) => {
    writeFileSync(path, '{}');
    chmodSync(path, 0o644);
    await write();
    expect(modeOf(path)).toBe('600');
  });

  it('is not what a config of the user’s own becomes: it keeps the mode that they gave it', async () => {
    writeFileSync(path, '{}');
    chmodSync(path, 0o640);
    const file = new ConfigFile(path);
    await file.load();
    await file.save('{ }');
    expect([modeOf(path), readFileSync(path, 'utf8')]).toEqual(['640', '{ }']);
  });
});

/** Whoever writes to disk, and what for. A new one has to be looked at, and tried above if only the user may read it. */
const KNOWN: Readonly<Record<string, string>> = {
  'desktop/allowed-hashes.ts': 'above',
  'desktop/app-control.ts': 'the token, 600: app-control.test.ts',
  'desktop/command-on-path.ts': 'a script that anybody may run',
  'desktop/login-item.ts': 'a desktop entry, which holds no secret',
  'desktop/recent-files.ts': 'above',
  'desktop/settings-file.ts': 'above',
  'desktop/window-state.ts': 'above',
  'engine/system/private-files.ts': 'above',
  'services/config/config-file.ts': 'above',
  'services/control/instance-file.ts': 'the token, 600 in a folder of 700: instance-file.test.ts',
  'services/tls/own-certificate.ts':
    'a key, 600 in a folder of 700, and a certificate for all: load-certificates.test.ts',
};

it('every writer of files is known', () => {
  const root = join(import.meta.dirname, '../../../../electron');
  const sources = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.ts$/.test(name),
  );
  const writers = sources.filter((name) =>
    /\b(?:writeFile|appendFile|createWriteStream|copyFile|cp|mkdtemp)(?:Sync)?\(|\bopen(?:Sync)?\([^)]*'[wa]x?\+?'/.test(
      readFileSync(join(root, name), 'utf8'),
    ),
  );
  expect(writers.sort()).toEqual(Object.keys(KNOWN));
});
