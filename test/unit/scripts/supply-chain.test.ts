import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

const ROOT = join(import.meta.dirname, '../../..');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const workflows = readdirSync(join(ROOT, '.github/workflows')).map((name) =>
  read(`.github/workflows/${name}`),
);

interface Locked {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly hasInstallScript?: boolean;
  readonly link?: boolean;
}
const locked: Readonly<Record<string, Locked>> = JSON.parse(read('package-lock.json')).packages;
const REGISTRY = 'https://registry.npmjs.org/';
const packages = Object.entries(locked).filter(([path]) => path !== '');

describe('what a build is made of', () => {
  it('are actions by commit, each with its version, which dependabot keeps up to date', () => {
    const actions = workflows.flatMap((text) =>
      [...text.matchAll(/uses: (.*)/g)].map(([, name]) => name ?? ''),
    );
    const foreign = actions.filter((name) => !name.startsWith('./'));
    expect(foreign.length).toBeGreaterThan(5);
    expect(foreign.filter((name) => !/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(name))).toEqual(
      [],
    );
    // One commit an action: two would be two versions.
    expect(new Set(foreign).size).toBe(new Set(foreign.map((name) => name.split('@')[0])).size);
    const ecosystems = parse(read('.github/dependabot.yml')).updates.map(
      (one: { 'package-ecosystem': string }) => one['package-ecosystem'],
    );
    expect(ecosystems).toEqual(['github-actions', 'npm']);
  });

  it('are packages of the npm registry, each by the SHA-512 of its content', () => {
    expect(packages.length).toBeGreaterThan(100);
    const odd = packages.filter(
      ([, { resolved = REGISTRY, integrity = '' }]) =>
        !resolved.startsWith(REGISTRY) || !integrity.startsWith('sha512-'),
    );
    expect(odd.map(([path]) => path)).toEqual([]);
  });

  it('none of which may run a script when it is installed', () => {
    expect(read('.npmrc')).toMatch(/^ignore-scripts=true$/m);
    const { allowScripts } = JSON.parse(read('package.json'));
    const withScripts = packages.filter(([, { hasInstallScript }]) => hasInstallScript);
    const names = withScripts.map(([path]) => path.split('node_modules/').at(-1) ?? '');
    // One that is new here has to be looked at.
    expect(allowScripts).toEqual(Object.fromEntries(names.map((name) => [name, false])));
  });

  it('none of which has a known vulnerability that is high or critical, or CI fails', () => {
    expect(workflows.join('\n')).toContain('npm audit --audit-level=high');
  });
});
