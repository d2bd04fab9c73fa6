import type { AppCommand } from '../../shared/calls/app-command.ts';
import type { CommandFailure } from '../../shared/calls/contract.ts';
import type { Result } from '../../shared/calls/result.ts';
import type { SwitchyardApp } from './switchyard-app.ts';

/**
 * Does what needs no window to be seen: the tray's switches work while it is hidden.
 *
 * @returns null when the command is the page's business
 */
export async function runOnEngine(
  command: AppCommand,
  switchyard: Pick<SwitchyardApp, 'host' | 'setRunning'>,
): Promise<Result<null, CommandFailure> | null> {
  switch (command.kind) {
    case 'set-running':
      return switchyard.setRunning(command.isRunning);
    case 'set-admin': {
      const { pool, backend, state } = command;
      return switchyard.host.setAdmin({ pool, backend, state });
    }
    case 'clear-faults':
      return switchyard.host.clearFaults();
    default:
      return null;
  }
}
