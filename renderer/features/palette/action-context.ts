import type { ActionContext } from '../../../shared/actions/action.ts';
import type { AppData } from '../../stores/app-state.ts';

/** What has to be looked up: it has neither a key nor a place among the shortcuts. */
export type LookedUp = Pick<ActionContext, 'scenarios' | 'recentFiles'>;

export const NOTHING_LOOKED_UP: LookedUp = { scenarios: [], recentFiles: [] };

/** What decides which actions there are, as the window knows it. */
export function actionContext(state: AppData, lookedUp: LookedUp): ActionContext {
  const { snapshot, config, scenario, processes } = state;
  return {
    snapshot,
    screen: state.screen,
    pool: state.selectedPool,
    theme: state.theme,
    isRailCollapsed: state.isRailCollapsed,
    isSending: state.traffic?.state === 'running',
    ...lookedUp,
    playing: scenario?.isPlaying ? scenario.name : null,
    hasCommandsToAllow: config.toAllow.length > 0,
    report: state.scenarioReport?.scenario ?? null,
    isDemo: config.isDemo,
    commands: processes.commands,
    instances: processes.instances,
  };
}
