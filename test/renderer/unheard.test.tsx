import { expect, it, vi } from 'vitest';
import { createAppStore } from '../../renderer/stores/app-store.ts';
import { tellUnheard } from '../../renderer/stores/unheard.ts';
import { fakeApi, snapshotOf } from './fake-api.ts';

it('what nobody waited to hear of is said', () => {
  const store = createAppStore(fakeApi(snapshotOf([])).api);
  tellUnheard(store);
  const reason = new Error("Error invoking remote method 'config:edit': Error: config:edit was refused");
  window.dispatchEvent(Object.assign(new Event('unhandledrejection'), { reason }));
  expect(store.getState().toasts).toMatchObject([
    { tone: 'bad', words: 'That did not work: config:edit was refused. Please report it.' },
  ]);
});

it('what is copied is said to be once it is', async () => {
  let done = (): void => undefined;
  const copied = new Promise<null>((resolve) => {
    done = () => resolve(null);
  });
  const store = createAppStore(fakeApi(snapshotOf([]), { copy: () => copied }).api);
  store.getState().copy('a', 'Address');
  expect(store.getState().toasts).toEqual([]);
  done();
  await vi.waitFor(() => expect(store.getState().toasts).toMatchObject([{ words: 'Address copied.' }]));
});
