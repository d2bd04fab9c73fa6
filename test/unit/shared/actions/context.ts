import type { ActionContext } from '../../../../shared/actions/action.ts';
import { backend, snapshotOf } from '../../../renderer/fake-api.ts';

/** A pool of two, as the window shows it. */
export function contextOf(change: Partial<ActionContext> = {}): ActionContext {
  return {
    snapshot: snapshotOf([backend('users-1'), backend('users-2')]),
    screen: 'pool',
    pool: 'users',
    theme: 'system',
    isRailCollapsed: false,
    isSending: false,
    scenarios: [],
    recentFiles: [],
    playing: null,
    hasCommandsToAllow: false,
    report: null,
    isDemo: false,
    commands: [],
    instances: [],
    ...change,
  };
}
