import '@fontsource-variable/inter/index.css';
import '@fontsource-variable/jetbrains-mono/index.css';
import './styles/tokens.css';
import './styles/base.css';
import { CSPProvider } from '@base-ui/react/csp-provider';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { connect } from './api/api.ts';
import { App } from './app.tsx';
import { ErrorBoundary } from './components/error-boundary.tsx';
import { createAppStore } from './stores/app-store.ts';
import { tellUnheard } from './stores/unheard.ts';
import { StoreContext } from './stores/use-app.ts';
import { styleNonce } from './styles/style-nonce.ts';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
const store = createAppStore(connect());
tellUnheard(store);
// Before the first frame, so that none is drawn in the wrong colours.
document.documentElement.dataset['theme'] = store.getState().drawnTheme;
createRoot(root).render(
  <StrictMode>
    <ErrorBoundary onReload={() => location.reload()}>
      <StoreContext value={store}>
        <CSPProvider nonce={styleNonce()}>
          <App />
        </CSPProvider>
      </StoreContext>
    </ErrorBoundary>
  </StrictMode>,
);
