import { type FormEvent, useState } from 'react';
import type { ConfigFailure } from '../../shared/config-document.ts';
import type { ConfigEdit } from '../../shared/config-edit.ts';
import { useApp } from '../stores/use-app.ts';
import { useSingle } from './use-single.ts';

interface DialogEdit {
  /** Why the last one was refused. */
  readonly failure: ConfigFailure | null;
  /** Of the form. */
  save(event: FormEvent): void;
  close(): void;
}

/**
 * The edit to the config that a dialog is for: once it is made, the dialog closes.
 *
 * @param edit made of what is typed, when it is saved; null where nothing has changed
 * @param onSaved where to go then
 */
export function useDialogEdit(edit: () => ConfigEdit | null, onSaved = (): void => undefined): DialogEdit {
  const editConfig = useApp((state) => state.editConfig);
  const close = useApp((state) => state.closeDialog);
  const [failure, setFailure] = useState<ConfigFailure | null>(null);
  const save = useSingle(async () => {
    const wanted = edit();
    const result = wanted && (await editConfig(wanted));
    if (result && !result.ok) {
      setFailure(result.error);
      return;
    }
    close();
    onSaved();
  });
  return {
    failure,
    close,
    save: (event) => {
      event.preventDefault();
      save();
    },
  };
}
