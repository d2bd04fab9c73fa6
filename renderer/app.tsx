import styles from './app.module.css';
import { Toasts } from './components/toasts.tsx';
import { ConfigScreen } from './features/config/config-screen.tsx';
import { FindDialog } from './features/discovery/find-dialog.tsx';
import { ImportDialog } from './features/discovery/import-dialog.tsx';
import { OwnUrlsDialog } from './features/discovery/own-urls-dialog.tsx';
import { FaultsDialog } from './features/faults/faults-dialog.tsx';
import { HealthCheckDialog } from './features/health/health-check-dialog.tsx';
import { HealthHistory } from './features/health/health-history.tsx';
import { Palette } from './features/palette/palette.tsx';
import { ShortcutsDialog } from './features/palette/shortcuts-dialog.tsx';
import { PolicyLabDialog } from './features/policy-lab/policy-lab-dialog.tsx';
import { BackendDialog } from './features/pool/backend-dialog.tsx';
import { PoolScreen } from './features/pool/pool-screen.tsx';
import { isSetting, SettingDialog } from './features/pool/setting-dialog.tsx';
import { StickyCookieDialog } from './features/pool/sticky-cookie-dialog.tsx';
import { PoolSettingsDialog } from './features/pool-settings/pool-settings-dialog.tsx';
import { CommandsDialog } from './features/processes/commands-dialog.tsx';
import { KillDialog } from './features/processes/kill-dialog.tsx';
import { OutputDialog } from './features/processes/output-dialog.tsx';
import { RequestsScreen } from './features/requests/requests-screen.tsx';
import { AddListenerDialog } from './features/routes/add-listener-dialog.tsx';
import { AddPoolDialog } from './features/routes/add-pool-dialog.tsx';
import { RoutesScreen } from './features/routes/routes-screen.tsx';
import { ReportDialog } from './features/scenarios/report-dialog.tsx';
import { ScenarioDialog } from './features/scenarios/scenario-dialog.tsx';
import { SettingsScreen } from './features/settings/settings-screen.tsx';
import { Banners } from './features/shell/banners.tsx';
import { DropTarget } from './features/shell/drop-target.tsx';
import { Rail } from './features/shell/rail.tsx';
import { useKeys } from './features/shell/use-keys.ts';
import { useShown } from './features/shell/use-shown.ts';
import { useTheme } from './features/shell/use-theme.ts';
import { useApp } from './stores/use-app.ts';

export function App() {
  useTheme();
  useKeys();
  useShown();
  const screen = useApp((state) => state.screen);
  const dialog = useApp((state) => state.dialog);
  const importReview = useApp((state) => state.importReview);
  return (
    <div className={styles.app}>
      <Rail />
      <main className={styles.main}>
        <Banners />
        {screen === 'pool' && <PoolScreen />}
        {screen === 'requests' && <RequestsScreen />}
        {screen === 'routes' && <RoutesScreen />}
        {screen === 'config' && <ConfigScreen />}
        {screen === 'settings' && <SettingsScreen />}
      </main>
      {dialog?.name === 'add-backend' && <BackendDialog backend={null} />}
      {dialog?.name === 'edit-backend' && <BackendDialog backend={dialog.of ?? null} />}
      {dialog?.name === 'health-check' && <HealthCheckDialog backend={dialog.of ?? null} />}
      {dialog?.name === 'pool-settings' && <PoolSettingsDialog />}
      {dialog?.name === 'policy-lab' && <PolicyLabDialog />}
      {dialog?.name === 'health-history' && <HealthHistory backend={dialog.of ?? ''} />}
      {dialog?.name === 'faults' && <FaultsDialog backend={dialog.of ?? ''} />}
      {dialog?.name === 'process-output' && <OutputDialog backend={dialog.of ?? ''} />}
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
      <Palette />
      <DropTarget />
      <Toasts />
    </div>
  );
}
