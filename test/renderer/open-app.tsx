import { render, screen } from '@testing-library/react';
import { App } from '../../renderer/app.tsx';
import { createAppStore } from '../../renderer/stores/app-store.ts';
import { StoreContext } from '../../renderer/stores/use-app.ts';
import type { SwitchyardApi } from '../../shared/calls/switchyard-api.ts';
import type { Snapshot } from '../../shared/view/snapshot.ts';
import { type FakeApi, fakeApi } from './fake-api.ts';

/** The whole window over a fake bridge, once it has its first state. */
export async function openApp(snapshot: Snapshot, overrides: Partial<SwitchyardApi> = {}): Promise<FakeApi> {
  const fake = fakeApi(snapshot, overrides);
  render(
    <StoreContext value={createAppStore(fake.api)}>
      <App />
    </StoreContext>,
  );
  await screen.findByRole('heading', { name: 'Backends' });
  return fake;
}
