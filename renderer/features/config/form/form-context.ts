import { createContext, useContext } from 'react';
import type { ConfigIssue } from '../../../../shared/config/config.ts';
import type { Path } from '../../../../shared/config/text-edits.ts';
import type { DraftEdit } from './draft-edits.ts';

/** What every field of the form needs. */
export interface FormDesk {
  readonly issues: readonly ConfigIssue[];
  /** Makes an edit to the text, which comes back as the form. */
  edit(edit: DraftEdit): void;
  /** Shows a place in the JSON. */
  jumpTo(path: Path): void;
}

export const FormContext = createContext<FormDesk | null>(null);

export function useForm(): FormDesk {
  const desk = useContext(FormContext);
  if (!desk) throw new Error('useForm needs a FormContext around it');
  return desk;
}
