// npm run capture: the README's pictures, from a run of the real app with real backends, one of which is killed.
import { runElectronTests } from './electron-tests.mjs';
import { exitWith } from './processes.mjs';

await exitWith(() => runElectronTests('test/e2e/capture.test.ts', { SWITCHYARD_CAPTURE: '1' }));
