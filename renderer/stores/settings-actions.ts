import type { Result } from '../../shared/calls/result.ts';
import type { SwitchyardApi } from '../../shared/calls/switchyard-api.ts';
import type { SettingsFailure, SettingsView } from '../../shared/view/settings-view.ts';
import type { SettingsActions, Store } from './app-state.ts';

const COPIED = { token: 'Token', curl: 'Command' } as const;

type SetState = (change: Partial<Store>) => void;

/** What is set for the app itself. The window shows main's answer. */
export function settingsActions(api: SwitchyardApi, set: SetState, get: () => Store): SettingsActions {
  const take = (result: Result<SettingsView, SettingsFailure>): SettingsFailure | null => {
    if (result.ok) set({ settings: result.value });
    return result.ok ? null : result.error;
  };
  const complain = (failure: SettingsFailure | null): void => {
    if (failure) get().toast({ tone: 'bad', words: failure.message });
  };
  return {
    loadSettings: async () => set({ settings: await api.settings() }),
    changeSettings: async (change, place) => {
      const failure = take(await api.changeSettings(change));
      if (failure && failure.setting === place) return failure.message;
      complain(failure);
      return null;
    },
    chooseConfigAtLaunch: async () => complain(take(await api.chooseConfigAtLaunch())),
    copyToken: async (form) => {
      const copied = await api.copyToken({ form });
      if (copied.ok) get().toast({ tone: 'plain', words: `${COPIED[form]} copied.` });
      else complain(copied.error);
    },
    renewToken: async () => complain(take(await api.renewToken())),
  };
}
