import { expect, it } from 'vitest';
import { loadScript } from './load-script.ts';

const { readCommandLine } = await loadScript('default-app/command-line.mjs');

it.each([
  ['a folder', ['.'], { preloads: [], app: '.' }],
  ['a folder after switches', ['--no-sandbox', '--disable-gpu', '/app'], { preloads: [], app: '/app' }],
  ['what Playwright writes', ['-r', '/l.js', '--inspect=0', '/app'], { preloads: ['/l.js'], app: '/app' }],
  ['arguments of the app', ['/app', '-r', 'x', '--config', 'y'], { preloads: [], app: '/app' }],
  ['nothing', ['--no-sandbox'], { preloads: [], app: null }],
])('electron with %s', (_name, argv, expected) => {
  expect(readCommandLine(argv)).toEqual({ ...expected, wantsVersion: false });
});

it('electron --version, but not the app’s own', () => {
  expect(readCommandLine(['--version']).wantsVersion).toBe(true);
  expect(readCommandLine(['/app', '--version']).wantsVersion).toBe(false);
});
