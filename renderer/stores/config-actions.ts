import type { ConfigDocument, ConfigFailure } from '../../shared/config-document.ts';
import type { SwitchyardApi } from '../../shared/contract.ts';
import type { Result } from '../../shared/result.ts';
import type { ConfigActions, Store } from './app-state.ts';

type SetState = (change: Partial<Store>) => void;
type Outcome = Result<ConfigDocument | null, ConfigFailure>;

/** Everything that reads or changes the config. */
export function configActions(api: SwitchyardApi, set: SetState, get: () => Store): ConfigActions {
  const adopt = <T extends Outcome>(result: T): T => {
    if (result.ok && result.value) set({ config: result.value });
    return result;
  };
  const complain = (result: Outcome): void => {
    if (!result.ok) get().toast({ tone: 'bad', words: failureWords(result.error) });
  };
  return {
    checkConfig: (text) => api.checkConfig({ text }),
    editConfig: async (edit) => adopt(await api.editConfig({ edit, revision: get().config.revision })),
    applyConfig: async (text, revision) => adopt(await api.applyConfig({ text, revision })),
    allowCommands: async (revision) => complain(adopt(await api.allowCommands({ revision }))),
    writeDraft: (text) => {
      const base = get().draft?.base ?? get().config;
      set({ draft: text === base.text ? null : { text, base } });
    },
    dropDraft: () => set({ draft: null }),
    rebaseDraft: () => {
      const { draft, config } = get();
      if (draft) set({ draft: draft.text === config.text ? null : { ...draft, base: config } });
    },
    editWithUndo: async (edit, words) => {
      const before = get().config.text;
      const result = await get().editConfig(edit);
      if (!result.ok) {
        complain(result);
        return;
      }
      // The whole text goes back, comments and all; but never over what has been changed since.
      const { revision } = result.value;
      const undo = () => void get().applyConfig(before, revision).then(complain);
      get().toast({ tone: 'plain', words, undo });
    },
    openConfigFile: async (path) => {
      const result = path === null ? await api.chooseConfig() : await api.openConfig({ path });
      complain(adopt(result));
    },
    openDroppedFile: async (file) => {
      const path = api.pathOfFile(file);
      if (path !== '') await get().openConfigFile(path);
    },
  };
}

export function failureWords(failure: ConfigFailure): string {
  return failure.code === 'invalid'
    ? failure.issues.map((issue) => issue.message).join(' ')
    : failure.message;
}
