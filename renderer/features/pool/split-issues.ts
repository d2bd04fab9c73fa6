import type { ConfigIssue } from '../../../shared/config/config.ts';
import type { ConfigFailure } from '../../../shared/config/config-document.ts';

export interface SplitIssues<F extends string> {
  readonly fields: Readonly<Record<F, string | null>>;
  /** What belongs to no field of its own, or to the main one. */
  readonly rest: string | null;
}

/** Puts each message of a refused edit at the field it is about. */
export function splitIssues<F extends string>(
  failure: ConfigFailure | null,
  fields: readonly F[],
): SplitIssues<F> {
  const byField = Object.fromEntries(fields.map((field) => [field, null])) as Record<F, string | null>;
  if (failure === null) return { fields: byField, rest: null };
  if (failure.code !== 'invalid') return { fields: byField, rest: failure.message };
  let rest: string | null = null;
  for (const issue of failure.issues) {
    const field = fields.find((one) => one === issue.keys.at(-1));
    if (field) byField[field] ??= wordsOf(issue);
    else rest ??= wordsOf(issue);
  }
  return { fields: byField, rest };
}

/** At its field, a message need not say which field it means. */
function wordsOf(issue: ConfigIssue): string {
  return issue.message.replace(`${issue.path}: `, '');
}
