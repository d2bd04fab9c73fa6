/** A scenario as it is typed, or null to take it off. Steps are checked by the schema, not by the form. */
export interface ScenarioEdit {
  readonly kind: 'set-scenario';
  readonly scenario: string;
  readonly written: {
    readonly steps: readonly string[];
    /** Text where it is no number, for the schema to complain of. */
    readonly seed: number | string | null;
    /** By name; null for none. */
    readonly limits: Readonly<Record<string, number | string>> | null;
  } | null;
}
