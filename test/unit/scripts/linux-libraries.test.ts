import { expect, it } from 'vitest';
import { loadScript } from './load-script.ts';

const { asNamedHere, missingLibraries, missingPeerPackages, packagesFor } =
  await loadScript('debian-packages.mjs');

const LDD = `	linux-vdso.so.1 (0x00007ffd)
	libffmpeg.so => /opt/electron/libffmpeg.so (0x00007f)
	libgtk-3.so.0 => not found
	libgdk-3.so.0 => not found
	libc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x00007f)
	libgbm.so.1 => not found
	libgbm.so.1 => not found
	libweird.so.7 => not found
`;

it('finds each missing library once in what ldd says', () => {
  expect(missingLibraries(LDD)).toEqual(['libgtk-3.so.0', 'libgdk-3.so.0', 'libgbm.so.1', 'libweird.so.7']);
  expect(missingLibraries('\tstatically linked\n')).toEqual([]);
});

it('names each package once, and tells what it has none for', () => {
  expect(packagesFor(missingLibraries(LDD))).toEqual({
    packages: ['libgtk-3-0', 'libgbm1'],
    unknown: ['libweird.so.7'],
  });
});

it('takes the new name of a package where the release has it', () => {
  const wanted = ['libgtk-3-0', 'libgbm1', 'xvfb'];
  expect(asNamedHere(wanted, new Set(['libgtk-3-0', 'libgbm1']))).toEqual(wanted);
  expect(asNamedHere(wanted, new Set(['libgtk-3-0t64', 'libgbm1', 'libgbm1t64']))).toEqual([
    'libgtk-3-0t64',
    'libgbm1',
    'xvfb',
  ]);
});

it('names the packages of the peers that are missing, and no other', () => {
  expect(missingPeerPackages(() => true)).toEqual([]);
  expect(missingPeerPackages((file: string) => file !== '/usr/sbin/nginx')).toEqual(['nginx-light']);
  expect(missingPeerPackages(() => false)).toEqual(expect.arrayContaining(['haproxy', 'curl', 'gunicorn']));
});
