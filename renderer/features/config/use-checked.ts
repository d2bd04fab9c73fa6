import { useEffect, useState } from 'react';
import type { ConfigIssue } from '../../../shared/config/config.ts';
import { useApp } from '../../stores/use-app.ts';

/** After the last key, so that nobody is told off in the middle of a word. */
const CHECK_AFTER_MS = 200;

export interface Checked {
  /** Which text this is about. */
  readonly text: string;
  readonly issues: readonly ConfigIssue[];
}

/** What the schema says of the text; null until it has said something. Answers that come late count for nothing. */
export function useChecked(text: string): readonly [Checked | null, (checked: Checked) => void] {
  const check = useApp((state) => state.checkConfig);
  const [checked, setChecked] = useState<Checked | null>(null);
  useEffect(() => {
    let isCurrent = true;
    const timer = setTimeout(() => {
      void check(text).then((issues) => {
        if (isCurrent) setChecked({ text, issues });
      });
    }, CHECK_AFTER_MS);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [text, check]);
  return [checked, setChecked];
}
