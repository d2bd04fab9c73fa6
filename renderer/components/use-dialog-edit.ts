import { type FormEvent, useEffect, useRef, useState } from 'react';
import type { ConfigDocument, ConfigFailure } from '../../shared/config/config-document.ts';
import type { ConfigEdit } from '../../shared/config/config-edit.ts';
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
 * @param onSaved where to go then; gets the config as it is, or null where nothing has changed
 */
export function useDialogEdit(
  edit: () => ConfigEdit | null | Promise<ConfigEdit | null>,
  onSaved: (saved: ConfigDocument | null) => void = () => undefined,
): DialogEdit {
  const editConfig = useApp((state) => state.editConfig);
  const close = useApp((state) => state.closeDialog);
  const [failure, setFailure] = useState<ConfigFailure | null>(null);
  const isShown = useRef(true);
  useEffect(() => {
    isShown.current = true;
    return () => {
      isShown.current = false;
    };
  }, []);
  const save = useSingle(async () => {
    const wanted = await edit();
    // A dialog that was closed meanwhile changes nothing, and closes no other.
    if (!isShown.current) return;
    const result = wanted && (await editConfig(wanted));
    if (result && !result.ok) {
      setFailure(result.error);
      return;
    }
    close();
    onSaved(result ? result.value : null);
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
