/** A scenario that plays, or the last one that did. */
export interface ScenarioProgress {
  readonly name: string;
  /** What chance goes by; null for another course each time. */
  readonly seed: number | null;
  /** In the order of their times; `atMs` from the start. */
  readonly steps: readonly { readonly atMs: number; readonly text: string }[];
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  /** Steps done. */
  readonly done: number;
  readonly isPlaying: boolean;
}
