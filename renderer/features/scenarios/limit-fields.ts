import type { LimitName } from '../../../shared/config/scenario-limits.ts';
import { fieldsOf } from '../../stores/written-pool.ts';

interface LimitField {
  readonly name: LimitName;
  readonly label: string;
  readonly placeholder: string;
  readonly hint: string;
}

export const LIMIT_FIELDS: readonly LimitField[] = [
  { name: 'errorRate', label: 'Error rate', placeholder: '0.01', hint: 'Of all requests: 0.01 is 1 %' },
  { name: 'clientErrors', label: 'Client-visible errors', placeholder: '0', hint: '5xx, or cut short' },
  { name: 'p95', label: 'p95', placeholder: '500ms', hint: '19 of 20 answers' },
  { name: 'timeToDetect', label: 'Time to detect', placeholder: '3s', hint: 'Until it is taken out' },
  { name: 'timeToRecover', label: 'Time to recover', placeholder: '30s', hint: 'Until it is back' },
];

export const LIMIT_NAMES = LIMIT_FIELDS.map(({ name }) => name);

export type TypedLimits = Readonly<Record<string, string>>;

/** As they stand in the config; what is neither text nor a number is left out. */
export function limitsAsTyped(written: unknown): TypedLimits {
  const given = Object.entries(fieldsOf(written)).filter(
    ([, value]) => typeof value === 'number' || typeof value === 'string',
  );
  return Object.fromEntries(given.map(([name, value]) => [name, String(value)]));
}

/** What is no number where one belongs is left as it is typed, for the schema to complain of; null for no limit at all. */
export function limitsToWrite(typed: TypedLimits): Readonly<Record<string, number | string>> | null {
  const given = Object.entries(typed)
    .map(([name, text]) => [name, text.trim()] as const)
    .filter(([, text]) => text !== '')
    .map(([name, text]) => [name, /^(?:\d+|\d*\.\d+)$/.test(text) ? Number(text) : text] as const);
  return given.length === 0 ? null : Object.fromEntries(given);
}
