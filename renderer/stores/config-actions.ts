import type { Result } from '../../shared/calls/result.ts';
import type { SwitchyardApi } from '../../shared/calls/switchyard-api.ts';
import { Turns } from '../../shared/calls/turns.ts';
import type { ConfigDocument, ConfigFailure } from '../../shared/config/config-document.ts';
import type { ConfigActions, ConfigDraft, Store } from './app-state.ts';
import { forgetDraft, keepDraft, keptDraft } from './kept-drafts.ts';

type SetState = (change: Partial<Store>) => void;
type Outcome = Result<ConfigDocument | null, ConfigFailure>;

const DONE = { undo: 'Undone', redo: 'Made again' } as const;

/** Everything that reads or changes the config. */
export function configActions(api: SwitchyardApi, set: SetState, get: () => Store): ConfigActions {
  const adopt = <T extends Outcome>(result: T): T => {
    if (result.ok && result.value) get().followConfig(result.value);
    return result;
  };
  const complain = (result: Outcome): void => {
    if (!result.ok) get().toast({ tone: 'bad', words: failureWords(result.error) });
  };
  const setDraft = (draft: ConfigDraft | null): void => {
    const before = get().draft;
    if (draft) keepDraft(draft);
    else if (before) forgetDraft(before.base.path);
    set({ draft });
  };
  /** What was typed is in force, so there is nothing left to keep. */
  const settle = <T extends Outcome>(result: T, text: string): T => {
    if (result.ok && result.value && get().draft?.text === text) setDraft(null);
    return adopt(result);
  };
  /** Two in the same moment are none of each other's conflicts: the second is made to what the first has left. */
  const edits = new Turns();
  return {
    checkConfig: (text) => api.checkConfig({ text }),
    reviewConfig: (text) => api.reviewConfig({ text }),
    editConfig: (edit) =>
      edits.take(async () => adopt(await api.editConfig({ edit, revision: get().config.revision }))),
    applyConfig: async (text, revision) => settle(await api.applyConfig({ text, revision }), text),
    restoreConfig: async (text, revision) => complain(await get().applyConfig(text, revision)),
    allowCommands: async (revision) => complain(adopt(await api.allowCommands({ revision }))),
    followConfig: (config) => {
      if (get().draft?.text === config.text) setDraft(null);
      const { config: before, draft, isLoading } = get();
      if (config.path !== before.path || isLoading) {
        if (draft)
          get().toast({ tone: 'plain', words: `What you typed over ${nameOf(before)} is kept with it.` });
        set({ config, draft: keptDraft(config) });
      } else {
        set({ config });
      }
    },
    writeDraft: (text) => {
      const base = get().draft?.base ?? get().config;
      setDraft(text === base.text ? null : { text, base });
    },
    dropDraft: () => setDraft(null),
    rebaseDraft: () => {
      const { draft, config } = get();
      if (draft) setDraft(draft.text === config.text ? null : { ...draft, base: config });
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
      const undo = () => void get().restoreConfig(before, revision);
      get().toast({ tone: 'plain', words, undo });
    },
    stepConfig: async (direction, of) => {
      const { config, draft, toast } = get();
      if (draft) {
        toast({ tone: 'bad', words: 'Apply or revert what you have typed in the config first.' });
        return;
      }
      const result = adopt(await api.stepConfig({ direction, revision: of ?? config.revision }));
      complain(result);
      if (result.ok) toast({ tone: 'plain', words: `${DONE[direction]}: ${config[direction]}.` });
    },
    saveConfigAs: async () => {
      const { config, draft, toast } = get();
      const text = draft?.text ?? config.text;
      const { revision } = draft?.base ?? config;
      // Before a file is asked for: it would not be written.
      if (revision !== config.revision) {
        const words =
          'The config was changed elsewhere while you were editing: choose on its screen whose to keep.';
        toast({ tone: 'bad', words });
        return;
      }
      const result = settle(await api.saveConfigAs({ text, revision }), text);
      complain(result);
      if (result.ok && result.value)
        toast({ tone: 'plain', words: `Saved as ${result.value.path}, which is open from here on.` });
    },
    recentConfigs: () => api.recentConfigs(),
    forgetConfig: (path) => {
      forgetDraft(path);
      return api.forgetConfig({ path });
    },
    openConfigFile: async (path) => {
      const result = path === null ? await api.chooseConfig() : await api.openConfig({ path });
      complain(adopt(result));
    },
    openDroppedFile: async (file) => {
      const result = await api.openDroppedFile(file);
      if (result) complain(adopt(result));
    },
  };
}

function nameOf({ path }: ConfigDocument): string {
  return path?.split(/[\\/]/).at(-1) ?? 'the demo';
}

export function failureWords(failure: ConfigFailure): string {
  return failure.code === 'invalid'
    ? failure.issues.map((issue) => issue.message).join(' ')
    : failure.message;
}
