import type { ConfigIssue } from '../../../shared/config.ts';
import type { ConfigFailure } from '../../../shared/contract.ts';

export interface SplitIssues<F extends string> {
  readonly fields: Readonly<Record<F, string | null>>;
  /** What belongs to no field of its own, or to the main one. */
  readonly rest: string | null;
}

/** Puts each message of a refused edit at the field it is about. */
export function splitIssues<F extends string>(
  failure: ConfigFailure | null,
  fields: readonly F[],
  main: string,
): SplitIssues<F> {
  const issues = failure?.code === 'invalid' ? failure.issues : [];
  const lastKey = (keys: readonly (string | number)[]) => String(keys.at(-1) ?? main);
  const messageFor = (field: string) =>
    issues.find((issue) => lastKey(issue.keys) === field)?.message ?? null;
  const byField = Object.fromEntries(fields.map((field) => [field, messageFor(field)])) as Record<
    F,
    string | null
  >;
  const others = issues.filter((issue) => !fields.some((field) => field === lastKey(issue.keys)));
  const rest =
    failure !== null && failure.code !== 'invalid' ? failure.message : others[0] ? words(others[0]) : null;
  return { fields: byField, rest };
}
