import { findNodeAtLocation, getNodeValue, parseTree } from 'jsonc-parser';
import { scenarioSchema } from '../../../shared/config/scenario-schema.ts';
import { fieldsOf, type Written } from '../../stores/written-pool.ts';
import { limitsAsTyped, type TypedLimits } from './limit-fields.ts';

export interface WrittenScenario {
  readonly name: string;
  readonly steps: number;
  /** When the last step is. */
  readonly lengthMs: number;
}

/** The scenarios in the text of a config; those that are wrong are left out, and the config says why elsewhere. */
export function writtenScenarios(text: string): readonly WrittenScenario[] {
  return Object.entries(scenariosIn(text)).flatMap(([name, written]) => {
    const parsed = scenarioSchema.safeParse(written);
    if (!parsed.success) return [];
    const { steps } = parsed.data;
    return [{ name, steps: steps.length, lengthMs: steps.at(-1)?.atMs ?? 0 }];
  });
}

/** One of them, as it is written: what stands there that is no text is left out. */
export function readScenario(
  text: string,
  name: string,
): { readonly steps: readonly string[]; readonly seed: string; readonly limits: TypedLimits } {
  const written = scenariosIn(text)[name];
  const { steps, seed, limits } = Array.isArray(written)
    ? { steps: written, seed: undefined, limits: undefined }
    : fieldsOf(written);
  const texts = Array.isArray(steps) ? steps.filter((step) => typeof step === 'string') : [];
  return {
    steps: texts,
    seed: typeof seed === 'number' ? String(seed) : '',
    limits: limitsAsTyped(limits),
  };
}

function scenariosIn(text: string): Written {
  const root = parseTree(text.replace(/^\uFEFF/, ''), [], { allowTrailingComma: true });
  const node = root && findNodeAtLocation(root, ['scenarios']);
  return fieldsOf(node && getNodeValue(node));
}
