import { useEffect } from 'react';
import { FindDialog } from './features/discovery/find-dialog.tsx';
import { ImportDialog } from './features/discovery/import-dialog.tsx';
import { OwnUrlsDialog } from './features/discovery/own-urls-dialog.tsx';
import { FaultsDialog } from './features/faults/faults-dialog.tsx';
import { HealthCheckDialog } from './features/health/health-check-dialog.tsx';
import { HealthHistory } from './features/health/health-history.tsx';
import { ShortcutsDialog } from './features/palette/shortcuts-dialog.tsx';
import { PolicyLabDialog } from './features/policy-lab/policy-lab-dialog.tsx';
import { BackendDialog } from './features/pool/backend-dialog.tsx';
import { DropDialog } from './features/pool/drop-dialog.tsx';
import { isSetting, SettingDialog } from './features/pool/setting-dialog.tsx';
import { StickyCookieDialog } from './features/pool/sticky-cookie-dialog.tsx';
import { PoolSettingsDialog } from './features/pool-settings/pool-settings-dialog.tsx';
import { CommandsDialog } from './features/processes/commands-dialog.tsx';
import { KillDialog } from './features/processes/kill-dialog.tsx';
import { OutputDialog } from './features/processes/output-dialog.tsx';
import { AddListenerDialog } from './features/routes/add-listener-dialog.tsx';
import { AddPoolDialog } from './features/routes/add-pool-dialog.tsx';
import { ReportDialog } from './features/scenarios/report-dialog.tsx';
import { ScenarioDialog } from './features/scenarios/scenario-dialog.tsx';
import { hasSubject } from './stores/dialog-subject.ts';
import { useApp } from './stores/use-app.ts';

/** The dialog that is open, if any, and a foreign file that waits to become a config. */
export default function Dialogs() {
  const dialog = useApp((state) => (hasSubject(state) ? state.dialog : null));
  const isOver = useApp((state) => !hasSubject(state));
  const close = useApp((state) => state.closeDialog);
  // What is not to be seen must not keep the keys from the window, nor come up again by itself.
  useEffect(() => {
    if (isOver) close();
  }, [isOver, close]);
  const importReview = useApp((state) => state.importReview);
  return (
    <>
      {dialog?.name === 'add-backend' && <BackendDialog backend={null} />}
      {dialog?.name === 'edit-backend' && <BackendDialog backend={dialog.of ?? null} />}
      {dialog?.name === 'health-check' && <HealthCheckDialog backend={dialog.of ?? null} />}
      {dialog?.name === 'pool-settings' && <PoolSettingsDialog />}
      {dialog?.name === 'policy-lab' && <PolicyLabDialog />}
      {dialog?.name === 'health-history' && <HealthHistory backend={dialog.of ?? ''} />}
      {dialog?.name === 'faults' && <FaultsDialog backend={dialog.of ?? ''} />}
      {dialog?.name === 'process-output' && <OutputDialog backend={dialog.of ?? ''} />}
      {dialog?.name === 'drop-connections' && <DropDialog backends={dialog.of?.split('\n') ?? []} />}
      {dialog?.name === 'kill-process' && <KillDialog instance={dialog.of ?? ''} />}
      {dialog?.name === 'scenario' && <ScenarioDialog scenario={dialog.of ?? null} />}
      {dialog?.name === 'scenario-report' && <ReportDialog />}
      {dialog?.name === 'commands' && <CommandsDialog />}
      {dialog?.name === 'sticky-cookie' && <StickyCookieDialog />}
      {dialog?.name === 'add-listener' && <AddListenerDialog />}
      {dialog?.name === 'add-pool' && <AddPoolDialog />}
      {dialog?.name === 'find-servers' && <FindDialog />}
      {dialog?.name === 'own-urls' && <OwnUrlsDialog />}
      {dialog && isSetting(dialog.name) && <SettingDialog setting={dialog.name} />}
      {importReview && <ImportDialog key={importReview.path} review={importReview} />}
      {dialog?.name === 'shortcuts' && <ShortcutsDialog />}
    </>
  );
}
