import { getNodeValue, parseTree } from 'jsonc-parser';
import { valueAt } from '../../../shared/calls/value-at.ts';
import { isFullForm, toFullForm } from '../../../shared/config/full-form.ts';
import type { ScenarioEdit } from '../../../shared/config/scenario-edit.ts';
import { removeProperty, setProperty } from '../../../shared/config/text-edits.ts';
import { changeFields } from './route-text.ts';

/** Writes a scenario, or takes it off. The simple form has no room for one, so it is written in full first. */
export function editScenario(source: string, value: unknown, { scenario, written }: ScenarioEdit): string {
  const text = isFullForm(value) ? source : toFullForm(source);
  const root = parseTree(text, [], { allowTrailingComma: true });
  const scenarios = valueAt(root && getNodeValue(root), ['scenarios']);
  const path = ['scenarios'];
  if (written === null) return removeProperty(text, path, scenario);
  const { steps, seed, limits } = written;
  const isPlain = seed === null && limits === null;
  const next = isPlain
    ? steps
    : { ...(seed !== null && { seed }), steps, ...(limits !== null && { limits }) };
  if (scenarios === undefined) return setProperty(text, [], 'scenarios', { [scenario]: next });
  const before = valueAt(scenarios, [scenario]);
  return changeFields(text, { path, value: scenarios }, { [scenario]: before }, { [scenario]: next });
}
