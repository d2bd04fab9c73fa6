import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Import, importsIn, importsOf } from '../support/imports.ts';

const ROOT = join(import.meta.dirname, '../..');
const HOST = 'electron/engine/engine-host.ts';
const API = 'electron/engine/engine-api.ts';

/**
 * Who may import whom of our own files. The first prefix that fits a file is its rule; a folder may always import
 * itself.
 */
const RULES: readonly (readonly [string, readonly string[]])[] = [
  ['shared/', []],
  ['electron/balancing/', ['shared/']],
  ['electron/stats/', ['shared/']],
  ['electron/lab/', ['electron/balancing/', 'shared/']],
  ['electron/pool/', ['electron/balancing/', 'shared/']],
  ['electron/traffic/', ['electron/system/connect-to-own.ts', 'shared/']],
  ['electron/faults/', ['electron/system/', 'shared/']],
  [
    'electron/health/',
    ['electron/faults/', 'electron/pool/', 'electron/balancing/', 'electron/system/', 'shared/'],
  ],
  [
    'electron/http/',
    ['electron/faults/', 'electron/pool/', 'electron/balancing/', 'electron/system/', 'shared/'],
  ],
  ['electron/config/', ['electron/system/', 'shared/']],
  ['electron/tls/', ['electron/config/', 'electron/system/', 'shared/']],
  ['electron/import/', ['electron/config/', 'shared/']],
  ['electron/discovery/', ['electron/system/', 'shared/']],
  ['electron/system/', ['shared/']],
  ['electron/demo/', ['electron/system/', 'shared/']],
  ['electron/scenarios/', ['electron/config/', 'electron/system/', 'shared/']],
  ['electron/processes/', ['electron/system/', 'shared/']],
  [
    'electron/engine/',
    [
      'electron/balancing/',
      'electron/config/diff.ts',
      'electron/faults/',
      'electron/health/',
      'electron/http/',
      'electron/lab/',
      'electron/pool/',
      'electron/stats/',
      'electron/system/',
      'shared/',
    ],
  ],
  ['electron/control/', ['electron/config/', 'electron/system/private-files.ts', API, 'shared/']],
  [
    'electron/cli',
    [
      'electron/cli/',
      'electron/config/',
      'electron/control/',
      'electron/demo/',
      'electron/engine/',
      'electron/health/find-check.ts',
      'electron/import/',
      'electron/processes/',
      'electron/scenarios/',
      'electron/system/',
      'electron/tls/',
      'shared/',
    ],
  ],
  ['electron/ipc/', [HOST, API, 'electron/config/', 'shared/']],
  [
    'electron/app/',
    [
      HOST,
      API,
      'electron/config/',
      'electron/control/',
      'electron/demo/',
      'electron/discovery/',
      'electron/engine/first-probe.ts',
      'electron/health/find-check.ts',
      'electron/import/',
      'electron/ipc/',
      'electron/lab/',
      'electron/processes/',
      'electron/scenarios/',
      'electron/system/clock.ts',
      'electron/system/free-port.ts',
      'electron/system/private-files.ts',
      'electron/system/regular-file.ts',
      'electron/tls/',
      'electron/traffic/',
      'shared/',
    ],
  ],
  ['electron/start.ts', ['electron/app/command-marker.ts', 'electron/cli.ts', 'electron/main.ts']],
  [
    'electron/main.ts',
    [
      'electron/app/',
      'electron/ipc/',
      HOST,
      'electron/config/',
      'electron/tls/own-certificate.ts',
      'shared/',
    ],
  ],
  ['electron/preload.ts', ['shared/contract.ts', 'shared/switchyard-api.ts']],
  // The schema as editors elsewhere have it, for the one in the window.
  ['renderer/', ['shared/', 'config.schema.json']],
];

/** Packages that belong to some folders only. */
const PACKAGES: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^electron(-updater)?(\/|$)/, ['electron/app/', 'electron/main.ts', 'electron/preload.ts']],
  [/^node:/, ['electron/']],
  [/^(@peculiar\/x509|reflect-metadata)$/, ['electron/tls/']],
  [/^undici(\/|$)/, ['electron/traffic/']],
  [
    /^zod$/,
    [
      'shared/',
      'electron/app/',
      'electron/config/',
      'electron/control/',
      'electron/discovery/',
      'electron/ipc/',
    ],
  ],
  [/^(react|react-dom|zustand|uplot|@base-ui|@codemirror|cmdk|lucide-react)(\/|$)/, ['renderer/']],
];

function isBreach({ from, to }: Import): boolean {
  const isOwn = /^(shared|electron|renderer|test|scripts)\/.*\.(tsx?|css)$/.test(to);
  return isOwn ? !mayImport(from, to) : !mayUse(from, to);
}

function mayImport(from: string, to: string): boolean {
  const rule = RULES.find(([prefix]) => from.startsWith(prefix));
  if (!rule) return false;
  const [prefix, allowed] = rule;
  return [prefix, ...allowed].some((one) => to.startsWith(one));
}

function mayUse(from: string, name: string): boolean {
  // Sandboxed: it may have nothing but Electron.
  if (from === 'electron/preload.ts') return name === 'electron';
  const owners = PACKAGES.find(([pattern]) => pattern.test(name))?.[1];
  return owners?.some((owner) => from.startsWith(owner)) ?? true;
}

describe('who imports whom', () => {
  it('is as the architecture says', () => {
    const imports = importsIn(ROOT, ['shared', 'electron', 'renderer']);
    expect(imports.length).toBeGreaterThan(100);
    expect(imports.filter(isBreach).map(({ from, to }) => `${from} imports ${to}`)).toEqual([]);
  });

  it.each([
    ['electron/http/wire.ts', 'electron/engine/engine.ts'],
    ['electron/http/wire.ts', 'electron/stats/ring.ts'],
    ['electron/balancing/policy.ts', 'electron/pool/pool.ts'],
    ['electron/app/menu.ts', 'electron/engine/engine.ts'],
    ['electron/app/menu.ts', 'electron/http/wire.ts'],
    ['electron/engine/engine.ts', 'electron'],
    ['electron/engine/engine.ts', 'electron/main'],
    ['electron/cli/serve.ts', 'electron'],
    ['electron/engine/engine.ts', 'electron/traffic/traffic-run.ts'],
    ['electron/engine/engine.ts', 'undici'],
    ['electron/control/api.ts', 'electron'],
    ['electron/control/api.ts', 'electron/engine/engine.ts'],
    ['electron/engine/engine.ts', 'electron/control/api.ts'],
    ['electron/cli/serve.ts', 'electron/app/menu.ts'],
    ['electron/start.ts', 'electron'],
    ['electron/ipc/publisher.ts', 'electron'],
    ['electron/preload.ts', 'zod'],
    ['electron/preload.ts', 'node:fs'],
    ['electron/preload.ts', 'shared/config-schema.ts'],
    ['renderer/main.tsx', 'electron/ipc/arguments.ts'],
    ['renderer/main.tsx', 'node:fs'],
    ['shared/config.ts', 'electron/config/parse.ts'],
    ['shared/config.ts', 'node:fs'],
    ['electron/app/menu.ts', 'test/support/imports.ts'],
    ['electron/processes/instance.ts', 'electron/engine/engine.ts'],
    ['electron/import/nginx.ts', 'electron/engine/engine.ts'],
    ['electron/discovery/find-servers.ts', 'electron/http/dial.ts'],
    ['electron/nowhere/new.ts', 'shared/config.ts'],
  ])('does not let %s import %s', (from, to) => {
    expect(isBreach({ from, to })).toBe(true);
  });

  it('is read from every form of import', () => {
    const source = `
      import './side-effect.ts';
      import type { A } from '../pool/a.ts';
      import b, { type C } from "node:net";
      import {
        d,
        e,
      } from '../../shared/d.ts';
      export * from './e.ts';
      export { f } from './f.ts';
      const g = await import('./g.ts');
      // import './commented.ts';
      /* import './also-commented.ts'; */
      const words = "do not import 'this' or that";
    `;
    expect(importsOf('electron/http/x.ts', source).map(({ to }) => to)).toEqual([
      'electron/http/side-effect.ts',
      'electron/pool/a.ts',
      'node:net',
      'shared/d.ts',
      'electron/http/e.ts',
      'electron/http/f.ts',
      'electron/http/g.ts',
    ]);
  });
});
