import type { Action, ActionContext } from './action.ts';
import { backendActions } from './backend-actions.ts';
import { balancerActions } from './balancer-actions.ts';
import { configActions } from './config-actions.ts';
import { goActions } from './go-actions.ts';
import { poolActions } from './pool-actions.ts';
import { processActions } from './process-actions.ts';
import { windowActions } from './window-actions.ts';

/**
 * Everything the app can do as things stand. Palette, keys, menu and the list of shortcuts are all made from it, so
 * that they cannot disagree.
 */
export function allActions(context: ActionContext): readonly Action[] {
  return [
    ...goActions(context),
    ...balancerActions(context),
    ...configActions(context),
    ...windowActions(context),
    ...poolActions(context),
    ...backendActions(context),
    ...processActions(context),
  ];
}
