// npm run visual: compares the pictures of each screen with those that were accepted; with --update it accepts them.
import { runElectronTests } from './electron-tests.mjs';
import { exitWith } from './processes.mjs';

const isUpdate = process.argv.includes('--update');
await exitWith(() =>
  runElectronTests('test/e2e/visual.test.ts', isUpdate ? { SWITCHYARD_ACCEPT_PICTURES: '1' } : {}),
);
