import type { PoolSettingsChange, SettingInput } from '../../../shared/config/pool-settings-edit.ts';
import { fieldsOf, type Written } from '../../stores/written-pool.ts';
import { FIELDS, type Group, type SettingField } from './setting-fields.ts';

/** The settings of a pool as they are typed; what is empty has its default. */
export interface SettingsForm {
  readonly isEjecting: boolean;
  /** As it is in force: its default depends on the form of the config. */
  readonly whenAllDown: 'try' | 'refuse';
  readonly values: Readonly<Record<string, string>>;
}

/** What is written, and nothing else: also a default, when somebody wrote it. */
export function formOf(pool: Written, whenAllDown: 'try' | 'refuse'): SettingsForm {
  const entries = FIELDS.map(({ name, group }) => {
    const value = (group === null ? pool : fieldsOf(pool[group]))[name];
    return [name, typeof value === 'string' || typeof value === 'number' ? String(value) : ''];
  });
  return { isEjecting: pool['outliers'] !== undefined, whenAllDown, values: Object.fromEntries(entries) };
}

/** What has become different, as an edit has it; null when nothing has. */
export function changeBetween(before: SettingsForm, after: SettingsForm): PoolSettingsChange | null {
  const changed = FIELDS.filter((field) => typed(before, field) !== typed(after, field));
  const inGroup = (group: Group) => {
    const fields = changed.filter((field) => field.group === group);
    return fields.length === 0
      ? undefined
      : Object.fromEntries(fields.map((field) => [field.name, inputOf(after, field)]));
  };
  const ofPool = (name: string) => {
    const field = changed.find((one) => one.group === null && one.name === name);
    return field && inputOf(after, field);
  };
  const watched = before.isEjecting ? inGroup('outliers') : (inGroup('outliers') ?? {});
  const unwatched = before.isEjecting ? null : undefined;
  const change: PoolSettingsChange = {
    slowStart: ofPool('slowStart'),
    holdFor: ofPool('holdFor'),
    whenAllDown: before.whenAllDown === after.whenAllDown ? undefined : after.whenAllDown,
    retries: inGroup('retries'),
    queue: inGroup('queue'),
    timeouts: inGroup('timeouts'),
    outliers: after.isEjecting ? watched : unwatched,
  };
  return Object.values(change).every((one) => one === undefined) ? null : change;
}

function typed({ values }: SettingsForm, { name }: SettingField): string {
  return (values[name] ?? '').trim();
}

function inputOf(form: SettingsForm, field: SettingField): SettingInput {
  const text = typed(form, field);
  if (text === '') return null;
  // What is no number is left as it is typed, for the schema to complain of.
  return field.kind === 'count' && /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
}
