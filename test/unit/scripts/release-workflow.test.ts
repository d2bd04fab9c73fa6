import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

const ROOT = join(import.meta.dirname, '../../..');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const workflow = (name: string) => parse(read(`.github/workflows/${name}.yml`));

interface Step {
  readonly name?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly with?: Readonly<Record<string, string>>;
}
interface Job {
  readonly needs?: readonly string[];
  readonly uses?: string;
  readonly steps?: readonly Step[];
  readonly strategy?: { readonly matrix: { readonly os: readonly string[] } };
}

const release = workflow('release');
const jobs: Readonly<Record<string, Job>> = release.jobs;
const steps = (job: string): readonly Step[] => jobs[job]?.steps ?? [];
const allSteps = Object.keys(jobs).flatMap(steps);
const scripts = allSteps.flatMap(({ run }) => run ?? []);

/** What a target is uploaded as. */
const FILES: Readonly<Record<string, string>> = {
  AppImage: 'release/*.AppImage',
  deb: 'release/*.deb',
  rpm: 'release/*.rpm',
  dmg: 'release/*.dmg',
  zip: 'release/*.zip',
  nsis: 'release/*.exe',
  portable: 'release/*.exe',
};

describe('the release workflow', () => {
  it('runs on version tags alone, after the tests, on the three platforms', () => {
    expect(release.on).toEqual({ push: { tags: ['v*'] } });
    expect(jobs['test']?.uses).toBe('./.github/workflows/ci.yml');
    expect(workflow('ci').on).toHaveProperty('workflow_call');
    expect(jobs['app']?.strategy?.matrix.os).toEqual(['ubuntu-latest', 'macos-latest', 'windows-latest']);
  });

  it('waits for jobs that there are, and publishes what all of them made', () => {
    const needs = Object.values(jobs).flatMap((job) => job.needs ?? []);
    expect(needs.filter((name) => !(name in jobs))).toEqual([]);
    expect(jobs['app']?.needs).toContain('test');
    expect(jobs['command-line']?.needs).toContain('test');
    expect(jobs['publish']?.needs).toEqual(['app', 'command-line']);
  });

  it('shares no group with the tests that it calls: they would wait for each other for ever', () => {
    const called = workflow('ci').concurrency.group.replace(/\$\{\{ github\.workflow \}\}/, release.name);
    expect(release.concurrency.group.toLowerCase()).not.toBe(called.toLowerCase());
  });

  it('keeps a file of every target', () => {
    const { linux, mac, win } = parse(read('electron-builder.yml'), { merge: true });
    const targets: string[] = [
      ...linux.target,
      ...mac.target.map((one: { target: string }) => one.target),
      ...win.target,
    ];
    expect(targets.filter((target) => !(target in FILES))).toEqual([]);
    const kept = steps('app').flatMap((step) => step.with?.['path']?.split('\n') ?? []);
    expect(kept).toEqual(expect.arrayContaining(targets.map((target) => FILES[target])));
    expect(kept).toContain('release/*.yml');
  });

  it('takes checksums of all files, a bill of materials in CycloneDX, and an attestation', () => {
    expect(scripts.join('\n')).toContain('npm sbom --sbom-format=cyclonedx');
    const names = steps('publish').map(({ name, uses }) => name ?? uses ?? '');
    const [checksums, attestation, publishing] = [
      'Take the checksum of every file',
      'actions/attest',
      'Publish the release',
    ].map((start) => names.findIndex((name) => name.startsWith(start)));
    expect(checksums).toBeGreaterThan(0);
    expect(attestation).toBeGreaterThan(Number(checksums));
    expect(publishing).toBeGreaterThan(Number(attestation));
  });

  it('hands the packaging every variable it asks for', () => {
    const given = steps('app')
      .flatMap(({ env, run }) => [...Object.keys(env ?? {}), run ?? ''])
      .join(' ');
    const wanted = [
      ...read('scripts/build-kind.mjs').matchAll(/'((?:SWITCHYARD|CSC|WIN_CSC|APPLE)_[A-Z_]+)/g),
    ].map(([, name]) => name ?? '');
    // There are two ways to sign in with Apple, and to name a certificate; the workflow uses one.
    const others = ['CSC_NAME', 'APPLE_ID'];
    expect(wanted.filter((name) => !others.includes(name) && !given.includes(name))).toEqual([]);
    expect(wanted.length).toBeGreaterThan(4);
  });

  it('calls scripts of ours that there are', () => {
    const { scripts: ours } = JSON.parse(read('package.json'));
    const called = scripts.flatMap((run) =>
      [...run.matchAll(/npm run ([\w:]+)/g)].map(([, name]) => name ?? ''),
    );
    expect(called).toEqual(expect.arrayContaining(['package', 'pack:cli']));
    expect(called.filter((name) => !(name in ours))).toEqual([]);
  });

  it('publishes to npm without a token that could be stolen', () => {
    const text = read('.github/workflows/release.yml');
    expect(text).not.toMatch(/NPM_TOKEN|NODE_AUTH_TOKEN/);
    expect(release.permissions).toEqual({ contents: 'read' });
    expect(jobs['publish']).toMatchObject({ permissions: { 'id-token': 'write' } });
    // Trusted publishing came with 11.5.1.
    const [, major, minor] = /npm@(\d+)\.(\d+)\.\d+/.exec(scripts.join('\n')) ?? [];
    expect(Number(major) * 1_000 + Number(minor)).toBeGreaterThan(11_005);
  });

  it.skipIf(process.platform === 'win32')('is written in shell that can be read', () => {
    for (const run of scripts) execFileSync('bash', ['-n'], { input: run.replaceAll(/\$\{\{.*?\}\}/g, 'x') });
  });
});
