import { lazy, Suspense } from 'react';
import styles from './app.module.css';
import { Toasts } from './components/toasts.tsx';
import { Palette } from './features/palette/palette.tsx';
import { PoolScreen } from './features/pool/pool-screen.tsx';
import { Banners } from './features/shell/banners.tsx';
import { DropTarget } from './features/shell/drop-target.tsx';
import { Rail } from './features/shell/rail.tsx';
import { useKeys } from './features/shell/use-keys.ts';
import { useShown } from './features/shell/use-shown.ts';
import { useTheme } from './features/shell/use-theme.ts';
import { useApp } from './stores/use-app.ts';

// Loaded when they are first asked for: the first screen can do without.
const RequestsScreen = lazy(() => import('./features/requests/requests-screen.tsx'));
const RoutesScreen = lazy(() => import('./features/routes/routes-screen.tsx'));
const ConfigScreen = lazy(() => import('./features/config/config-screen.tsx'));
const SettingsScreen = lazy(() => import('./features/settings/settings-screen.tsx'));
const Dialogs = lazy(() => import('./dialogs.tsx'));

export function App() {
  useTheme();
  useKeys();
  useShown();
  const screen = useApp((state) => state.screen);
  const hasDialog = useApp((state) => state.dialog !== null || state.importReview !== null);
  return (
    <div className={styles.app}>
      <Rail />
      <main className={styles.main}>
        <Banners />
        {screen === 'pool' && <PoolScreen />}
        {/* One of its own for each: what is left goes at once, whatever is still loading. */}
        <Suspense key={screen}>
          {screen === 'requests' && <RequestsScreen />}
          {screen === 'routes' && <RoutesScreen />}
          {screen === 'config' && <ConfigScreen />}
          {screen === 'settings' && <SettingsScreen />}
        </Suspense>
      </main>
      <Suspense>{hasDialog && <Dialogs />}</Suspense>
      <Palette />
      <DropTarget />
      <Toasts />
    </div>
  );
}
