import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findCycles, type Import, importsIn, importsOf, readImportRules } from '../support/imports.ts';

const ROOT = join(import.meta.dirname, '../..');
const ARCHITECTURE = readFileSync(join(ROOT, 'docs/architecture.md'), 'utf8');

/** Who may import whom, as the tables of the architecture page say. The longest prefix that fits a file is its rule. */
const RULES = readImportRules(ARCHITECTURE);

/** Packages that only some folders may use. */
const PACKAGES: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^electron(-updater)?(\/|$)/, ['electron/desktop/', 'electron/preload.ts']],
  [/^node:/, ['electron/']],
  [/^(@peculiar\/x509|reflect-metadata)$/, ['electron/services/tls/']],
  [/^undici(\/|$)/, ['electron/services/traffic/']],
  [/^zod$/, ['shared/', 'electron/services/', 'electron/desktop/']],
  [/^(react|react-dom|zustand|uplot|@base-ui|@codemirror|cmdk|lucide-react)(\/|$)/, ['renderer/']],
];

function isBreach({ from, to }: Import): boolean {
  const isOwn = /^(shared|electron|renderer|test|scripts)\/.*\.(tsx?|css)$/.test(to);
  return isOwn ? !mayImport(from, to) : !mayUse(from, to);
}

function mayImport(from: string, to: string): boolean {
  const rules = [...RULES].filter(([prefix]) => from.startsWith(prefix));
  // Every rule that fits holds: a room's own, and that of its wing.
  return (
    rules.length > 0 &&
    rules.every(([prefix, allowed]) => [prefix, ...allowed].some((one) => to.startsWith(one)))
  );
}

function mayUse(from: string, name: string): boolean {
  // The schema as editors elsewhere have it, for the editor in the window.
  if (name === 'config.schema.json') return from.startsWith('renderer/');
  // Sandboxed: it may use Electron only.
  if (from === 'electron/preload.ts') return name === 'electron';
  const owners = PACKAGES.find(([pattern]) => pattern.test(name))?.[1];
  return owners?.some((owner) => from.startsWith(owner)) ?? true;
}

describe('who imports whom', () => {
  const imports = importsIn(ROOT, ['shared', 'electron', 'renderer']);

  it('is as the architecture says', () => {
    expect(imports.length).toBeGreaterThan(1_000);
    expect(imports.filter(isBreach).map(({ from, to }) => `${from} imports ${to}`)).toEqual([]);
  });

  it('has no cycle at run time', () => {
    expect(findCycles(imports.filter(({ isType }) => !isType))).toEqual([]);
  });

  it.each([
    ['electron/engine/http/exchange/wire.ts', 'electron/engine/core/engine.ts'],
    ['electron/engine/http/exchange/wire.ts', 'electron/engine/stats/ring.ts'],
    ['electron/engine/balancing/policy.ts', 'electron/engine/pool/pool.ts'],
    ['electron/engine/core/engine.ts', 'electron/services/config/parse.ts'],
    ['electron/engine/core/engine.ts', 'electron'],
    ['electron/engine/core/engine.ts', 'electron/desktop/main.ts'],
    ['electron/engine/core/engine.ts', 'undici'],
    ['electron/services/control/api.ts', 'electron'],
    ['electron/services/control/api.ts', 'electron/cli/output.ts'],
    ['electron/services/control/api.ts', 'electron/desktop/menu.ts'],
    ['electron/cli/serve.ts', 'electron'],
    ['electron/cli/serve.ts', 'electron/desktop/menu.ts'],
    ['electron/desktop/menu.ts', 'electron/cli/serve.ts'],
    ['electron/desktop/menu.ts', 'test/support/imports.ts'],
    ['electron/start.ts', 'electron'],
    ['electron/preload.ts', 'zod'],
    ['electron/preload.ts', 'node:fs'],
    ['electron/preload.ts', 'shared/config/config-schema.ts'],
    ['renderer/main.tsx', 'electron/desktop/ipc/arguments.ts'],
    ['renderer/main.tsx', 'node:fs'],
    ['shared/config/config.ts', 'electron/services/config/parse.ts'],
    ['shared/config/config.ts', 'node:fs'],
    ['electron/nowhere/new.ts', 'shared/config/config.ts'],
  ])('does not let %s import %s', (from, to) => {
    expect(isBreach({ from, to, isType: false })).toBe(true);
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
      export type { F } from './f.ts';
      const g = await import('./g.ts');
      // import './commented.ts';
      /* import './also-commented.ts'; */
      const words = "do not import 'this' or that";
    `;
    expect(importsOf('electron/http/x.ts', source)).toEqual([
      { from: 'electron/http/x.ts', to: 'electron/http/side-effect.ts', isType: false },
      { from: 'electron/http/x.ts', to: 'electron/pool/a.ts', isType: true },
      { from: 'electron/http/x.ts', to: 'node:net', isType: false },
      { from: 'electron/http/x.ts', to: 'shared/d.ts', isType: false },
      { from: 'electron/http/x.ts', to: 'electron/http/e.ts', isType: false },
      { from: 'electron/http/x.ts', to: 'electron/http/f.ts', isType: true },
      { from: 'electron/http/x.ts', to: 'electron/http/g.ts', isType: false },
    ]);
  });

  it('finds a cycle', () => {
    const edge = (from: string, to: string) => ({ from, to, isType: false });
    expect(findCycles([edge('a', 'b'), edge('b', 'c'), edge('c', 'a'), edge('c', 'd')])).toEqual([
      ['a', 'b', 'c'],
    ]);
  });
});
