import type { ActionContext } from '../../shared/actions/action.ts';
import type { ShownInWindow } from '../../shared/calls/contract.ts';
import type { SwitchyardApp } from './switchyard-app.ts';

/** How things stand, as far as menus and the tray say so. */
export async function readStanding(
  switchyard: SwitchyardApp,
): Promise<Omit<ActionContext, keyof ShownInWindow>> {
  const { host, traffic, config, scenarios, recentFiles, processes } = switchyard;
  const { commands, instances } = processes.view();
  const files = await recentFiles.list();
  return {
    snapshot: await host.currentSnapshot(),
    isSending: traffic.progress?.state === 'running',
    scenarios: config.scenarios.map(({ name }) => name),
    playing: scenarios.progress?.isPlaying ? scenarios.progress.name : null,
    recentFiles: files.flatMap(({ path, isMissing }) => (isMissing ? [] : [path])),
    hasCommandsToAllow: config.document.toAllow.length > 0,
    report: switchyard.report?.scenario ?? null,
    isDemo: config.document.isDemo,
    commands,
    instances,
  };
}
