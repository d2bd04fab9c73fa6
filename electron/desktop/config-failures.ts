import type { ConfigIssue } from '../../shared/config/config.ts';
import type { ConfigFailure, HistoryDirection } from '../../shared/config/config-document.ts';

/** Something wrong with the file as a whole. */
export function asIssue(message: string): ConfigIssue {
  return { path: '', keys: [], message };
}

/** Of a path that only the window has named. */
export function unknownFile(path: string): ConfigFailure {
  return notApplied(
    `${path} is not among the files that were open before. Open it with “Open…”, or drop it on the window.`,
  );
}

export function changedMeanwhile(): ConfigFailure {
  return {
    code: 'conflict',
    message: 'The config has changed since you began this edit; look at it as it is now, and make it again.',
  };
}

/** @param issues what is wrong with the file as it is on disk now; none when it has only just been changed */
export function changedOnDisk(path: string, issues: readonly ConfigIssue[]): ConfigFailure {
  const [first] = issues;
  const message = first
    ? `${path} was changed on disk and cannot be used as it is (${first.message}) Mend it there first, or apply a whole config.`
    : `${path} was changed by another program meanwhile; look at it as it is now, and make your edit again.`;
  return { code: 'conflict', message };
}

export function nothingTo(direction: HistoryDirection): ConfigFailure {
  return { code: 'conflict', message: `There is no change to ${direction}.` };
}

export function namesTheDemo(): ConfigFailure {
  const message =
    'The demo’s servers end with Switchyard, so a file that names them would be of no use. Name your own first.';
  return { code: 'not-saved', message };
}

/** @param path of the file; null for a config that is in none */
export function declined(path: string | null): { readonly code: 'not-applied'; readonly message: string } {
  const subject = path === null ? 'This change' : path;
  return {
    code: 'not-applied',
    message: `${subject} was not applied, because you did not allow what it does.`,
  };
}

/** Of a file that is well-formed and not in force yet. */
export const WAITS_FOR_YES =
  'It waits for your answer in a dialog, because it does more than balance on this machine.';

export function notApplied(reason: string): ConfigFailure {
  return { code: 'not-applied', message: reason };
}

export function notSaved(reason: string): ConfigFailure {
  return { code: 'not-saved', message: `${reason} Nothing was changed.` };
}

/** A failure as one line. */
export function failureWords(failure: ConfigFailure): string {
  return failure.code === 'invalid'
    ? failure.issues.map(({ message }) => message).join(' · ')
    : failure.message;
}
