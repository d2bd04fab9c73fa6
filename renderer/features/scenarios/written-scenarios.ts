import { findNodeAtLocation, getNodeValue, parseTree } from 'jsonc-parser';
import { scenarioSchema } from '../../../shared/scenario-schema.ts';

export interface WrittenScenario {
  readonly name: string;
  readonly steps: number;
  /** When the last step is. */
  readonly lengthMs: number;
}

/** The scenarios in the text of a config; those that are wrong are left out, and the config says why elsewhere. */
export function writtenScenarios(text: string): readonly WrittenScenario[] {
  const root = parseTree(text.replace(/^\uFEFF/, ''), [], { allowTrailingComma: true });
  const node = root && findNodeAtLocation(root, ['scenarios']);
  const value: unknown = node && getNodeValue(node);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, written]) => {
    const parsed = scenarioSchema.safeParse(written);
    if (!parsed.success) return [];
    const { steps } = parsed.data;
    return [{ name, steps: steps.length, lengthMs: steps.at(-1)?.atMs ?? 0 }];
  });
}
