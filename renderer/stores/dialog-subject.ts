import type { DialogName, Store } from './app-state.ts';
import { selectPool } from './use-app.ts';

/** These are about the pool on screen. */
const OF_POOL: readonly DialogName[] = [
  'add-backend',
  'edit-backend',
  'listener',
  'health-check',
  'pool-settings',
  'policy-lab',
  'health-history',
  'faults',
  'process-output',
  'kill-process',
  'drop-connections',
  'header-hash',
  'cookie-hash',
  'sticky-cookie',
];
/** And these show a backend as it is now. */
const OF_BACKEND: readonly DialogName[] = ['health-history', 'faults'];

/** Whether what the open dialog is about is still there, and still what is on screen: no other may take its place. */
export function hasSubject(state: Store): boolean {
  const { dialog } = state;
  if (!dialog || !OF_POOL.includes(dialog.name)) return true;
  const pool = selectPool(state);
  if (!pool || pool.name !== dialog.pool) return false;
  return !OF_BACKEND.includes(dialog.name) || pool.backends.some(({ name }) => name === dialog.of);
}
