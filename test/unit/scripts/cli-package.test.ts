import { expect, it } from 'vitest';
import { loadScript } from './load-script.ts';

const { cliManifest } = await loadScript('cli-package.mjs');
const app = { version: '1.2.3', license: 'MIT', author: 'us', engines: { node: '>=20' }, private: true };

it('says where it was built, when that is known', () => {
  expect(cliManifest(app, 'someone/switchyard').repository).toEqual({
    type: 'git',
    url: 'git+https://github.com/someone/switchyard.git',
  });
  expect(cliManifest(app, '')).not.toHaveProperty('repository');
});

it('is public, with the version of the app and nothing to install besides', () => {
  const manifest = cliManifest(app, '');
  expect(manifest).toMatchObject({ name: 'switchyard-cli', version: '1.2.3', engines: { node: '>=20' } });
  expect(manifest).not.toHaveProperty('private');
  expect(Object.keys(manifest).filter((name) => /dependencies/i.test(name))).toEqual([]);
});
