import { type ParseError, parse } from 'jsonc-parser';
import type { ConfigIssue } from '../../../../shared/config/config.ts';
import { isFullForm, SIMPLE_POOL } from '../../../../shared/config/full-form.ts';
import type { Path } from '../../../../shared/config/text-edits.ts';
import { fieldsOf, type Written } from '../../../stores/written-pool.ts';

/** What the form shows: a config as it is written, right or wrong, before defaults. */
export interface DraftForm {
  readonly isFull: boolean;
  readonly root: Written;
  readonly listeners: readonly FormPart[];
  readonly pools: readonly FormPart[];
}

/** A listener or a pool, and where it stands. */
export interface FormPart {
  readonly name: string;
  readonly path: Path;
  readonly written: Written;
}

/** Null for a text that is no JSON, which no form can stand for. */
export function readDraft(source: string): DraftForm | null {
  const errors: ParseError[] = [];
  const value: unknown = parse(source.replace('\uFEFF', ''), errors, { allowTrailingComma: true });
  if (errors.length > 0 || typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const root = fieldsOf(value);
  if (!isFullForm(value)) {
    const part = { path: [], written: root };
    return {
      isFull: false,
      root,
      listeners: [{ name: '', ...part }],
      pools: [{ name: SIMPLE_POOL, ...part }],
    };
  }
  const listeners = Array.isArray(root['listeners']) ? root['listeners'] : [];
  return {
    isFull: true,
    root,
    listeners: listeners.map((one, index) => {
      const written = fieldsOf(one);
      const name = String(written['name'] ?? written['address'] ?? `listener ${index + 1}`);
      return { name, path: ['listeners', index], written };
    }),
    pools: Object.entries(fieldsOf(root['pools'])).map(([name, one]) => ({
      name,
      path: ['pools', name],
      written: fieldsOf(one),
    })),
  };
}

/** What is wrong at a place, or inside of it: at its field, a message need not say which field it means. */
export function errorAt(issues: readonly ConfigIssue[], path: Path): string | null {
  const issue = issues.find(({ keys }) => path.length > 0 && path.every((key, index) => keys[index] === key));
  return issue ? issue.message.replace(`${issue.path}: `, '') : null;
}

/** The same for a place whose parts have fields of their own. */
export function errorExactlyAt(issues: readonly ConfigIssue[], path: Path): string | null {
  return errorAt(
    issues.filter(({ keys }) => keys.length === path.length),
    path,
  );
}

/** A number is written as a number; what is none is left as it is typed, for the schema to complain of. */
export function numberOrText(typed: string): number | string {
  const number = Number(typed);
  return typed.trim() !== '' && String(number) === typed ? number : typed;
}

/** As a field shows it. */
export function textOf(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
