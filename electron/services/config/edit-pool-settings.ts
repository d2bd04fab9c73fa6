import { findNodeAtLocation, getNodeValue, parseTree } from 'jsonc-parser';
import { valueAt } from '../../../shared/calls/value-at.ts';
import { isFullForm, SIMPLE_POOL, toFullForm } from '../../../shared/config/full-form.ts';
import type {
  PoolSettingsChange,
  PoolSettingsEdit,
  SettingsChange,
} from '../../../shared/config/pool-settings-edit.ts';
import { endOf, type Path, removeProperty } from '../../../shared/config/text-edits.ts';
import { changeFields } from './route-text.ts';

type Written = Readonly<Record<string, unknown>>;

/** Without any setting these say nothing; `outliers` does, since it is off when left out. */
const GROUPS = ['retries', 'queue', 'timeouts'] as const;

/**
 * Changes the settings that are named and leaves the others as they are written. Of these settings the simple form has
 * room for `whenAllDown` alone; for the others it is written in full first, unless there is nothing to write.
 */
export function editPoolSettings(source: string, { pool, settings }: PoolSettingsEdit): string {
  const whole = parsed(source);
  const isFull = isFullForm(whole);
  if (!isFull && saysNothing(settings)) {
    const { whenAllDown } = settings;
    if (whenAllDown === undefined) return source;
    const before = { whenAllDown: valueAt(whole, ['whenAllDown']) };
    return changeFields(source, { path: [], value: whole }, before, {
      whenAllDown: whenAllDown ?? undefined,
    });
  }
  const text = isFull ? source : toFullForm(source);
  const path: Path = ['pools', isFull ? pool : SIMPLE_POOL];
  const value = valueAt(parsed(text), path);
  const before = asWritten(value);
  const after = { ...before, ...changed(before, settings) };
  const edited = changeFields(text, { path, value }, before, after);
  return GROUPS.reduce(
    (so, group) => (settings[group] === undefined ? so : withoutEmpty(so, path, group)),
    edited,
  );
}

/** Whether what is asked for has room in the simple form: defaults, which hold there, and `whenAllDown`. */
function saysNothing({
  slowStart = null,
  holdFor = null,
  outliers = null,
  whenAllDown: _,
  ...groups
}: PoolSettingsChange): boolean {
  const values = Object.values(groups).flatMap((group: SettingsChange | undefined) =>
    Object.values(group ?? {}),
  );
  return slowStart === null && holdFor === null && outliers === null && values.every((one) => one === null);
}

function changed(
  before: Written,
  { slowStart, holdFor, whenAllDown, outliers, ...groups }: PoolSettingsChange,
): Written {
  const after: Record<string, unknown> = {};
  if (slowStart !== undefined) after['slowStart'] = slowStart ?? undefined;
  if (holdFor !== undefined) after['holdFor'] = holdFor ?? undefined;
  if (whenAllDown !== undefined) after['whenAllDown'] = whenAllDown ?? undefined;
  if (outliers !== undefined)
    after['outliers'] = outliers === null ? undefined : merged(before['outliers'], outliers);
  for (const group of GROUPS) {
    const change = groups[group];
    if (change === undefined) continue;
    const fields = merged(before[group], change);
    // One that is there is emptied first: a comment inside it may be about more than what goes.
    after[group] = before[group] === undefined && Object.keys(fields).length === 0 ? undefined : fields;
  }
  return after;
}

function merged(before: unknown, change: SettingsChange): Written {
  const all = Object.entries({ ...asWritten(before), ...change });
  return Object.fromEntries(all.filter(([, value]) => value !== null));
}

/** Takes an object off that has neither a field nor a comment. */
function withoutEmpty(text: string, path: Path, key: string): string {
  const root = parseTree(text, [], { allowTrailingComma: true });
  const node = root && findNodeAtLocation(root, [...path, key]);
  return node && /^\{\s*\}$/.test(text.slice(node.offset, endOf(node)))
    ? removeProperty(text, path, key)
    : text;
}

function parsed(text: string): unknown {
  const root = parseTree(text, [], { allowTrailingComma: true });
  return root && getNodeValue(root);
}

function asWritten(value: unknown): Written {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}
